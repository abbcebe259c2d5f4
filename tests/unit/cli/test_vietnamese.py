"""What is told of a command line that cannot be used."""

from __future__ import annotations

import pytest

from baocao.cli import main


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["chek"], "không có lệnh “chek” (có lẽ là check).\n→ Xem cách dùng: baocao --help"),
        (["xyz"], "không có lệnh “xyz”.\n→ Xem cách dùng: baocao --help"),
        (["--rot", ".", "check"], "không có tùy chọn --rot (có lẽ là --root).\n→ Xem cách dùng: baocao --help"),
        (["check", "--jsn"], "không có tùy chọn --jsn (có lẽ là --json).\n→ Xem cách dùng: baocao check --help"),
        (["check", "--zzz"], "không có tùy chọn --zzz.\n→ Xem cách dùng: baocao check --help"),
        (["check", "--root", "."], "tùy chọn --root phải đặt trước tên lệnh.\n→ Xem cách dùng: baocao check --help"),
        (["--json", "check"], "tùy chọn --json phải đặt sau tên lệnh.\n→ Xem cách dùng: baocao --help"),
        (["template", "--unit"], "tùy chọn --unit cần một giá trị.\n→ Xem cách dùng: baocao template --help"),
    ],
)
def test_what_was_meant_and_where_it_stands_is_told(arguments, told, capsys):
    with pytest.raises(SystemExit) as ended:
        main.main(arguments)
    assert (ended.value.code, capsys.readouterr().err) == (2, f"Lỗi: {told}\n")

"""What is told of a command line that cannot be used."""

from __future__ import annotations

import re

import pytest

from baocao.cli import main
from projects import REPOSITORY


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


def _help(capsys, *arguments):
    with pytest.raises(SystemExit):
        main.main([*arguments, "--help"])
    return " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_commands_are_listed_in_the_order_of_the_readmes(name, capsys):
    written = re.findall(r"^\| `baocao ([a-z]+)", (REPOSITORY / name).read_text("utf-8"), re.M)
    listed = _help(capsys).partition("Lệnh: ")[2].split()
    assert [word for word in listed if word in written and word in main.cli.commands] == written


def test_what_a_command_does_is_said_whole_in_the_list(capsys):
    assert "..." not in _help(capsys)


@pytest.mark.parametrize(
    ("command", "said"),
    [("report", "lõi của máy). [1 đến 64]"), ("report", "không giới hạn). [từ 0 trở lên]"), ("reopen", "[bắt buộc]")],
)
def test_what_an_option_takes_is_said_in_vietnamese(command, said, capsys):
    text = _help(capsys, command)
    assert said in text
    assert "<=" not in text
    assert ">=" not in text

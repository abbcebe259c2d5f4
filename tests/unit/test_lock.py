import os
import re
import threading

import pytest

from baocao.errors import ExitCode, UserError
from baocao.lock import project_lock


@pytest.mark.parametrize("noted", [True, "", None], ids=["noted", "empty", "gone"])
def test_a_second_run_says_who_holds_the_lock_and_gives_up(tmp_path, noted):
    build, said = tmp_path / "new" / "build", []
    who = f"tiến trình {os.getpid()}" if noted else "không rõ tiến trình"
    with project_lock(build):
        if noted == "":
            (build / ".lock-holder").write_text("", "utf-8")
        elif noted is None:
            (build / ".lock-holder").unlink()
        with (
            pytest.raises(UserError, match=re.escape(f"({who})")) as error,
            project_lock(build, wait=0.1, notice=said.append),
        ):
            pass
    assert error.value.exit_code == ExitCode.BUSY
    assert said == [f"Đang chờ: một lệnh baocao khác đang chạy trong thư mục này ({who})…"]


def test_a_second_run_goes_on_when_the_first_ends(tmp_path):
    entered, leave = threading.Event(), threading.Event()

    def hold():
        with project_lock(tmp_path):
            entered.set()
            leave.wait(10)

    first = threading.Thread(target=hold)
    first.start()
    entered.wait(10)
    with project_lock(tmp_path, wait=10, notice=lambda _: leave.set()):
        assert leave.is_set()
    first.join()

import threading

import pytest

from baocao.errors import ExitCode, UserError
from baocao.lock import project_lock


def test_a_second_run_says_who_holds_the_lock_and_gives_up(tmp_path):
    said = []
    with (
        project_lock(tmp_path),
        pytest.raises(UserError, match="tiến trình") as error,
        project_lock(tmp_path, wait=0.1, notice=said.append),
    ):
        pass
    assert error.value.exit_code == ExitCode.BUSY
    assert len(said) == 1


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

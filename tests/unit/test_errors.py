"""What is shown of an error that the reader can mend."""

import pytest
from IPython.core.interactiveshell import InteractiveShell

from baocao.errors import UserError


class Shell(InteractiveShell):
    """A notebook's shell that keeps what it would show of an error."""

    shown: tuple[str, ...] = ()

    def _showtraceback(self, etype, evalue, stb):
        self.shown = tuple(stb)


def test_a_notebook_shows_the_message_and_no_code_of_the_program(tmp_path, monkeypatch):
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    shell = Shell()
    try:
        try:
            raise UserError("cũ")
        except UserError as first:
            raise UserError("không phải là một tháng.", "notebooks/a.ipynb", "Viết 2025-10.") from first
    except UserError:
        shell.showtraceback()
    assert shell.shown == ("Lỗi: notebooks/a.ipynb: không phải là một tháng.", "→ Viết 2025-10.")


@pytest.mark.parametrize(("hint", "told"), [("", "Sai."), ("Sửa.", "Sai.\n→ Sửa.")])
def test_as_text_it_is_where_what_and_the_next_step(hint, told):
    assert str(UserError("Sai.", hint=hint)) == told
    assert str(UserError("Sai.", "tệp", hint)) == f"tệp: {told}"

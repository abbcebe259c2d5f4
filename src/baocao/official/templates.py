"""The texts of an official document: Jinja templates edited by analysts, run in a sandbox."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from baocao.errors import UserError
from baocao.official.content import Block, Table
from baocao.official.figures import Figure, Phrase, VocabularyError
from baocao.official.markup import Inserted, blocks
from baocao.text import nfc

FOLDER = "reports/chinh-thuc"
GUIDE = f"{FOLDER}/HUONG-DAN.md"
_HINT = f"Sửa tệp mẫu rồi chạy lại; các chữ dùng được có trong {GUIDE}."
# Jinja's message → words for the analyst.
_SYNTAX = (
    (r"Encountered unknown tag '(.*?)'", "không có lệnh “{}”"),
    (r"Unexpected end of template", "thiếu lệnh đóng ({{% endif %}}, {{% endfor %}}) ở cuối"),
    (r"unexpected char '(.*?)'", "ký tự “{}” không đúng chỗ"),
    (r"unexpected '(.*?)'", "“{}” không đúng chỗ"),
    (r"expected token '(.*?)', got '(.*?)'", "cần “{}” nhưng gặp “{}”"),
    (r"No filter named '(.*?)'", "không có bộ lọc “{}”"),
    (r"No test named '(.*?)'", "không có phép thử “{}”"),
    (r"Missing end of (?:comment|raw).*", "thiếu dấu đóng"),
)
_UNDEFINED = (
    (r"'([^']*)' is undefined", "không có tên “{}”"),
    (r"has no attribute '(.*?)'", "không có mục “{}”"),
    (r"has no element (.*)", "không có phần tử {}"),
)


class Templates:
    """The templates of a project."""

    def __init__(self, root: Path, vocabulary: Mapping[str, Any]) -> None:
        self._folder = root / FOLDER
        self._inserted = Inserted()
        self._environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(self._folder),
            undefined=StrictUndefined,
            finalize=self._insert,
            lstrip_blocks=True,
            autoescape=False,
            cache_size=0,
        )
        self._environment.globals = dict(vocabulary)

    def blocks(self, name: str) -> tuple[Block, ...]:
        """The blocks of a template.

        Raises
        ------
        UserError
            If the template is missing or broken; names file, line and fault.
        """
        try:
            return blocks(self._render(name), self._inserted)
        except VocabularyError as error:
            raise unusable(name, 0, str(error)) from error

    def _render(self, name: str) -> str:
        try:
            return nfc(self._environment.get_template(name).render())
        except TemplateNotFound as error:
            raise UserError(
                f"không có tệp mẫu {error.name}.", where=FOLDER, hint="Khôi phục tệp từ kho mã nguồn."
            ) from error
        except UnicodeDecodeError as error:
            raise unusable(name, 0, "tệp không phải là chữ mã UTF-8") from error
        except TemplateSyntaxError as error:
            raise unusable(error.name or name, error.lineno, _words(_SYNTAX, error.message or "")) from error
        except Exception as error:
            place = _place(error, self._folder)
            if place is None:
                raise
            raise unusable(*place, _said(error)) from error

    def _insert(self, value: object) -> object:
        if value is None:
            return ""
        kept = isinstance(value, Figure | Phrase | Table)
        return self._inserted.mark(value if kept else re.sub(r"\s+", " ", nfc(str(value))))


def unusable(name: str, line: int, what: str) -> UserError:
    """The error for an unusable template: its line (0: none in particular), and what is wrong."""
    where = f"{FOLDER}/{name}" + (f", dòng {line}" if line else "")
    return UserError(f"mẫu báo cáo không dùng được: {what}.", where=where, hint=_HINT)


def _place(error: BaseException, folder: Path) -> tuple[str, int] | None:
    """Template and line of an error caused by a template; None for a bug of the package.

    An error is the template's if it is raised in the template's or Jinja's code, or is a vocabulary error.
    """
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if Path(frame.filename).is_relative_to(folder)]
    if not inside:
        return None
    mine = isinstance(error, VocabularyError | UndefinedError | SecurityError)
    last = frames[-1].filename
    if mine or last == inside[-1].filename or f"{Path('/jinja2/')}" in last:
        return Path(inside[-1].filename).relative_to(folder).as_posix(), inside[-1].lineno or 0
    return None


def _said(error: Exception) -> str:
    if isinstance(error, VocabularyError):
        return str(error)
    if isinstance(error, UndefinedError):
        return _words(_UNDEFINED, str(error))
    if isinstance(error, SecurityError):
        return "mẫu gọi một thứ không được phép"
    if isinstance(error, TypeError):
        return "gọi không đúng cách, hoặc dùng chữ và số lẫn lộn trong một phép tính"
    return "phép tính không thực hiện được"


def _words(pairs: tuple[tuple[str, str], ...], message: str) -> str:
    for pattern, words in pairs:
        if match := re.search(pattern, message):
            return words.format(*match.groups())
    return "cú pháp bị hỏng"

"""PyYAML's error messages in Vietnamese, and values as YAML writes them."""

from __future__ import annotations

from typing import Any

import yaml

NOT_REAL = "giá trị này không phải là số, ngày hay giờ có thật; nếu là chữ thì đặt trong dấu nháy"
CONTROL = "có ký tự điều khiển"
_QUOTED = "chữ thì đặt trong dấu nháy"
# Beginning of PyYAML's message → its cause in Vietnamese.
_PROBLEMS = {
    "mapping values are not allowed": f"có “: ” ở chỗ không được có, hoặc thụt dòng không đều; {_QUOTED}",
    "found character that cannot start": f"thụt dòng bằng phím Tab, hoặc có chữ bắt đầu bằng @, %, `; {_QUOTED}",
    "did not find expected comment": f"có chữ ngay sau “>” hoặc “|”; {_QUOTED}",
    "could not find expected ':'": "thiếu dấu “:” sau khóa",
    "did not find expected key": "thụt dòng không đều, hoặc thừa chữ sau dấu nháy",
    "did not find expected '-'": "mục của danh sách phải thẳng hàng và bắt đầu bằng “- ”",
    "did not find expected ','": "thiếu dấu “,” hoặc dấu đóng ngoặc",
    "found unexpected end of stream": "có dấu nháy mở mà không đóng",
    "found unexpected document": "có dấu nháy mở mà không đóng",
    "found undefined alias": f"bí danh (*) chưa được đặt bằng “&”; {_QUOTED}",
    "could not determine a constructor": f"thẻ (!) không được dùng; {_QUOTED}",
    "but found another document": "tệp có nhiều tài liệu; bỏ dòng “---” ở giữa",
}
_OTHER = "xem lại dấu nháy, dấu “:” và chỗ thụt dòng"


def problem_in_words(problem: str) -> str:
    """A problem in Vietnamese; a text that is already one of these is returned unchanged."""
    if problem == NOT_REAL:
        return problem
    return next((words for start, words in _PROBLEMS.items() if problem.startswith(start)), _OTHER)


def as_written(value: Any) -> str:
    """A value as a YAML file writes it, on one line: ``true``, ``.nan``, ``2025-07-10``; texts are unchanged."""
    if isinstance(value, str):
        return value
    return " ".join(yaml.safe_dump(value, allow_unicode=True).removesuffix("...\n").split())

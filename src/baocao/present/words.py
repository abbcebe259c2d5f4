"""Words for codes (states, statuses, bounds), and the only function by which submitted text reaches a page."""

from __future__ import annotations

from collections.abc import Sequence

from baocao.config.models import Target
from baocao.intake.privacy import mask
from baocao.text import markdown, number, one_line

STATES = {"filed": "đã nộp", "nil": "không phát sinh", "missing": "chưa nộp", "refused": "bị trả lại"}
TIMELINESS = {"on_time": "đúng hạn", "late": "trễ hạn", "undated": "chưa ghi ngày nhận"}
FINALITIES = {
    "provisional": "số ước",
    "revised": "số điều chỉnh",
    "final": "số sau chốt",
    "undated": "chưa rõ mức chốt",
}
"""Words for :data:`baocao.measures.submissions.FINALITIES`."""
STATUSES = {
    "met": "✓ Đạt",
    "not_met": "✗ Chưa đạt",
    "no_data": "– Chưa có số liệu",
    "undefined": "? Chưa tính được",
    "unscored": "○ Không chấm điểm",
}
NOTE_KINDS = {"difficulty": "Khó khăn", "proposal": "Kiến nghị", "plan": "Phương hướng"}
SEVERITIES = {"error": "lỗi", "warning": "cảnh báo"}
RECORD_TABLES = {"activities": "Hoạt động", "values": "Chỉ tiêu", "notes": "Khó khăn, kiến nghị", "info": "Thông tin"}

DEMONSTRATION = "Số liệu minh họa, không phải số liệu thật"
"""Text on every page and document while the site's figures are a demonstration."""

_MARKS = {
    "filed": "dat",
    "nil": "dat",
    "missing": "chua",
    "refused": "canh-bao",
    "on_time": "dung-han",
    "late": "muon",
    "undated": "khong",
}
_NONE = "–"


def submitted(text: object) -> str:
    """Submitted free text as Markdown that prints it literally, with personal data masked."""
    # Cleaned before masking: an invisible character inside a number would hide it from the mask but not from readers.
    return markdown(submitted_plain(text)) or _NONE


def verbatim(text: object) -> str:
    """Words of the plan or the register in a sentence, as Markdown: numbers in them are not figures of the ledger."""
    words = markdown(str(text))
    return f"[{words}]{{.nguyen-van}}" if words else ""


def setting(text: object) -> str:
    """A number given by the plan or by a setting of the site, as Markdown: it is not counted from reports."""
    return f"[{markdown(str(text))}]{{.tham-so}}"


ZERO = "[0]{.nguyen-van}"
"""Zero as a word in a sentence, as Markdown; not a figure of the ledger."""


def submitted_plain(text: object) -> str:
    """The same as plain text, for formats other than Markdown, whose writers escape it themselves."""
    return mask(one_line(str(text)))


def state_mark(code: str) -> str:
    """The state or timeliness of a report as Markdown: words, with a class by which pages add a mark."""
    words = STATES.get(code) or TIMELINESS[code]
    return f"[{words}]{{.trang-thai .{_MARKS[code]}}}"


def listed(items: Sequence[str], last: str = "và") -> str:
    """``a, b và c``."""
    return f" {last} ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def some(names: Sequence[str], what: str, most: int) -> str:
    """The first ``most`` names and that there are others, ``a, b và các đơn vị khác``; all if only one is left over."""
    return listed(names if len(names) <= most + 1 else [*names[:most], f"các {what} khác"])


def unit_suffix(unit: str) -> str:
    """A unit of measure as it follows a number: ``%`` and ``‰`` directly, a word after a blank."""
    return unit if unit.startswith(("%", "‰")) or not unit else f" {unit}"


def target_suffix(target: Target) -> str:
    """The unit behind a target's values; of a relative target only a sign, as its words may name no unit."""
    return unit_suffix(target.unit) if target.type != "relative" or target.scale > 1 else ""


def bound(target: Target) -> str:
    """The plan's bound in words, plain text: ``trên 40%``, ``từ 90% trở lên``."""
    unit = target_suffix(target)
    if target.type == "boolean":
        return "hoàn thành"
    if target.comparator == "in_leading_group":
        return "thuộc nhóm dẫn đầu"
    if target.comparator == "between" and target.value_min is not None:
        top = f" (phấn đấu {number(target.value_max)}{unit})" if target.value_max is not None else ""
        return f"từ {number(target.value_min)}{unit} trở lên{top}"
    if target.type == "relative":
        years = "; ".join(f"năm {one.year}: {number(one.value)}{unit}" for one in target.references)
        return f"{_SIDES.get(target.comparator or '', 'so với')} mức so sánh{f' ({years})' if years else ''}"
    if target.value is None or isinstance(target.value, bool):
        return "không định lượng"
    return _BOUNDS[target.comparator or ">="].format(f"{number(target.value)}{unit}")


_BOUNDS = {
    ">": "trên {}",
    ">=": "từ {} trở lên",
    "<": "dưới {}",
    "<=": "không quá {}",
    "==": "bằng {}",
}
_SIDES = {">": "cao hơn", ">=": "không thấp hơn", "<": "thấp hơn", "<=": "không cao hơn", "==": "bằng"}

"""A small site with its own plan, and submissions to be read with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import office_files
from baocao.config.models import Config
from baocao.intake.contract import ACTIVITIES, NOTES, VALUES
from baocao.intake.history import MonthsBefore
from baocao.intake.intake import read_month
from baocao.intake.records import Records
from baocao.months import Month

MONTH = Month(2025, 10)


def _area(number: int, title: str, bullets: Sequence[str] = ()) -> dict[str, object]:
    return {
        "code": f"II.{number}", "number": number, "title": title, "short_title": title, "lead_units": ["AN"],
        "coordinating_units": [] if number == 10 else ["BINH"], "lead_text": "An chủ trì.",
        "timing": {"text": "Hằng tháng.", "recurring": True, "start_year": 2025},
        "bullets": [{"code": f"II.{number}.{letter}", "text": f"Ý {letter} của {title}"} for letter in bullets],
    }  # fmt: skip


def _target(code: str, kind: str, unit: str, **more: object) -> dict[str, object]:
    return {
        "code": code, "scope": "ward", "paragraph": "MT", "year": 2030, "name": f"Chỉ tiêu {code}", "type": kind,
        "unit": unit, "text": "…", **more,
    }  # fmt: skip


SITE = {
    "site": {
        "name": "UBND xã Mẫu", "short_name": "xã Mẫu", "issuer": ["ỦY BAN NHÂN DÂN"], "place": "Mẫu",
        "report_to": "tỉnh", "report_code": "BC-UBND", "coordinator": "AN", "draft_code": "VP",
        "signature": {"authority": "TM. UBND", "position": "CHỦ TỊCH"}, "scopes": {"ward": "Xã"}, "book_title": "Sổ",
    },
    "plan": {
        "document": {
            "number": "1/KH", "kind": "Kế hoạch", "issuer": ["UBND"], "place": "Mẫu", "date": "2025-07-10",
            "date_text": "ngày 10", "title": "Kế hoạch", "short_title": "Kế hoạch",
            "signature": {"authority": "TM. UBND", "position": "CHỦ TỊCH"},
        },
        "areas_title": "NỘI DUNG",
        "areas": [_area(1, "Chủ trương"), _area(4, "Thể chế", "abc"), _area(10, "Đầu tư", "a")],
        "forms_title": "HÌNH THỨC",
        "forms": [
            {"code": "III.1", "number": 1, "name": "Báo chí", "text": "Trên báo chí", "channels": ["CH-01"],
             "products": ["tin bài"]},
            {"code": "III.4", "number": 4, "name": "Tập huấn", "text": "Tập huấn, bồi dưỡng", "channels": ["CH-10"],
             "products": ["lớp tập huấn"], "gathers": True},
        ],
        "channels": [{"code": "CH-01", "name": "hệ thống phát thanh"}, {"code": "CH-10", "name": "lớp tập huấn"},
                     {"code": "CH-16", "name": "mạng xã hội"}],
        "budget": {"title": "KINH PHÍ"},
        "funding": [
            {"code": "giao", "name": "đã giao"}, {"code": "bo-sung", "name": "bổ sung"},
            {"code": "khac", "name": "hợp pháp khác"},
        ],
        "duties_section": {"title": "TỔ CHỨC"},
    },
    "targets": {
        "paragraphs": [{"code": "MT", "scope": "ward", "year": 2030, "text": "…"}],
        "targets": [
            _target("UB-01", "ratio", "%", comparator=">=", value=90, reporters=["AN"]),
            _target("UB-02", "threshold", "sáng chế", comparator=">=", value=3),
            _target("UB-03", "growth", "%/năm", comparator=">=", value=10),
            _target("UB-04", "boolean", "", value=True),
            _target("UB-05", "qualitative", ""),
        ],
    },
    "units": {
        "kinds": {"office": "Cơ quan"},
        "units": [
            {"code": "AN", "name": "Phòng An", "kind": "office", "valid_from": "2025-01-01"},
            {"code": "BINH", "name": "Trường Bình", "kind": "office", "valid_from": "2025-01-01"},
            {"code": "CU", "name": "Phòng Cũ", "kind": "office", "valid_from": "2020-01-01", "valid_to": "2025-10-13"},
        ],
    },
    "calendar": {
        "scheme": "mid-month", "first_month": "2025-08", "starts": "2025-07-10", "cut_off": {"day": 14},
        "unit_due": {"day": 14}, "site_due": {"day": 15}, "lock": {"day": 20},
    },
    "book": {"chapters": []},
    "thresholds": {"max_rows": 12_000, "max_file_mb": 2, "max_text": 200, "max_quantity": 1000, "max_people": 5000,
                   "evidence_patterns": [r"https?://\S", r"\.jpg$"]},
}  # fmt: skip

ACTIVITY_HEADINGS = [column.heading for column in ACTIVITIES.columns]
VALUE_HEADINGS = [column.heading for column in VALUES.columns if column.kind != "ordinal"]
NOTE_HEADINGS = [column.heading for column in NOTES.columns if column.kind != "ordinal"]
SOUND = {
    "Ngày": date(2025, 10, 1), "Nội dung": "II.4", "Hình thức": "III.4", "Kênh": "CH-10", "Tên hoạt động": "Tập huấn",
    "Sản phẩm": "lớp tập huấn", "Số lượng": 1, "Người tham dự": 30, "Kinh phí (đồng)": 1_000_000,
    "Nguồn kinh phí": "đã giao", "Minh chứng": "https://mau.example/1",
}  # fmt: skip


def activity(**changes: object) -> list[object]:
    """A valid line of activities, with cells changed by heading (``_`` for blanks in a heading)."""
    cells = SOUND | {key.replace("_", " "): value for key, value in changes.items()}
    return [cells.get(heading) for heading in ACTIVITY_HEADINGS]


@dataclass(frozen=True)
class Inbox:
    """A test's submissions folder."""

    folder: Path
    config: Config

    def put(self, name: str, data: bytes | str, month: Month = MONTH) -> Path:
        path = self.folder / str(month) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def put_book(
        self,
        activities: Sequence[Sequence[object]] = (),
        values: Sequence[Sequence[object]] = (),
        notes: Sequence[Sequence[object]] = (),
        info: Mapping[str, object] | None = None,
        name: str = "AN.xlsx",
        **more: Sequence[Sequence[object]],
    ) -> Path:
        """Put a workbook that follows the contract."""
        return self.put(name, office_files.xlsx(sheets(activities, values, notes, info) | more))

    def read(self, month: Month = MONTH, earlier: Sequence[Records] = ()) -> Records:
        return read_month(self.folder, month, self.config, MonthsBefore(earlier))

    def clear(self) -> None:
        """Remove all files."""
        for path in self.folder.glob("*/*"):
            path.unlink()


def sheets(
    activities: Sequence[Sequence[object]] = (),
    values: Sequence[Sequence[object]] = (),
    notes: Sequence[Sequence[object]] = (),
    info: Mapping[str, object] | None = None,
) -> dict[str, list[list[object]]]:
    """The four sheets of the contract."""
    keys = {"Đơn vị": "AN", "Kỳ báo cáo": "10/2025"} | dict(info or {})
    return {
        "Thông tin": [[key, value] for key, value in keys.items()],
        "Hoạt động": [ACTIVITY_HEADINGS, *map(list, activities)],
        "Chỉ tiêu": [VALUE_HEADINGS, *map(list, values)],
        "Khó khăn, kiến nghị": [NOTE_HEADINGS, *map(list, notes)],
    }


def codes(records: Records) -> list[str]:
    """The codes of all findings, in order."""
    return list(records.findings["code"])

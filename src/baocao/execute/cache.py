"""What a notebook's outputs depend on, as hashes: whether a kept result is still valid and, if not, why."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version

from baocao import files
from baocao.execute.jobs import Job
from baocao.measures.ledger import MEASURES
from baocao.reads import EVERYTHING, LEDGER, OPENED, PROVENANCE, SCOPE, Contents
from baocao.report import Report
from baocao.sources import installed, package_digest
from baocao.text import within
from baocao.watch import BEYOND, ELSEWHERE, FILE, LINK, THERE, VARIABLE
from baocao.workspace import tool_versions

Key = dict[str, str]
"""Part → hash; the parts are those of :data:`PARTS`."""

ALSO = (
    "comm", "ipykernel", "ipython", "jupyter-client", "narwhals", "nbclient", "numpy", "pydantic",
    "pydantic-core", "python-dateutil", "pyyaml", "tabulate", "traitlets", "tzdata",
)  # fmt: skip
"""Libraries that compute, draw or run notebooks, besides those whose versions a book states."""

PARTS = {
    "notebook": "sổ tay",
    "parameters": "tham số",
    "config": "cấu hình trong params/",
    "code": "mã nguồn của baocao",
    "versions": "phiên bản thư viện",
}
"""What outputs depend on besides the data read → its name in Vietnamese."""

READS = "reads"
"""Entry of a kept key with what the notebook read: name → hash."""

_RECORDS = {
    "activities": "bảng Hoạt động",
    "values": "bảng Chỉ tiêu",
    "notes": "bảng Khó khăn, kiến nghị",
    "findings": "các phát hiện",
    "files": "danh sách tệp",
    "submissions": "tình trạng nộp",
    "versions": "các lần gửi",
    "changes": "khác biệt giữa các lần gửi",
}
_OF_A_NAME = {FILE: "tệp", THERE: "thư mục", LINK: "liên kết", VARIABLE: "biến môi trường"}
_SHOWN = 3


def why_stale(kept: Mapping[str, object], now: Key, data: Contents) -> str:
    """What has changed since the kept result was made, in Vietnamese; empty if nothing has.

    Parameters
    ----------
    kept
        The key of the kept result; its entry :data:`READS` says what the notebook read.
    now
        The key that a new result would have.
    data
        The present contents of what the notebook may read.
    """
    if not kept:
        return "lần chạy trước chưa xong"
    changed = [name for part, name in PARTS.items() if kept.get(part) != now[part]]
    reads = kept.get(READS)
    if not isinstance(reads, dict) or not reads:
        changed.append("số liệu mà sổ tay đọc")
    elif beside := data.others(reads):
        return f"sổ tay mở cả báo cáo của kỳ khác ({', '.join(beside)}), nên lần nào cũng chạy"
    elif BEYOND in reads:
        return "sổ tay gọi chương trình khác hoặc đọc từ mạng, nên lần nào cũng chạy"
    elif other := _under(BEYOND, reads):
        return f"sổ tay dùng thư viện tự mở tệp ({', '.join(sorted(other))}), nên lần nào cũng chạy"
    elif other := _under(ELSEWHERE, reads):
        return f"máy của cụm có {_shown(other)} khác máy này, nên lần nào cũng chạy"
    elif other := [name for name, was in reads.items() if data.hash(name) != was]:
        changed.append(f"số liệu mà sổ tay đọc ({_shown(other)})")
    return f"đã đổi: {', '.join(changed)}" if changed else ""


def _under(kind: str, reads: Iterable[str]) -> list[str]:
    """The noted names of a kind, without the kind."""
    return [name.partition(":")[2] for name in reads if name.startswith(f"{kind}:")]


def _shown(names: list[str]) -> str:
    """Names of what was read, in Vietnamese: the first few, and how many more there are."""
    more = f" và {len(names) - _SHOWN} mục khác" if len(names) > _SHOWN else ""
    return "; ".join(map(_word, names[:_SHOWN])) + more


def _word(name: str) -> str:
    kind, _, what = name.partition(":")
    if kind == LEDGER and what in MEASURES:
        return within(MEASURES[what][0])
    if kind == OPENED:
        return f"toàn bộ báo cáo {what.partition('@')[0]}"
    if kind in _OF_A_NAME:
        return f"{_OF_A_NAME[kind]} {what}".rstrip()
    words = {EVERYTHING: "toàn bộ", SCOPE: "kỳ, đơn vị", PROVENANCE: "nguồn gốc", LEDGER: "sổ số liệu"}
    return _RECORDS.get(what) or words.get(kind, name)


def all_versions() -> list[str]:
    """What a notebook's outputs depend on besides files: ``name version`` of each library, and the kind of machine."""
    return [*tool_versions(), *(f"{name} {_version(name)}" for name in ALSO), f"{sys.platform} {platform.machine()}"]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def job_keys(jobs: tuple[Job, ...], report: Report) -> list[Key]:
    """A key for each job over what its outputs depend on besides the data that it reads (see :func:`why_stale`)."""
    shared = {
        "config": files.digest([report.config.model_dump_json()]),
        "code": package_digest(),
        # A notebook may use any installed library.
        "versions": files.digest([*all_versions(), *installed()]),
    }
    return [
        {
            "notebook": files.digest([job.notebook.read_bytes()]),
            "parameters": json.dumps(dict(job.parameters), sort_keys=True),
            **shared,
        }
        for job in jobs
    ]

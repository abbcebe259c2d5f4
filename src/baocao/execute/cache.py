"""What a notebook's outputs rest on, as hashes: whether a kept result still holds, and if not, why."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Mapping
from dataclasses import fields
from importlib.metadata import PackageNotFoundError, version

from baocao import files
from baocao.execute.jobs import Job
from baocao.intake import schema
from baocao.intake.records import Records
from baocao.report import Report
from baocao.sources import package_digest
from baocao.workspace import environment, narrowed

Key = dict[str, str]
"""Part → hash; the parts are those of :data:`PARTS`."""

ALSO = (
    "comm", "ipykernel", "ipython", "jinja2", "jupyter-client", "narwhals", "nbclient", "numpy", "pydantic",
    "pydantic-core", "python-dateutil", "pyyaml", "tabulate", "traitlets", "tzdata",
)  # fmt: skip
"""Libraries that compute, draw or run beside those that a book names."""

PARTS = {
    "notebook": "sổ tay",
    "parameters": "tham số",
    "data": "số liệu mà sổ tay đọc",
    "config": "cấu hình trong params/",
    "code": "mã nguồn của baocao",
    "versions": "phiên bản thư viện",
}
"""What outputs rest on, and its name in Vietnamese."""


def why_stale(kept: Mapping[str, object], now: Key) -> str:
    """In Vietnamese, what differs from when the kept result was made; empty if nothing does."""
    if not kept:
        return "lần chạy trước chưa xong"
    changed = [name for part, name in PARTS.items() if kept.get(part) != now[part]]
    return f"đã đổi: {', '.join(changed)}" if changed else ""


def all_versions() -> list[str]:
    """What a notebook's outputs rest on beside files: ``name version`` each, and the kind of machine."""
    return [*environment(), *(f"{name} {_version(name)}" for name in ALSO), f"{sys.platform} {platform.machine()}"]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def job_keys(jobs: tuple[Job, ...], report: Report) -> list[Key]:
    """A key for each job over all that its outputs rest on.

    The data of a unit's notebook are that unit's rows and no others, so that a correction of one unit leaves the
    chapters of the others as they are.
    """
    shared = {
        "config": files.digest([report.config.model_dump_json()]),
        "code": package_digest(),
        "versions": files.digest(all_versions()),
    }
    slices = {"": _slice(report)}
    for job in jobs:
        if job.unit not in slices:
            slices[job.unit] = _slice(narrowed(report, job.unit))
    return [
        {
            "notebook": files.digest([job.notebook.read_bytes()]),
            "parameters": json.dumps(dict(job.parameters), sort_keys=True),
            "data": slices[job.unit],
            **shared,
        }
        for job in jobs
    ]


def _slice(report: Report) -> str:
    frames = (schema.to_csv(field.name, getattr(report.records, field.name)) for field in fields(Records))
    return files.digest((report.ledger.to_csv(), *frames, json.dumps(report.provenance, sort_keys=True)))

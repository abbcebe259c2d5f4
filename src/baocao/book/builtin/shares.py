"""The pandoc processes that convert a book, each a share of its chapters."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from importlib.resources import as_file, files
from typing import IO, Any

import pypandoc

from baocao.book.builtin.project import EXTENSION
from baocao.errors import UserError
from baocao.process import TEMPORARY
from baocao.scratch import scratch_folder

LEAST = 40_000
"""Number of characters for which starting a further process (0.2 s) is worthwhile."""
_MEMORY = ("+RTS", "-A64m", "-RTS")
"""Options for a larger allocation area, so that pandoc collects garbage less often; without, it is a tenth slower."""

_LOW = 15
"""Niceness once Typst has its text: Typst has priority, because it takes longest."""

_LACKING = re.compile(r"shared\.lua lacks (\w+)")
"""Error of ``lua/book.lua`` if the project's filters are of another version."""

Job = dict[str, Any]
"""A job for pandoc: see ``lua/book.lua``."""
Outlines = dict[str, dict[str, Any]]
"""Source of a chapter → its outline: what other chapters depend on."""


class Conversion:
    """A running conversion. Its answers must be read in this order: outlines, paper, screen."""

    def __init__(self, shares: list[_Share]) -> None:
        self._shares = shares

    def outlines(self) -> Outlines:
        """The outlines of the chapters being converted."""
        return self._merged([share.answer() for share in self._shares])

    def go_on(self, outlines: Outlines) -> None:
        """Continue the conversion, with the outlines of all chapters."""
        for share in self._shares:
            share.tell(outlines)

    def paper(self) -> dict[str, Any]:
        """``texts``: source → Typst text; ``frame`` and ``parts``: what is around them. Only if paper is wanted."""
        answers: list[dict[str, Any]] = [share.answer() for share in self._shares]
        for share in self._shares:
            share.make_way()
        return answers[0] | {"texts": self._merged([one["texts"] for one in answers])}

    def screen(self) -> dict[str, Any]:
        """``screens``: source → page, entries and tables, if they are wanted; ``places``; ``problems``; ``notices``."""
        answers: list[dict[str, Any]] = [share.answer() for share in self._shares]
        problems = [problem for one in answers for problem in one["problems"] or ()]
        merged = {name: self._merged([one[name] for one in answers]) for name in ("screens", "places")}
        return answers[0] | merged | {"problems": problems}

    def _merged(self, answers: list[dict[str, Any]]) -> dict[str, Any]:
        return {source: made for one in answers for source, made in one.items() if source}


@contextmanager
def conversion(job: Job, sources: Collection[str]) -> Iterator[Conversion]:
    """Start to convert some chapters of a job, in as many processes as are worthwhile."""
    texts = {item["source"]: item["text"] for item in job["items"] if item.get("source") in sources}
    with ExitStack() as stack:
        folder = stack.enter_context(as_file(files(__package__) / "lua"))
        command = [_pandoc(), *_MEMORY, "lua", str(folder / "book.lua")]
        # pandoc makes a temporary file at its start, and leaves it behind if it is killed.
        environment = os.environ | dict.fromkeys(TEMPORARY, str(stack.enter_context(scratch_folder("pandoc"))))
        parts = _parts(texts)
        shares = [stack.enter_context(_share(command, environment)) for _ in parts]
        for number, (share, part) in enumerate(zip(shares, parts, strict=True)):
            share.tell(_part(job, part, number))
        yield Conversion(shares)


def _parts(texts: dict[str, str]) -> list[set[str]]:
    """Chapters divided into parts of similar length; at least one part, which may be empty."""
    whole = sum(map(len, texts.values()))
    parts: list[set[str]] = [set() for _ in range(max(1, min(os.cpu_count() or 1, whole // LEAST)))]
    lengths = [0] * len(parts)
    for source in sorted(texts, key=lambda source: (-len(texts[source]), source)):
        i = lengths.index(min(lengths))
        parts[i].add(source)
        lengths[i] += len(texts[source])
    return parts


def _part(job: Job, sources: set[str], number: int) -> Job:
    """The job for these chapters only; the first part also makes what belongs to no chapter."""
    items = [
        item if item.get("source") in sources else {key: item[key] for key in item if key != "text"}
        for item in job["items"]
    ]
    return job | {"items": items, "template": "" if number else job["template"]}


class _Share:
    def __init__(self, process: subprocess.Popen[bytes], said: IO[bytes]) -> None:
        self._process, self._said = process, said

    def answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line.endswith(b"\n"):
            self._fail()
        return json.loads(line)

    def tell(self, value: object) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(value, ensure_ascii=False).encode("utf-8") + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            self._fail()

    def make_way(self) -> None:
        """Lower the priority of the process from now on."""
        with suppress(OSError, AttributeError):  # not on every system
            os.setpriority(os.PRIO_PROCESS, self._process.pid, _LOW)

    def _fail(self) -> None:
        code = self._process.wait()
        self._said.seek(0)
        said = self._said.read().decode("utf-8", "replace")
        if lacking := _LACKING.search(said):
            raise UserError(
                f"là của phiên bản khác với baocao đang chạy (không có hàm {lacking[1]}).",
                where=str(EXTENSION / "shared.lua"),
                hint="Đưa cả dự án về cùng một phiên bản: src/, notebooks/, reports/, _extensions/, _quarto.yml.",
            )
        raise RuntimeError(f"pandoc ended with {code}:\n{said}")


@contextmanager
def _share(command: list[str], environment: dict[str, str]) -> Iterator[_Share]:
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said
        ) as process,
    ):
        try:
            yield _Share(process, said)
        finally:
            process.kill()


@cache
def _pandoc() -> str:
    return str(pypandoc.get_pandoc_path())

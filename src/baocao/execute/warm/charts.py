"""In a child: passes calls of vl-convert to the warm renderer, with the same results as in a separate process.

A picture that was drawn before and kept is not drawn again, unless vl-convert loads its data from an address.
"""

from __future__ import annotations

import functools
import json
import re
import socket
from collections.abc import Callable
from typing import Any

from baocao import reads
from baocao.execute import drawings
from baocao.execute.warm import wire
from baocao.execute.warm.renderer import SERVED
from baocao.watch import BEYOND

_MARKED = {"clip": re.compile(r'(?<=id=")clip(\d+)(?=")'), "gradient_": re.compile(r'(?<=id=")gradient_(\d+)(?=")')}
_REFERENCE = {
    "clip": re.compile(r'(?<=id=")clip(\d+)(?=")|(?<=url\(#)clip(\d+)(?=\))'),
    "gradient_": re.compile(r'(?<=id=")gradient_(\d+)(?=")|(?<=url\(#)gradient_(\d+)(?=\))'),
}
_SECONDS = 60.0
"""Seconds to wait for the renderer before rendering in the child itself."""


class Numbering:
    """Renumbers clips and gradients, which Vega numbers through the life of a process, as if it were a new one."""

    def __init__(self) -> None:
        self._next = {"clip": 1, "gradient_": 0}

    def renumber(self, svg: str) -> str:
        """The SVG with identifiers numbered on from the previous SVG of this notebook."""
        for kind in self._next:
            svg = self._of_kind(kind, svg)
        return svg

    def _of_kind(self, kind: str, svg: str) -> str:
        found = sorted({int(number) for number in _MARKED[kind].findall(svg)})
        names = {str(old): new for new, old in enumerate(found, start=self._next[kind])}
        self._next[kind] += len(found)

        def renamed(match: re.Match[str]) -> str:
            number = match[1] or match[2]
            return f"{kind}{names.get(number, number)}"

        return _REFERENCE[kind].sub(renamed, svg)


def use_renderer(address: str) -> None:
    """Make this process's vl-convert ask the renderer; what that does not answer is done here."""
    import vl_convert  # noqa: PLC0415

    numbering = Numbering()
    own = {name: getattr(vl_convert, name) for name in SERVED if hasattr(vl_convert, name)}
    for name, function in own.items():
        setattr(vl_convert, name, _remote(name, function, address, numbering))
    fonts = vl_convert.register_font_directory

    @functools.wraps(fonts)
    def register_font_directory(*args: Any, **kwargs: Any) -> Any:
        # Fonts are state of a process: from now on this notebook renders its charts itself.
        for name, function in own.items():
            setattr(vl_convert, name, _noted(function))
        return fonts(*args, **kwargs)

    vl_convert.register_font_directory = register_font_directory


def number_from_one() -> None:
    """Make this process's vl-convert, which has drawn a chart already, number as in a new process."""
    import vl_convert  # noqa: PLC0415

    numbering = Numbering()
    for name in SERVED:
        if hasattr(vl_convert, name):
            function = _noted(getattr(vl_convert, name))
            setattr(vl_convert, name, _numbered(function, numbering) if name.endswith("_svg") else function)


def _noted(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        _loads((args, kwargs))
        return function(*args, **kwargs)

    return call


def _numbered(function: Callable[..., Any], numbering: Numbering) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        return numbering.renumber(function(*args, **kwargs))

    return call


def _loads(question: object) -> bool:
    """Whether vl-convert loads data of a chart from an address; notes that, because it does so without Python's notice.

    The question is the arguments of a call. A specification as text is searched, too.
    """
    if loads := _has_address(question):
        reads.note(BEYOND)
    return loads


def _has_address(part: object) -> bool:
    if isinstance(part, dict):
        rows = ("values", "datasets")  # in the chart itself
        return "url" in part or any(_has_address(value) for name, value in part.items() if name not in rows)
    if isinstance(part, str) and part.lstrip().startswith("{"):
        try:
            return _has_address(json.loads(part))
        except ValueError:
            return False
    return isinstance(part, list | tuple) and any(map(_has_address, part))


def _remote(name: str, function: Callable[..., Any], address: str, numbering: Numbering) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        answer = _answered(address, name, args, kwargs, keep=not _loads((args, kwargs)))
        if answer is None:  # outside the except clause, so that an error raised here has no context
            return function(*args, **kwargs)
        if isinstance(answer, bytes):
            return answer
        result = json.loads(answer)
        return numbering.renumber(result) if name.endswith("_svg") else result

    return call


def _answered(
    address: str, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], *, keep: bool
) -> bytes | str | None:
    """The renderer's answer, new or (with ``keep``) kept: bytes or JSON text; None if it gave none."""
    try:
        question = json.dumps([args, kwargs], allow_nan=False).encode()

        def ask() -> list[bytes]:
            return _ask(address, [name.encode(), question])

        def draw() -> str:
            return ask()[1].decode()

        if keep and name.endswith("_svg"):
            return drawings.drawn((name, question), draw)
        kind, answer = ask()
    except (TypeError, ValueError, OSError, EOFError):
        return None
    return answer if kind == b"bytes" else answer.decode()


def _ask(address: str, frames: list[bytes]) -> list[bytes]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
        sock.settimeout(_SECONDS)
        sock.connect(address)
        wire.send(sock, frames)
        return wire.receive(sock)

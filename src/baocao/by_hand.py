"""How a chapter's blocks look to somebody who has its notebook open in JupyterLab or VS Code.

In a run a block is Markdown for pandoc, with the ledger row of each figure, boxes and references. Jupyter's Markdown
(CommonMark with tables) knows none of these and would print them amid the sentences. What papermill or nbconvert
execute is as in a run: whoever holds the two against each other finds no difference.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import partial

from baocao.present.blocks import Prose, Table

_ATTRIBUTES = r'\{(?:[^{}"\n]|"[^"\n]*")*\}'
_SPAN = re.compile(rf"\[((?:\\.|[^\[\]\\\n])*)\]{_ATTRIBUTES}")
_DOWNLOAD = re.compile(r"^::: \{\.tai-ve\}\n.*?\n:::\n*", re.MULTILINE | re.DOTALL)
"""A link to a file that only the book has."""
_BOX = re.compile(r'^:::+ \{\.callout-\w+ title="([^"\n]*)"\}$', re.MULTILINE)
_FENCE = re.compile(r"^:::.*\n?", re.MULTILINE)
_HEADING = re.compile(rf"^(#+ .*?) *{_ATTRIBUTES}$", re.MULTILINE)
_SESSION = "JPY_SESSION_NAME"
"""Jupyter's server sets it for the kernels of the notebooks that are open there, and for no others."""
_IN_VS_CODE = "__vsc_ipynb_file__"
"""VS Code sets it among the notebook's own names."""
_CHAPTER = re.compile(r"@sec-([\w-]+)")


def readable(text: str, titles: Mapping[str, str]) -> str:
    """A chapter's Markdown as Jupyter shows it: the words, without what is said of them to pandoc.

    Parameters
    ----------
    titles
        Slug → title of the book's chapters, for references to them.
    """
    text = _BOX.sub(r"**\1**\n", _DOWNLOAD.sub("", text))
    text = _HEADING.sub(r"\1", _FENCE.sub("", text))
    while (without := _SPAN.sub(r"\1", text)) != text:  # one may stand in another
        text = without
    return _CHAPTER.sub(lambda found: f"chương “{titles.get(found[1], found[1])}”", text).strip("\n")


def show_readable(titles: Mapping[str, str]) -> None:
    """From here on a notebook that is open somewhere shows prose and tables as :func:`readable`."""
    from IPython import get_ipython  # noqa: PLC0415  # only a notebook shows anything

    shell = get_ipython()
    if shell and (_SESSION in os.environ or _IN_VS_CODE in shell.user_ns):
        formatter = shell.display_formatter.mimebundle_formatter
        for kind in (Prose, Table):
            formatter.for_type(kind, partial(_bundle, titles))


def _bundle(titles: Mapping[str, str], block: Prose | Table) -> dict[str, str]:
    text = readable(block.markdown, titles)
    return {"text/markdown": text, "text/plain": text}

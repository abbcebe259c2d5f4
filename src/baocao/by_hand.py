"""How a chapter's blocks look in a notebook that somebody has open in JupyterLab or VS Code.

In a run, blocks are Markdown for pandoc, with ledger rows of figures, boxes and references. Jupyter's Markdown
(CommonMark with tables) does not know these and would print their markup in the text. Notebooks executed by papermill
or nbconvert have the same output as in a run.
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
"""A link to a file that exists only in the book."""
_BOX = re.compile(r'^:::+ \{\.callout-\w+ title="([^"\n]*)"\}$', re.MULTILINE)
_FENCE = re.compile(r"^:::.*\n?", re.MULTILINE)
_HEADING = re.compile(rf"^(#+ .*?) *{_ATTRIBUTES}$", re.MULTILINE)
_SESSION = "JPY_SESSION_NAME"
"""Variable that Jupyter's server sets only for kernels of notebooks that are open there."""
_IN_VS_CODE = "__vsc_ipynb_file__"
"""Name that VS Code defines in the notebook's namespace."""
_CHAPTER = re.compile(r"@sec-([\w-]+)")


def readable(text: str, titles: Mapping[str, str]) -> str:
    """A chapter's Markdown for Jupyter: the text without the markup that only pandoc knows.

    Parameters
    ----------
    titles
        Slug → title of the book's chapters, for references to them.
    """
    text = _BOX.sub(r"**\1**\n", _DOWNLOAD.sub("", text))
    text = _HEADING.sub(r"\1", _FENCE.sub("", text))
    while (without := _SPAN.sub(r"\1", text)) != text:  # spans may be nested
        text = without
    return _CHAPTER.sub(lambda found: f"chương “{titles.get(found[1], found[1])}”", text).strip("\n")


def show_readable(titles: Mapping[str, str]) -> None:
    """Show prose and tables through :func:`readable` from now on, if the notebook is open in an editor."""
    from IPython import get_ipython  # noqa: PLC0415  # only a notebook shows anything

    shell = get_ipython()
    if shell and (_SESSION in os.environ or _IN_VS_CODE in shell.user_ns):
        formatter = shell.display_formatter.mimebundle_formatter
        for kind in (Prose, Table):
            formatter.for_type(kind, partial(_bundle, titles))


def _bundle(titles: Mapping[str, str], block: Prose | Table) -> dict[str, str]:
    text = readable(block.markdown, titles)
    return {"text/markdown": text, "text/plain": text}

"""The environment of kernels, which does not depend on the user who runs them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from baocao.process import search_path
from baocao.scratch import scratch_folder
from baocao.sources import ROOT_VARIABLE

SOURCE = Path(__file__).resolve().parents[2]
"""The folder that contains the package, so that kernels find it even if it is not installed."""


@contextmanager
def kernel_environment(root: Path | None, source: Path, extra: Mapping[str, str]) -> Iterator[None]:
    """No IPython profile or start-up files of the user, a fixed hash seed and locale, and the package on the path.

    Without ``root``, a notebook's project is its working folder.
    """
    with scratch_folder("ipython") as profile:
        wanted = {
            ROOT_VARIABLE: str(root or ""),
            "IPYTHONDIR": str(profile),
            "JUPYTER_PREFER_ENV_PATH": "1",
            "LC_ALL": "C.UTF-8",
            "PYTHONHASHSEED": "0",
            "PYTHONPATH": search_path(source),
            "PYTHONUTF8": "1",
            **extra,
        }
        before = {name: os.environ.get(name) for name in wanted}
        os.environ.update(wanted)
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value

"""What all tests of the package share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kept_reader import KeptReader, keep_reader


@pytest.fixture(scope="session", autouse=True)
def _kept_reader() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        keep_reader(patch)
        yield
        KeptReader.end()

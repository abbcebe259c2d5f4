"""What an analyst adds by hand for one period: ``params/months/2025-10.yml``, kept from run to run."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import StrictBool, ValidationError, field_validator

from baocao.config.faults import Fault, error_of
from baocao.config.load import FOLDER
from baocao.config.messages import faults_of
from baocao.config.models import Model, Signature, Text
from baocao.config.yaml_files import read_yaml
from baocao.files import is_temporary
from baocao.text import one_line

MONTHS = "months"
_NAMES = re.compile(r"\d{4}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]))?\.yml")


class Additions(Model):
    """Words of the analyst; every text is plain and becomes one paragraph or one line of a list."""

    highlights: tuple[Text, ...] = ()
    """Results worth naming."""
    assessment: tuple[Text, ...] = ()
    """General assessment, paragraphs."""
    difficulties: tuple[Text, ...] = ()
    proposals: tuple[Text, ...] = ()
    next_period: tuple[Text, ...] = ()
    """Work planned for the following period."""
    socio_economic: tuple[Text, ...] = ()
    """Paragraphs added to the extract for the socio-economic report."""
    quote_units: StrictBool = True
    """Whether the difficulties, proposals and plans that units wrote are quoted."""
    signature: Signature | None = None
    """The signature block of this period, if it differs from that in ``params/site.yml``."""
    signer: str = ""
    """The name printed under the space for the signature; none if empty."""

    @field_validator("highlights", "assessment", "difficulties", "proposals", "next_period", "socio_economic")
    @classmethod
    def _one_line_each(cls, texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(one_line(text) for text in texts)


def additions_file(code: str) -> str:
    """The file of a period, relative to the project: ``params/months/2025-10.yml``."""
    return f"{FOLDER}/{MONTHS}/{code}.yml"


def load_additions(root: Path, code: str) -> Additions:
    """The additions for a period; all empty if it has no file.

    Parameters
    ----------
    root
        The project's folder.
    code
        ``2025-10``, or the code of a longer period: ``2025-Q4``.

    Raises
    ------
    ConfigError
        If the file cannot be used; lists every fault with its line and key path.
    """
    name = additions_file(code)
    if strays := _strays(root / FOLDER / MONTHS):
        allowed = "tên tệp là kỳ báo cáo: 2025-10.yml, 2025-Q4.yml, 2025-H2.yml, 2025.yml"
        raise error_of([Fault(f"{FOLDER}/{MONTHS}/{one}", "", "tên tệp không đúng mẫu", allowed) for one in strays], {})
    if not (root / name).exists():
        return Additions()
    file = read_yaml(root / name, name, optional=True)
    if file.faults:
        raise error_of(file.faults, {name: file.lines})
    try:
        return Additions.model_validate(file.data)
    except ValidationError as error:
        raise error_of(faults_of(error, Additions, file.data, name), {name: file.lines}) from None


def _strays(folder: Path) -> list[str]:
    """Names in the folder that are not of a period's file, except what editors, JupyterLab, git and systems leave."""
    names = sorted(path.name for path in folder.glob("*") if not is_temporary(path.name))
    return [name for name in names if not _NAMES.fullmatch(name)]

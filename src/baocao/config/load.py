"""Loading ``params/``: eight files in, one checked configuration out, or one error that lists every fault."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pydantic import BaseModel, ValidationError

from baocao.config.default_checks import default_checks
from baocao.config.faults import Fault, error_of
from baocao.config.messages import faults_of
from baocao.config.models import Book, Calendar, Checks, Config, OfficialForm, Plan, Site, Targets, Units
from baocao.config.pictures import ALLOWED, is_picture
from baocao.config.rules import rule_faults
from baocao.config.yaml_files import YamlFile, read_yaml
from baocao.sources import is_own

FOLDER = "params"
MODELS: dict[str, type[BaseModel]] = {
    "site": Site,
    "plan": Plan,
    "targets": Targets,
    "units": Units,
    "calendar": Calendar,
    "book": Book,
    "checks": Checks,
    "official": OfficialForm,
}
OPTIONAL = frozenset({"checks", "official"})


def file_of(name: str) -> str:
    """The name of a file in messages: ``plan`` → ``params/plan.yml``."""
    return f"{FOLDER}/{name}.yml"


def load_config(root: Path) -> Config:
    """Read and check all of ``params/``.

    Parameters
    ----------
    root
        The project's folder, which holds ``params/``.

    Raises
    ------
    ConfigError
        Lists every fault with its file, line and key path. Rules across files are checked only if each file is
        valid by itself.
    """
    files = {name: _read(root, name) for name in MODELS if _wanted(root, name)}
    parts: dict[str, BaseModel] = {}
    faults = [fault for name, file in files.items() for fault in _typed(name, file, parts)]
    faults += _stray_faults(root)
    lines = {file_of(name): file.lines for name, file in files.items()}
    if faults:
        raise error_of(faults, lines)
    config = _assemble(parts)
    if faults := [*rule_faults(config), *_emblem_faults(config, root)]:
        raise error_of(faults, lines)
    return config


def _wanted(root: Path, name: str) -> bool:
    return name not in OPTIONAL or (root / FOLDER / f"{name}.yml").exists()


def _read(root: Path, name: str) -> YamlFile:
    return read_yaml(root / FOLDER / f"{name}.yml", file_of(name), optional=name in OPTIONAL)


def _stray_faults(root: Path) -> Iterator[Fault]:
    """Files with the right name and a wrong ending: ignored, an optional one would silently have no effect."""
    for name in MODELS:
        if (root / FOLDER / f"{name}.yaml").exists():
            what = "tệp mang đuôi này không được đọc"
            yield Fault(f"{FOLDER}/{name}.yaml", "", what, f"một tệp, tên {file_of(name)}")


def _typed(name: str, file: YamlFile, parts: dict[str, BaseModel]) -> list[Fault]:
    """The faults of one file; if there are none, its model is added to ``parts``."""
    if file.faults:
        return list(file.faults)
    model = MODELS[name]
    try:
        parts[name] = model.model_validate(file.data)
    except ValidationError as error:
        return list(faults_of(error, model, file.data, file_of(name)))
    return []


def _assemble(parts: dict[str, BaseModel]) -> Config:
    checks = parts.pop("checks", Checks())
    assert isinstance(checks, Checks)
    entries = {**default_checks(), **(checks.checks or {})}
    return Config.model_validate({**parts, "thresholds": checks.thresholds, "checks": entries})


def _emblem_faults(config: Config, root: Path) -> Iterator[Fault]:
    emblem = config.site.emblem
    if emblem and not (root / emblem).is_file():
        yield Fault(file_of("site"), "emblem", f"không có tệp “{emblem}”", "đường dẫn tính từ thư mục dự án")
    elif emblem and not is_picture(root / emblem):
        yield Fault(file_of("site"), "emblem", f"không phải là tệp ảnh, hoặc tệp ảnh hỏng: “{emblem}”", ALLOWED)
    elif emblem and not is_own(PurePosixPath(emblem)):
        what = f"tệp “{emblem}” nằm ở nơi mà tháng đã khóa không giữ"
        yield Fault(file_of("site"), "emblem", what, "tệp ngay trong thư mục dự án, trong reports/ hoặc params/")

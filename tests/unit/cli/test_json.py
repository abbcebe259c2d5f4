"""JSON.md tells of every command that prints JSON, and of no key that none prints."""

from __future__ import annotations

import ast

import pytest

from baocao.cli.main import cli
from json_keys import documented, faults
from projects import REPOSITORY


def test_every_command_with_the_option_is_described_and_no_other():
    able = {name for name, one in cli.commands.items() if any("--json" in option.opts for option in one.params)}
    assert {name.removeprefix("baocao ") for name in documented() if name.startswith("baocao ")} == able


def test_every_key_that_is_described_stands_in_the_code():
    written = set()
    for path in sorted((REPOSITORY / "src" / "baocao").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                written |= {node.value}
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                written |= {node.target.id}
    keys = {key.rpartition(".")[2].removesuffix("[]") for section in documented().values() for key in section}
    assert not keys - written


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"month": "2026-01", "rows_in": 1}, []),
        ({"month": "2026-01", "odd": 1}, ["odd: not in JSON.md"]),
        ({"month": 1}, ["month: 1 is not text"]),
        ({"rows_in": True}, ["rows_in: True is not number"]),
        ({"findings": [{"code": "A", "odd": ""}]}, ["odd: not in JSON.md"]),
    ],
)
def test_what_is_printed_otherwise_is_found(value, told):
    assert faults(("check", "--json"), value) == told

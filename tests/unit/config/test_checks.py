"""``params/checks.yml``: what it may say of a check, and what is refused with file and key path."""

from __future__ import annotations

import shutil

import pytest
import yaml

from projects import REPOSITORY


@pytest.fixture
def spelled(tiny):
    """The tiny site with the ward's checks as its own."""
    shutil.copy(REPOSITORY / "params" / "checks.yml", tiny.path("checks"))
    return tiny


def test_a_site_without_checks_of_its_own_has_the_default_ones(tiny, spelled):
    assert list(spelled.load().checks) == list(tiny.load().checks)


def test_words_severity_and_switch_of_a_check_are_the_sites(spelled):
    spelled.edit("checks", "Chưa ghi kênh.", "Thiếu kênh.")
    spelled.edit("checks", "  HD-KENH:\n    severity: warning", "  HD-KENH:\n    severity: error")
    spelled.edit("checks", "  HD-NGUON:\n", "  HD-NGUON:\n    enabled: false\n")
    checks = spelled.load().checks
    assert (checks["HD-KENH"].message, checks["HD-KENH"].severity) == ("Thiếu kênh.", "error")
    assert (checks["HD-NGUON"].enabled, checks["HD-KENH"].enabled) == (False, True)


@pytest.mark.parametrize(
    ("old", "new", "path", "what"),
    [
        ("  HD-KENH:\n", "  HD-KENHH:\n", "checks.HD-KENHH", "không được biết đến"),
        ("Chưa ghi kênh.", "Chưa ghi {kenh}.", "checks.HD-KENH.message", "“{kenh}”"),
        ("Chưa ghi kênh.", "Chưa ghi {given.real}.", "checks.HD-KENH.message", "{given.real}"),
        ("Chưa ghi kênh.", "Chưa ghi {given!r}.", "checks.HD-KENH.message", "{given}"),
        ("Chưa ghi kênh.", "Chưa ghi {kênh.", "checks.HD-KENH.message", "đi thành cặp"),
        ("  O-SO:\n    severity: error", "  O-SO:\n    severity: warning", "checks.O-SO.severity", "không đổi được"),
        ("  O-SO:\n", "  O-SO:\n    enabled: false\n", "checks.O-SO.enabled", "không tắt được"),
        ("  HD-DOTBIEN:\n    severity: warning", "  HD-DOTBIEN:\n    severity: error", "checks.HD-DOTBIEN.severity",
         "không đổi được"),
        ("  HD-KENH:\n    severity: warning", "  HD-KENH:\n    severity: nhắc", "checks.HD-KENH.severity", "danh mục"),
        ("  HD-KENH:\n", "  HD-KENH:\n    level: 1\n", "checks.HD-KENH.level", "không được biết đến"),
        ("www\\.", "(www\\.", "thresholds.evidence_patterns[1]", "biểu thức chính quy"),
        ("www\\.", "a{99999999999999999999}", "thresholds.evidence_patterns[1]", "biểu thức chính quy"),
        ("max_cost: 1000000000000", "max_cost: 10000000000001", "thresholds.max_cost", "quá lớn"),
        ("jump_score: 3.5", "jump_score: 0", "thresholds.jump_score", "quá nhỏ"),
    ],
)  # fmt: skip
def test_what_intake_could_not_use_is_refused_with_file_and_key_path(spelled, old, new, path, what):
    spelled.edit("checks", old, new)
    faults = [fault for fault in spelled.refusal() if f": {path}: " in fault]
    assert faults
    assert faults[0].startswith("params/checks.yml")
    assert what in faults[0]


def test_a_check_that_the_file_does_not_list_is_as_the_package_brings_it(tiny, spelled):
    """A file of an older version has none of the checks added since; a seal's, which nobody may edit, neither."""
    spelled.edit("checks", "Chưa ghi kênh.", "Thiếu kênh.")
    whole = spelled.load().checks
    file = yaml.safe_load(tiny.path("checks").read_text(encoding="utf-8"))
    del file["checks"]["O-KHONGLUU"], file["checks"]["BANG-COTAN"]
    tiny.path("checks").write_text(yaml.safe_dump(file, allow_unicode=True), encoding="utf-8")
    assert spelled.load().checks == whole
    assert whole["HD-KENH"].message == "Thiếu kênh."

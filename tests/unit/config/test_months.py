"""What is added by hand for one period: typed, checked, told by file and line."""

from __future__ import annotations

import pytest

from baocao.config.months import Additions, load_additions
from baocao.errors import ConfigError


@pytest.fixture
def write(tmp_path):
    def make(text: str, name: str = "2025-10.yml"):
        folder = tmp_path / "params" / "months"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
        return tmp_path

    return make


def test_a_period_without_a_file_adds_nothing(tmp_path):
    assert load_additions(tmp_path, "2025-10") == Additions()


def test_a_file_of_comments_alone_adds_nothing(write):
    assert load_additions(write("# assessment:\n#   - …\n"), "2025-10") == Additions()


def test_texts_come_in_form_c_and_on_one_line(write):
    root = write("assessment:\n  - |\n    Đa\u0323t\n    tốt\nsigner: Trần A\n")
    assert load_additions(root, "2025-10").assessment == ("Đạt tốt",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("asessment: [a]", "dòng 1: asessment: khóa không được biết đến (cho phép: highlights"),
        ("assessment: chữ", "dòng 1: assessment: không phải là danh sách"),
        ("quote_units: có", "quote_units: không phải là true hoặc false"),
        ("signer: a\nsigner: b", "khóa viết hai lần"),
        ("", "tệp trống"),
        ("signature: {authority: TM.}", "signature.position: thiếu khóa bắt buộc"),
    ],
)
def test_a_fault_is_told_by_file_line_and_key(write, text, said):
    with pytest.raises(ConfigError) as caught:
        load_additions(write(text), "2025-10")
    assert "params/months/2025-10.yml" in str(caught.value)
    assert said in str(caught.value)


@pytest.mark.parametrize("name", ["2025-13.yml", "10-2025.yml", "2025-10.yaml", "2025-Q5.yml"])
def test_a_file_that_names_no_period_is_refused_and_not_passed_over(write, name):
    with pytest.raises(ConfigError, match="tên tệp không đúng mẫu"):
        load_additions(write("signer: a", name), "2025-10")


@pytest.mark.parametrize("name", [".ipynb_checkpoints", ".gitkeep", ".DS_Store", ".2025-10.yml.swp", "Thumbs.db"])
def test_what_programs_leave_in_the_folder_stops_no_report(write, name):
    write("x", name)
    assert load_additions(write("signer: A"), "2025-10").signer == "A"


@pytest.mark.parametrize("name", ["2025-Q4", "2026-H1", "2026"])
def test_a_longer_period_has_a_file_too(write, name):
    assert load_additions(write("signer: A", f"{name}.yml"), name).signer == "A"


def test_a_head_of_an_office_signs_by_position_alone(write):
    signature = load_additions(write("signature: {position: GIÁM ĐỐC}"), "2025-10").signature
    assert (signature.authority, signature.on_behalf, signature.position) == ("", "", "GIÁM ĐỐC")

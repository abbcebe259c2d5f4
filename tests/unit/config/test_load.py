from __future__ import annotations

import base64
import unicodedata
from datetime import date, time

import pytest

from baocao.config.load import load_config
from baocao.errors import ConfigError, ExitCode

CASES = {
    "a missing key": ("site", "place: Suối Mây\n", "", "place: thiếu khóa bắt buộc", ""),
    "an unknown key": ("site", "place: ", "plaec: x\nplace: ", "plaec: khóa không được biết đến", "cho phép: name, "),
    "an unknown key deep inside": (
        "plan",
        "text: Vận động tặng sách.",
        "txt: x, text: y",
        "areas[0].bullets[0].txt: khóa không được biết đến",
        "code, text",
    ),
    "an empty text": ("plan", "text: Đọc sách cùng trẻ em.", 'text: ""', "areas[1].bullets[0].text: để trống", "chữ"),
    "a number for a text": ("site", "draft_code: VP", "draft_code: 7", "draft_code: không phải là chữ: “7”", "nháy"),
    "a word for a number": ("plan", "number: 1\n", "number: một\n", "areas[0].number: không phải là số nguyên", "số"),
    "true for a number": ("plan", "number: 1\n", "number: true\n", "areas[0].number: không phải là số nguyên", "số"),
    "a number for true": ("site", "demonstration: true", "demonstration: 1", "demonstration: không phải là", "false"),
    "an infinite number": ("targets", "value: 75", "value: .inf", "targets[0].value: không phải là số hữu hạn", "số"),
    "a comma in a number": ("targets", "value: 75", "value: 7,5", "targets[0].value: không phải là số", "thập phân"),
    "a word for a number or true": (
        "targets",
        "value: 75",
        "value: Có",
        "targets[0].value: không phải là số: “Có”",
        "thập phân, không có dấu phân cách hàng nghìn; hoặc true, false",
    ),
    "a number below its bound": ("calendar", "cut_off: {day: 31", "cut_off: {day: 0", "cut_off.day: quá nhỏ", "từ 1"),
    "a number above its bound": ("calendar", "cut_off: {day: 31", "cut_off: {day: 32", "cut_off.day: quá lớn", "31"),
    "a day that is none": (
        "units",
        "name: Thôn Bản Gió, kind: hamlet, valid_from: 2026-01-01",
        "name: Thôn Bản Gió, kind: hamlet, valid_from: 01/01/2026",
        "units[2].valid_from: không phải là ngày: “01/01/2026”",
        "NĂM-THÁNG-NGÀY",
    ),
    "a time that is none": (
        "calendar",
        "lock: {day: 10,",
        'lock: {day: 10, at: "25:00",',
        "lock.at: không phải là giờ: “25:00”",
        "17:00:00",
    ),
    "a time of another zone": (
        "calendar",
        "lock: {day: 10,",
        'lock: {day: 10, at: "17:00+07:00",',
        "lock.at: không phải là giờ: “17:00+07:00”",
        "17:00:00",
    ),
    "blanks for a name": ("site", "name: UBND xã Suối Mây", "name: '  '", "name: để trống", "ít nhất 1 ký tự"),
    "nobody who issues": (
        "site",
        "issuer:\n  - ỦY BAN NHÂN DÂN\n  - XÃ SUỐI MÂY",
        "issuer: []",
        "issuer: để trống",
        "ít nhất 1 mục",
    ),
    "a character that no document holds": (
        "site",
        "place: Suối Mây",
        'place: "Suối\\u0000Mây"',
        "place: có ký tự điều khiển",
        "chữ",
    ),
    "a year that nobody draws": (
        "targets",
        "    errata: [DC1]",
        "    baseline: {year: -5, value: 3, source: x}\n    errata: [DC1]",
        "targets[1].baseline.year: quá nhỏ: “-5”",
        "1900",
    ),
    "a time without quotes": (
        "calendar",
        "lock: {day: 10,",
        "lock: {day: 10, at: 17:00,",
        "lock.at: không phải là giờ: “1020”",
        "GIỜ:PHÚT:GIÂY trong dấu nháy",
    ),
    "an hour": ("calendar", "lock: {day: 10,", "lock: {day: 10, at: 17,", "lock.at: không phải là giờ: “17”", "nháy"),
    "a number for a day": (
        "units",
        "name: Thôn Bản Gió, kind: hamlet, valid_from: 2026-01-01",
        "name: Thôn Bản Gió, kind: hamlet, valid_from: 0",
        "units[2].valid_from: không phải là ngày: “0”",
        "NĂM-THÁNG-NGÀY",
    ),
    "a number in quotes for a day": (
        "units",
        "name: Thôn Bản Gió, kind: hamlet, valid_from: 2026-01-01",
        'name: Thôn Bản Gió, kind: hamlet, valid_from: "0"',
        "units[2].valid_from: không phải là ngày: “0”",
        "NĂM-THÁNG-NGÀY",
    ),
    "a word for true": (
        "site",
        "demonstration: true",
        "demonstration: co",
        "demonstration: không phải là",
        "true, false",
    ),
    "a code with a blank": (
        "units",
        "code: BanGio",
        "code: Ban Gio",
        "units[2].code: viết không đúng mẫu",
        "không dấu",
    ),
    "a code that leaves its folder": (
        "units",
        "code: BanGio",
        "code: ../x",
        "units[2].code: viết không đúng mẫu",
        "chữ",
    ),
    "a value outside its list": (
        "targets",
        "type: ratio",
        "type: rate",
        "targets[0].type: giá trị không có trong danh mục: “rate”",
        "'ratio', 'threshold'",
    ),
    "a text for a list": ("site", "issuer:\n  - ỦY BAN NHÂN DÂN\n  - XÃ SUỐI MÂY", "issuer: UB", "issuer: không", "- "),
    "a text for a mapping": (
        "plan",
        "budget: {title: KINH PHÍ, text: Từ ngân sách xã và đóng góp tự nguyện.}",
        "budget: không",
        "budget: không phải là nhóm khóa: “không”",
        "khóa: giá trị",
    ),
    "a month of another form": ("calendar", '"2026-01"', '"1/2026"', "first_month: viết không đúng mẫu", "2025-08"),
    "a slug with capitals": (
        "book",
        "slug: tong-quan",
        "slug: Tong-Quan",
        "chapters[0].slug: viết không đúng",
        "thường",
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "said", "allowed"), CASES.values(), ids=CASES)
def test_a_bad_value_is_refused_with_file_and_key_path(tiny, file, old, new, said, allowed):
    tiny.edit(file, old, new)
    (message,) = tiny.refusal()
    assert message.startswith(f"params/{file}.yml")
    assert said in message
    assert allowed in message


def test_days_and_times_may_be_quoted(tiny):
    tiny.edit("calendar", "lock: {day: 10,", 'lock: {day: 10, at: "17:00",')
    tiny.edit(
        "units", "Thôn Bản Gió, kind: hamlet, valid_from: 2026-01-01", 'Thôn, kind: hamlet, valid_from: "2026-01-02"'
    )
    config = tiny.load()
    assert (config.calendar.lock.at, config.units.units[2].valid_from) == (time(17), date(2026, 1, 2))


def test_all_faults_of_all_files_are_listed_at_once(tiny):
    tiny.edit("site", "place: Suối Mây\n", "")
    tiny.edit("units", "code: BanGio", "code: Ban Gio")
    tiny.edit("plan", "text: Đọc sách cùng trẻ em.", 'text: ""')
    tiny.path("calendar").unlink()
    assert [message.split(":")[0].split(",")[0] for message in tiny.refusal()] == [
        "params/site.yml",
        "params/plan.yml",
        "params/units.yml",
        "params/calendar.yml",
    ]


def test_a_fault_names_the_line_on_which_it_stands(tiny):
    lines = tiny.path("targets").read_text(encoding="utf-8").splitlines()
    number = next(i for i, line in enumerate(lines, 1) if "type: ratio" in line)
    tiny.edit("targets", "type: ratio", "type: rate")
    assert tiny.refusal()[0].startswith(f"params/targets.yml, dòng {number}: ")


def test_the_error_is_one_message_with_a_hint_and_the_usage_exit_code(tiny):
    tiny.path("plan").unlink()
    with pytest.raises(ConfigError) as caught:
        load_config(tiny.root)
    assert caught.value.exit_code is ExitCode.USAGE
    assert str(caught.value).startswith("params: cấu hình có 1 lỗi:\n- params/plan.yml: không có tệp này")
    assert "→ Sửa các chỗ nêu trên" in str(caught.value)


@pytest.mark.parametrize("name", ["official", "checks"])
def test_an_optional_file_of_comments_alone_is_as_if_it_were_not_there(tiny, name):
    without = tiny.load()
    tiny.path(name).write_text("# margins: …\n\n# recipients: …\n", encoding="utf-8")
    assert tiny.load() == without


@pytest.mark.parametrize("text", ["", "\n  \n"])
@pytest.mark.parametrize("name", ["official", "checks"])
def test_an_optional_file_that_lost_its_text_is_refused(tiny, name, text):
    tiny.path(name).write_text(text, encoding="utf-8")
    assert tiny.refusal() == [f"params/{name}.yml: tệp trống (cho phép: các cặp khóa: giá trị)"]


def test_a_face_that_the_pdf_has_not_is_refused(tiny):
    tiny.path("official").write_text("face: Arial\n", encoding="utf-8")
    (message,) = tiny.refusal()
    assert message.startswith("params/official.yml, dòng 1: face: giá trị không có trong danh mục: “Arial” (cho phép: ")
    assert "'Times New Roman', 'Liberation Serif'" in message
    tiny.path("official").write_text("face: Liberation Serif\n", encoding="utf-8")
    assert tiny.load().official.face == "Liberation Serif"


@pytest.mark.parametrize("name", ["official", "checks", "site"])
def test_a_file_of_the_other_ending_is_never_left_aside_in_silence(tiny, name):
    tiny.path(name).with_suffix(".yaml").write_text("recipients: [HĐND xã]\n", encoding="utf-8")
    (message,) = tiny.refusal()
    assert message.startswith(f"params/{name}.yaml: tệp mang đuôi này không được đọc")
    assert f"params/{name}.yml" in message


def test_a_syntax_error_names_line_and_column(tiny):
    tiny.path("units").write_text("kinds:\n\toffice: x\n", encoding="utf-8")
    (message,) = tiny.refusal()
    assert message.startswith("params/units.yml: không đúng cú pháp YAML ở dòng 2, cột 1 (")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "tệp trống"),
        ("# nothing\n", "tệp trống"),
        ("- a\n", "không phải là nhóm khóa"),
        ("a: 1\n---\nb: 2\n", "không đúng cú pháp YAML"),
        ("a: !!python/object:os.system x\n", "không đúng cú pháp YAML"),
        ("a: &x [*x]\n", "a[0]: bí danh (*) trỏ vào chính nó"),
        ("a: 2025-02-30\n", "không đúng cú pháp YAML"),
        ("a: \x00\n", "không đúng cú pháp YAML"),
        ('a: !!int ""\n', "không đúng cú pháp YAML"),
        ('a: !!float ""\n', "không đúng cú pháp YAML"),
        ("a: !!bool maybe\n", "không đúng cú pháp YAML"),
        ('a: !!timestamp "x"\n', "không đúng cú pháp YAML"),
        (f"a: {':'.join(['1'] * 400)}.5\n", "không đúng cú pháp YAML"),
        (f"a: {'[' * 3000}{']' * 3000}\n", "lồng vào nhau quá sâu"),
        (f"a: {'[' * 60_000}\n", "lồng vào nhau quá sâu"),
        (f"{'- ' * 60_000}a\n", "lồng vào nhau quá sâu"),
        ("a0: &a0 [x]\n" + "".join(f"a{i + 1}: &a{i + 1} [*a{i}]\n" for i in range(400)), "lồng vào nhau quá sâu"),
        ("? [a]\n: b\n", "khóa không phải là một chữ"),
        (
            "a0: &a0 [x]\n" + "".join(f"a{i + 1}: &a{i + 1} [{', '.join([f'*a{i}'] * 9)}]\n" for i in range(9)),
            "quá nhiều",
        ),
    ],
)
def test_a_file_that_is_no_mapping_is_refused(tiny, text, said):
    tiny.path("units").write_text(text, encoding="utf-8")
    (message,) = tiny.refusal()
    assert message.startswith("params/units.yml")
    assert said in message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a\n- a: b: c\n", "ở dòng 2, cột 7 (có “: ” ở chỗ không được có"),
        ("kinds:\n\toffice: x\n", "ở dòng 2, cột 1 (thụt dòng bằng phím Tab"),
        ("a: [1, 2\n", "(thiếu dấu “,” hoặc dấu đóng ngoặc)"),
        ("a: 'x\n", "(có dấu nháy mở mà không đóng)"),
        ('a: 1\nb: "x\nc: 2\nd: 3\n', "ở dòng 2, cột 4 (có dấu nháy mở mà không đóng)"),
        ("a: >=\n", "(có chữ ngay sau “>” hoặc “|”; chữ thì đặt trong dấu nháy)"),
        ("a: 1\nb: 2025-02-30\n", "ở dòng 2, cột 4 (giá trị này không phải là số, ngày hay giờ có thật"),
        ("b: !!timestamp x\n", "ở dòng 1, cột 4 (giá trị này không phải là số, ngày hay giờ có thật"),
        ("a: !house x\n", "(thẻ (!) không được dùng; chữ thì đặt trong dấu nháy)"),
        ("a: \x01\n", "(có ký tự điều khiển)"),
        ('a: "\\xz"\n', "(xem lại dấu nháy, dấu “:” và chỗ thụt dòng)"),
    ],
)
def test_what_is_wrong_with_the_syntax_is_said_in_vietnamese(tiny, text, said):
    tiny.path("units").write_text(text, encoding="utf-8")
    (message,) = tiny.refusal()
    assert said in message


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("true", "name: không phải là chữ: “true” ("),
        (".nan", "name: không phải là chữ: “.nan” ("),
        ("2025-07-10", "name: không phải là chữ: “2025-07-10” ("),
        ("", "name: không phải là chữ: để trống ("),
        ("[a]", "name: không phải là chữ: là danh sách ("),
        ("{a: b}", "name: không phải là chữ: là nhóm khóa ("),
    ],
)
def test_a_value_is_shown_as_the_file_writes_it(tiny, value, said):
    tiny.edit("site", "name: UBND xã Suối Mây", f"name: {value}")
    (message,) = tiny.refusal()
    assert said in message


def test_an_alias_stands_for_what_it_names(tiny):
    tiny.edit("site", "place: Suối Mây", "place: &place Suối Mây")
    tiny.edit("site", "report_to: ", "report_to: *place # ")
    assert tiny.load().site.report_to == "Suối Mây"


def test_a_file_in_another_encoding_is_refused(tiny):
    tiny.path("site").write_bytes(tiny.path("site").read_text(encoding="utf-8").encode("utf-16-le"))
    (message,) = tiny.refusal()
    assert message.startswith("params/site.yml: ")


def test_a_byte_that_is_no_utf8_is_refused(tiny):
    tiny.path("site").write_bytes(b"name: \xff\n")
    assert tiny.refusal() == ["params/site.yml: không đọc được byte thứ 7 (cho phép: mã ký tự UTF-8)"]


def test_a_key_that_is_written_twice_is_refused_with_both_lines(tiny):
    tiny.edit("plan", "    short_title: Ngày đọc sách\n", "    short_title: Ngày đọc sách\n    number: 9\n")
    (message,) = tiny.refusal()
    assert "areas[1].number: khóa viết hai lần, ở dòng " in message


def test_two_keys_that_differ_in_unicode_form_only_are_one_key(tiny):
    twice = "".join(f"  {unicodedata.normalize(form, 'thôn')}: Thôn\n" for form in ("NFC", "NFD"))
    tiny.edit("units", "  hamlet: Thôn\n", f"  hamlet: Thôn\n{twice}")
    (message,) = tiny.refusal()
    assert "kinds.thôn: khóa viết hai lần" in message


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_files_of_any_editor_give_the_same_configuration(tiny, commune, form, ending, mark):
    for path in (tiny.root / "params").iterdir():
        text = unicodedata.normalize(form, path.read_text(encoding="utf-8"))
        path.write_bytes((mark + text.replace("\n", ending)).encode())
    assert tiny.load() == commune


def test_blanks_around_a_text_count_for_nothing(tiny, commune):
    tiny.edit("site", "place: Suối Mây", "place: >\n  Suối\n  Mây")
    tiny.edit("targets", 'unit: "%"', 'unit: " %"')
    assert tiny.load() == commune


def test_escaped_text_is_normalised_as_well(tiny):
    tiny.edit("site", "place: Suối Mây", 'place: "Suo\\u0302\\u0301i Ma\\u0302y"')
    assert tiny.load().site.place == "Suối Mây"


def test_checks_are_optional_and_read_where_they_are_given(tiny):
    assert tiny.load().thresholds.max_rows == 50_000
    tiny.path("checks").write_text("thresholds:\n  max_rows: 12\n", encoding="utf-8")
    assert tiny.load().thresholds.max_rows == 12
    tiny.path("checks").write_text("thresholds:\n  max_rows: 0\n", encoding="utf-8")
    assert tiny.refusal() == ["params/checks.yml, dòng 2: thresholds.max_rows: quá nhỏ: “0” (cho phép: từ 1 trở lên)"]


def test_an_emblem_must_exist(tiny):
    tiny.edit("site", "place: ", "emblem: reports/emblem.svg\nplace: ")
    (message,) = tiny.refusal()
    assert "emblem: không có tệp “reports/emblem.svg”" in message
    (tiny.root / "reports").mkdir()
    (tiny.root / "reports" / "emblem.svg").write_text("<svg/>", encoding="utf-8")
    assert tiny.load().site.emblem == "reports/emblem.svg"


@pytest.mark.parametrize("name", ["assets/emblem.svg", "data/emblem.svg", "reports/chuong/emblem.svg"])
def test_an_emblem_lies_where_a_change_of_it_is_seen_and_a_closed_month_keeps_it(tiny, name):
    (tiny.root / name).parent.mkdir(parents=True)
    (tiny.root / name).write_text("<svg/>", encoding="utf-8")
    tiny.edit("site", "place: ", f"emblem: {name}\nplace: ")
    (message,) = tiny.refusal()
    assert f"emblem: tệp “{name}” nằm ở nơi mà tháng đã khóa không giữ" in message
    assert "reports/ hoặc params/" in message


DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
"""A picture of one dot (PNG)."""


@pytest.mark.parametrize(
    ("name", "data", "sound"),
    [
        ("e.png", DOT, True), ("e.png", DOT[:40], False), ("e.svg", b"<svg><", False), ("e.svg", b"<html/>", False),
        ("e.txt", b"<svg/>", False), ("e.txt", b"emblem", False), ('e".png', DOT, True), ("e.png", b"", False),
    ],
)  # fmt: skip
def test_an_emblem_must_be_a_sound_picture(tiny, name, data, sound):
    (tiny.root / name).write_bytes(data)
    tiny.edit("site", "place: ", f"emblem: '{name}'\nplace: ")
    if sound:
        assert tiny.load().site.emblem == name
    else:
        (message,) = tiny.refusal()
        assert f"emblem: không phải là tệp ảnh, hoặc tệp ảnh hỏng: “{name}”" in message
        assert "SVG, PNG" in message

from __future__ import annotations

import pytest

from baocao.config.faults import Fault
from baocao.config.models import Book
from baocao.config.rules import rule_faults

RANGE = 'comparator: between\n    value_min: 20\n    value_max: 18\n    unit: "%"\n'
RATIO = 'comparator: ">="\n    comparator_explicit: false\n    value: 75\n    unit: "%"\n'
QUALITATIVE = "type: qualitative\n"

CASES = {
    # duplicate codes
    "an area twice": ("plan", "code: ND2\n", "code: ND1\n", "areas[1].code: mã “ND1” trùng với “ND1” ở areas[0].code"),
    "a bullet twice": ("plan", "code: ND1.b", "code: ND1.a", "areas[0].bullets[1].code: mã “ND1.a” trùng"),
    "a bullet with an area's code": ("plan", "code: ND1.b", "code: ND3", "areas[0].bullets[1].code: mã “ND3” trùng"),
    "a bullet but for a dash": ("plan", "code: ND2.a", "code: ND1-a", "areas[1].bullets[0].code: mã “ND1-a” trùng"),
    "an area's number twice": ("plan", "number: 2\n", "number: 1\n", "areas[1].number: mã “1” trùng"),
    "a form twice": ("plan", "code: HT2", "code: HT1", "forms[1].code: mã “HT1” trùng"),
    "a channel twice": ("plan", "code: LOA", "code: mxh", "channels[2].code: mã “MXH” trùng với “mxh”"),
    "a funding source twice": ("plan", "code: dong-gop", "code: ngan-sach", "funding[1].code: mã “ngan-sach” trùng"),
    "a funding name twice": (
        "plan",
        "name: đóng góp",
        "name: NGAN SACH XA",
        "funding[1].name: mã “NGAN SACH XA” trùng",
    ),
    "a form's name twice": ("plan", "name: Phát thanh", "name: họp thôn", "forms[1].name: mã “họp thôn” trùng"),
    "a channel's name twice": ("plan", "name: mạng xã hội", "name: Họp thôn", "channels[2].name: mã “Họp thôn” trùng"),
    "a duty with a form's code": ("plan", "code: TH1", "code: HT1", "duties[0].code: mã “HT1” trùng"),
    "a legal basis twice": (
        "plan",
        "areas_title:",
        "  - {code: CC1, kind: a, number: b, issuer: c}\nareas_title:",
        "legal_bases[1].code: mã “CC1” trùng",
    ),
    "an erratum twice": (
        "plan",
        "errata:\n",
        "errata:\n  - {code: DC1, where: a, quote: b, kind: c, problem: d, treatment: e}\n",
        "errata[1].code: mã “DC1” trùng",
    ),
    "a target twice": ("targets", "code: SM-2", "code: SM-1", "targets[1].code: mã “SM-1” trùng"),
    "a target paragraph with an area's code": (
        "targets",
        "paragraphs:\n",
        "paragraphs:\n  - {code: ND1, scope: commune, year: 2027, text: a}\n",
        "paragraphs[0].code: mã “ND1” trùng với “ND1” ở params/plan.yml: areas[0].code",
    ),
    "a unit twice": ("units", "code: BanGio", "code: BANMAY", "units[2].code: mã “BANMAY” trùng với “BanMay”"),
    "a group with a unit's code": ("units", "code: CACTHON", "code: vp", "groups[0].code: mã “vp” trùng"),
    "a unit's code that ends like a version": (
        "units",
        "code: BanGio",
        "code: Ban.V2",
        "units[2].code: mã “Ban.V2” đọc được là bản gửi lại thứ 2",
    ),
    # addresses
    "a chapter's address twice": ("book", "slug: chi-tieu", "slug: tong-quan", "chapters[4].slug: địa chỉ “tong-quan”"),
    "a chapter at a unit's address": (
        "book",
        "slug: chi-tieu",
        "slug: don-vi-banmay",
        "chapters[7].slug: địa chỉ “don-vi-banmay” đã dùng cho chapters[4]",
    ),
    "a chapter at the first page's address": (
        "book",
        "slug: chi-tieu",
        "slug: index",
        "chapters[4].slug: địa chỉ “index”",
    ),
    # references
    "an unknown coordinator": (
        "site",
        "coordinator: VP",
        "coordinator: XX",
        "coordinator: không có đơn vị “XX” (cho phép: VP, BanMay, BanGio)",
    ),
    "a group as coordinator": ("site", "coordinator: VP", "coordinator: CACTHON", "coordinator: không có đơn vị"),
    "an unknown lead": ("plan", "[VP, BanMay]", "[VP, XX]", "areas[2].lead_units[1]: không có đơn vị hoặc nhóm “XX”"),
    "a lead in another case": ("plan", "[VP, BanMay]", "[VP, banmay]", "areas[2].lead_units[1]: không có đơn vị"),
    "a lead named twice": ("plan", "[VP, BanMay]", "[VP, VP]", "areas[2].lead_units[1]: “VP” nêu hai lần"),
    "no lead": ("plan", "[VP, BanMay]", "[]", "areas[2].lead_units: chưa có đơn vị chủ trì"),
    "an area that nobody ever leads": (
        "plan",
        "lead_units: [VP, BanMay]",
        'lead_units: []\n    earlier_leads: [{last_month: "2026-03", lead_units: []}]',
        "areas[2].lead_units: chưa có đơn vị chủ trì",
    ),
    "an unknown coordinating unit": (
        "plan",
        "coordinating_units: [CACTHON]",
        "coordinating_units: [XX]",
        "areas[0].coordinating_units[0]: không có đơn vị hoặc nhóm “XX”",
    ),
    "an unknown channel": ("plan", "[LOA, MXH]", "[LOA, XX]", "forms[1].channels[1]: không có kênh “XX”"),
    "a duty of nobody": ("plan", "unit: VP, text", "unit: XX, text", "duties[0].unit: không có đơn vị hoặc nhóm “XX”"),
    "a duty's unknown erratum": (
        "plan",
        "code: TH1,",
        "code: TH1, errata: [XX],",
        "duties[0].errata[0]: không có đính",
    ),
    "a legal basis' unknown erratum": (
        "plan",
        "code: CC1,",
        "code: CC1, erratum: XX,",
        "legal_bases[0].erratum: không có",
    ),
    "an unknown scope": (
        "targets",
        "code: SM-1\n    scope: commune",
        "code: SM-1\n    scope: xx",
        "targets[0].scope: không có phạm vi “xx” (cho phép: commune)",
    ),
    "a paragraph's unknown scope": (
        "targets",
        "MT1, scope: commune",
        "MT1, scope: xx",
        "paragraphs[0].scope: không có",
    ),
    "an unknown whole": (
        "targets",
        "text: 75% hộ gia đình có tủ sách\n",
        "text: a\n    part_of: XX\n",
        "targets[0].part_of: ",
    ),
    "a target that is part of itself": (
        "targets",
        "text: 75% hộ gia đình có tủ sách\n",
        "text: a\n    part_of: SM-1\n",
        "targets[0].part_of: SM-1: là thành phần của chính nó",
    ),
    "an unknown erratum": (
        "targets",
        "errata: [DC1]",
        "errata: [XX]",
        "targets[1].errata[0]: không có đính chính “XX”",
    ),
    "an unknown reporter": (
        "targets",
        "reporters: [VP]",
        "reporters: [XX]",
        "targets[0].reporters[0]: không có đơn vị",
    ),
    "a group as reporter": (
        "targets",
        "reporters: [VP]",
        "reporters: [CACTHON]",
        "targets[0].reporters[0]: không có đơn",
    ),
    "an unknown kind of unit": (
        "units",
        "Gió, kind: hamlet",
        "Gió, kind: xx",
        "units[2].kind: không có loại đơn vị “xx”",
    ),
    "an unknown kind of a group": (
        "units",
        "kinds: [hamlet]",
        "kinds: [xx]",
        "groups[0].kinds[0]: không có loại đơn vị",
    ),
    "an unknown member of a group": (
        "units",
        "kinds: [hamlet]",
        "units: [XX]",
        "groups[0].units[0]: không có đơn vị “XX”",
    ),
    # register
    "a group of nobody": ("units", ", kinds: [hamlet]", "", "groups[0]: nhóm CACTHON không gồm đơn vị nào"),
    "a unit that ends before it begins": (
        "units",
        "name: Thôn Bản Gió, kind: hamlet, valid_from: 2026-01-01",
        "name: Thôn Bản Gió, kind: hamlet, valid_from: 2026-01-02, valid_to: 2026-01-01",
        "units[2].valid_to: ngày thôi hiệu lực 2026-01-01 sớm hơn",
    ),
    # targets
    "a bound beyond every chart": ("targets", "value: 75\n", "value: 1e400\n", "targets[0].value: SM-1: số quá lớn"),
    "a ratio without a value": ("targets", "    value: 75\n", "", "targets[0].value: SM-1: chỉ tiêu loại ratio cần"),
    "a ratio of true": ("targets", "value: 75\n", "value: true\n", "targets[0].value: SM-1: chỉ tiêu loại ratio cần"),
    "per cent in words": (
        "targets",
        'unit: "%"',
        "unit: Phần trăm",
        "targets[0].unit: SM-1: “Phần trăm” viết",
    ),
    "a ratio without a unit": ("targets", '    unit: "%"\n', "", "targets[0].unit: SM-1: thiếu đơn vị tính"),
    "a threshold without a comparator": (
        "targets",
        'comparator: "<="\n    ',
        "",
        "targets[1].comparator: SM-2: chỉ tiêu",
    ),
    "a range upside down": ("targets", RATIO, RANGE, "targets[0].value_max: SM-1: cận trên 18 nhỏ hơn cận dưới"),
    "a range with one end": (
        "targets",
        RATIO,
        RANGE.replace("    value_max: 18\n", ""),
        "targets[0].value_max: SM-1: thiếu cận của khoảng",
    ),
    "a range with a value": (
        "targets",
        RATIO,
        RANGE.replace("20", "1\n    value: 3"),
        "targets[0].value: SM-1: một khoảng",
    ),
    "an end without a range": (
        "targets",
        "value: 75\n",
        "value: 75\n    value_min: 3\n",
        "targets[0].value_min: SM-1: chỉ",
    ),
    "a yes-or-no target with a number": (
        "targets",
        "type: ratio\n    " + RATIO,
        'type: boolean\n    comparator: "=="\n    value: 1\n',
        "targets[0].value: SM-1: chỉ tiêu có/không phải có giá trị true",
    ),
    "a qualitative target with a value": (
        "targets",
        "type: ratio\n    " + RATIO,
        QUALITATIVE + "    value: 1\n    unscored_because: định tính\n",
        "targets[0].value: SM-1: chỉ tiêu loại qualitative không có giá trị",
    ),
    "a qualitative target without its reason": (
        "targets",
        "type: ratio\n    " + RATIO,
        QUALITATIVE,
        "targets[0].unscored_because: SM-1: chưa nêu lý do",
    ),
    "a relative target without a comparator": (
        "targets",
        "type: ratio\n    " + RATIO,
        "type: relative\n",
        "targets[0].comparator: SM-1: chỉ tiêu tương đối cần phép so sánh",
    ),
    "a leading group for a ratio": (
        "targets",
        'comparator: ">="',
        "unscored_because: x\n    comparator: in_leading_group",
        "targets[0].comparator: SM-1: chỉ tiêu loại ratio cần phép so sánh",
    ),
    "a reference for a ratio": (
        "targets",
        "value: 75\n",
        "value: 75\n    references: [{year: 2026, value: 1, source: x}]\n",
        "targets[0].references: SM-1: chỉ dùng cho chỉ tiêu tương đối",
    ),
    "a baseline after the target": (
        "targets",
        "value: 75\n",
        "value: 75\n    baseline: {year: 2027, value: 1, source: x}\n",
        "targets[0].baseline.year: SM-1: năm gốc không trước năm",
    ),
    "a yes-or-no target that is at least true": (
        "targets",
        "type: ratio\n    " + RATIO,
        'type: boolean\n    comparator: ">="\n    value: true\n',
        "targets[0].comparator: SM-1: chỉ tiêu có/không chỉ so sánh bằng",
    ),
    "a qualitative target with a comparator": (
        "targets",
        "type: ratio\n    " + RATIO,
        QUALITATIVE + '    comparator: ">="\n    unscored_because: định tính\n',
        "targets[0].comparator: SM-1: chỉ tiêu định tính không có phép so sánh",
    ),
    "a relative target with a range": (
        "targets",
        "type: ratio\n    " + RATIO,
        "type: relative\n    comparator: between\n",
        "targets[0].comparator: SM-1: chỉ tiêu tương đối cần phép so sánh",
    ),
    "per mille in words": (
        "targets",
        'unit: "%"',
        "unit: phần nghìn",
        "targets[0].unit: SM-1: “phần nghìn” viết bằng chữ thì tỷ lệ không nhân với 1.000",
    ),
    "a baseline beyond every chart": (
        "targets",
        "value: 75\n",
        "value: 75\n    baseline: {year: 2026, value: -1e16, source: x}\n",
        "targets[0].baseline.value: SM-1: số quá lớn",
    ),
    "a year with two references": (
        "targets",
        "type: ratio\n    " + RATIO,
        'type: relative\n    comparator: ">="\n'
        "    references: [{year: 2026, value: 1, source: x}, {year: 2026, value: 2, source: x}]\n",
        "targets[0].references[1].year: SM-1: năm 2026 nêu hai lần",
    ),
    "a reference beyond every chart": (
        "targets",
        "type: ratio\n    " + RATIO,
        'type: relative\n    comparator: ">="\n'
        "    references: [{year: 2025, value: 1, source: x}, {year: 2026, value: 1e16, source: x}]\n",
        "targets[0].references[1].value: SM-1: số quá lớn",
    ),
    "a target of another year than its paragraph": (
        "targets",
        "paragraph: MT1\n    year: 2027\n    name: Hộ",
        "paragraph: MT1\n    year: 2028\n    name: Hộ",
        "targets[0].year: SM-1: khác với đoạn MT1",
    ),
    # calendar
    "a month that is none": ("calendar", '"2026-01"', '"2026-13"', "first_month: không có tháng “2026-13”"),
    "a plan that starts after its first month": (
        "calendar",
        "2026-01-02",
        "2026-02-01",
        "starts: kế hoạch có hiệu lực",
    ),
    "a plan that starts long before its first month": (
        "calendar",
        "2026-01-02",
        "2025-09-30",
        "starts: kế hoạch có hiệu",
    ),
    "a site that reports before its units": (
        "calendar",
        "site_due: {day: 5",
        "site_due: {day: 2",
        "site_due: site_due sớm",
    ),
    "a site that reports on the units' day at an earlier hour": (
        "calendar",
        "site_due: {day: 5",
        'site_due: {at: "12:00", day: 3',
        "site_due: site_due sớm",
    ),
    "a site that reports before the units' day": (
        "calendar",
        "site_due: {day: 5, months_later: 1, strict: false",
        "site_due: {day: 3, months_later: 1, strict: true",
        "site_due: site_due sớm",
    ),
    "a country that nobody knows": (
        "calendar",
        "lock: {day: 10",
        "move_to_working_day: true\ncountry: ZZ\nlock: {day: 10",
        "country: không biết ngày lễ của nước “ZZ”",
    ),
    "a day off on which people work": (
        "calendar",
        "lock: {day: 10",
        "days_off: [2026-02-03, 2026-02-04]\nworking_days: [2026-02-04]\nlock: {day: 10",
        "working_days: ngày 2026-02-04 vừa là ngày nghỉ vừa là ngày làm việc",
    ),
    "a former deadline of a month that is none": (
        "calendar",
        "unit_due: {day: 3,",
        'unit_due: {earlier: [{day: 4, last_month: "2026-13"}], day: 3,',
        "unit_due.earlier[0].last_month: viết không đúng mẫu",
    ),
    "two former deadlines up to one month": (
        "calendar",
        "unit_due: {day: 3,",
        'unit_due: {earlier: [{day: 4, last_month: "2026-03"}, {day: 2, last_month: "2026-03"}], day: 3,',
        "unit_due.earlier[1].last_month: tháng 2026-03 nêu hai lần",
    ),
    "former deadlines out of order": (
        "calendar",
        "unit_due: {day: 3,",
        'unit_due: {earlier: [{day: 9, months_later: 1, last_month: "2026-03"}], day: 3,',
        "site_due: site_due sớm hơn unit_due ở các tháng đến 2026-03",
    ),
    "a unit with another's name as its former one": (
        "units",
        "name: Thôn Bản Gió,",
        "name: Thôn Gió, earlier_names: [Bản Gió, Thôn Bản Mây],",
        "units[2].earlier_names[1]: tên cũ “Thôn Bản Mây” cũng là tên của đơn vị BanMay",
    ),
    "an unknown former lead": (
        "plan",
        "lead_units: [VP, BanMay]",
        'lead_units: [VP, BanMay]\n    earlier_leads: [{last_month: "2026-03", lead_units: [XX]}]',
        "areas[2].earlier_leads[0].lead_units[0]: không có đơn vị hoặc nhóm “XX”",
    ),
    "a funding source with another's former name": (
        "plan",
        "name: đóng góp}",
        "name: đóng góp, earlier_names: [Ngân sách xã]}",
        "funding[1].earlier_names[0]: mã “Ngân sách xã” trùng với “ngân sách xã”",
    ),
    "a lock before the report": ("calendar", "lock: {day: 10", "lock: {day: 4", "lock: lock sớm hơn site_due"),
    "a purpose with a requirement's code": (
        "plan",
        "areas_title:",
        "purposes: [{code: MD1, text: a}]\nrequirements: [{code: MD1, text: b}]\nareas_title:",
        "requirements[0].code: mã “MD1” trùng với “MD1” ở purposes[0].code",
    ),
    "a form's number twice": (
        "plan",
        "number: 2, name: Phát",
        "number: 1, name: Phát",
        "forms[1].number: mã “1” trùng",
    ),
    "two former leads up to one month": (
        "plan",
        "lead_units: [VP, BanMay]",
        "lead_units: [VP]\n    earlier_leads: ["
        '{last_month: "2026-03", lead_units: []}, {last_month: "2026-03", lead_units: []}]',
        "areas[2].earlier_leads[1].last_month: tháng 2026-03 nêu hai lần",
    ),
    "a duty's report through nobody": (
        "plan",
        "code: TH1,",
        "code: TH1, reporting: {cycle_in_text: [a], sender: b, receiver: c, via: XX, due_text: d, forward_to: e, "
        "forward_due_text: f},",
        "duties[0].reporting.via: không có đơn vị “XX”",
    ),
    "an unknown paragraph": (
        "targets",
        "paragraph: MT1\n    year: 2027\n    name: Hộ",
        "paragraph: XX\n    year: 2027\n    name: Hộ",
        "targets[0].paragraph: không có đoạn nêu mục tiêu “XX”",
    ),
    "a reporter named twice": ("targets", "[VP]", "[VP, VP]", "targets[0].reporters[1]: “VP” nêu hai lần"),
    "a chapter at the address of a unit's before it": (
        "book",
        "slug: chat-luong-so-lieu",
        "slug: don-vi-banmay",
        "chapters[8].slug: địa chỉ “don-vi-banmay” đã dùng cho chapters[7] (đơn vị BanMay)",
    ),
    "a folder of time zones": ("site", "place: ", "timezone: Asia\nplace: ", "timezone: không có múi giờ"),
    "a path as time zone": ("site", "place: ", "timezone: ../UTC\nplace: ", "timezone: không có múi giờ"),
    "an emblem from the disk's root": (
        "site",
        "place: ",
        "emblem: /x.svg\nplace: ",
        "emblem: đường dẫn ra ngoài dự án",
    ),
    "an emblem of another drive": ("site", "place: ", "emblem: 'C:x.svg'\nplace: ", "emblem: đường dẫn ra ngoài dự án"),
    # site
    "no word on demonstration": ("site", "demonstration: true\n", "", "demonstration: chưa nêu số liệu là trình diễn"),
    "a time zone that is none": ("site", "place: ", "timezone: Asia/Nowhere\nplace: ", "timezone: không có múi giờ"),
    "the machine's own zone": ("site", "place: ", "timezone: localtime\nplace: ", "timezone: không có múi giờ"),
    "an emblem outside the project": (
        "site",
        "place: ",
        "emblem: ../x.svg\nplace: ",
        "emblem: đường dẫn ra ngoài dự án",
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "said"), CASES.values(), ids=CASES)
def test_a_contradiction_is_refused_with_file_and_key_path(tiny, file, old, new, said):
    tiny.edit(file, old, new)
    refusal = tiny.refusal()
    assert any(m.startswith(f"params/{file}.yml") and f": {said}" in m for m in refusal), refusal


@pytest.mark.parametrize(("key", "said"), [("areas", "nội dung"), ("forms", "hình thức"), ("channels", "kênh")])
def test_a_plan_that_nothing_could_be_reported_on_is_refused(commune, key, said):
    plan = commune.plan.model_copy(update={key: ()})
    faults = list(rule_faults(commune.model_copy(update={"plan": plan})))
    assert Fault("params/plan.yml", key, f"chưa có {said} nào", f"ít nhất một {said}") in faults


def test_a_book_without_chapters_and_a_site_without_scopes_or_units_are_refused(commune):
    site = commune.site.model_copy(update={"scopes": {}})
    nobody = commune.units.model_copy(update={"units": ()})
    faults = rule_faults(commune.model_copy(update={"site": site, "book": Book(chapters=()), "units": nobody}))
    wrong = {("params/site.yml", "scopes"), ("params/book.yml", "chapters"), ("params/units.yml", "units")}
    assert wrong <= {(one.file, one.path) for one in faults}


def test_all_contradictions_of_all_files_are_listed_at_once(tiny):
    tiny.edit("site", "coordinator: VP", "coordinator: XX")
    tiny.edit("plan", "[VP, BanMay]", "[VP, YY]")
    tiny.edit("targets", "    value: 75\n", "")
    tiny.edit("calendar", "lock: {day: 10", "lock: {day: 4")
    parts = ("“XX”", "“YY”", "SM-1", "lock")
    assert [next(part for part in parts if part in message) for message in tiny.refusal()] == list(parts)


def test_the_group_of_leads_cannot_lead(tiny):
    tiny.edit("units", ", kinds: [hamlet]", ", leads: true")
    assert any("areas[1].lead_units[0]: “CACTHON” là nhóm các đơn vị chủ trì" in m for m in tiny.refusal())


def test_a_circle_of_parts_is_refused(tiny):
    tiny.edit("targets", "text: 75% hộ gia đình có tủ sách\n", "text: a\n    part_of: SM-2\n")
    tiny.edit("targets", "errata: [DC1]", "part_of: SM-1")
    assert len([m for m in tiny.refusal() if "là thành phần của chính nó" in m]) == 2


def test_the_lock_may_not_be_before_the_cut_off(tiny):
    tiny.edit("calendar", "cut_off: {day: 31,", "cut_off: {day: 31, months_later: 2,")
    assert any("lock: lock sớm hơn cut_off" in m for m in tiny.refusal())


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (
            "plan",
            "lead_units: [VP, BanMay]",
            'lead_units: []\n    earlier_leads: [{last_month: "2026-03", lead_units: [BanGio]}]',
        ),
        (
            "units",
            "Gió, kind: hamlet, valid_from: 2026-01-01",
            "Gió, kind: hamlet, valid_from: 2026-01-01, valid_to: 2026-01-01",
        ),
        ("units", "name: Thôn Bản Gió,", "name: Thôn Gió, earlier_names: [Thôn Bản Gió],"),
        ("units", "kinds: [hamlet]", "units: [BanMay, BanGio]"),
        ("calendar", "2026-01-02", "2025-10-01"),  # three months before its first report
        ("calendar", "lock:", "move_to_working_day: true\nlock:"),
        ("calendar", "lock:", "move_to_working_day: true\ncountry: VN\nlock:"),
        ("calendar", "lock:", "days_off: [2026-02-03]\nworking_days: [2026-02-01]\nlock:"),
        (
            "units",
            "groups:",
            "".join(f"  - {{code: {c}, name: {c}, kind: hamlet, valid_from: 2026-01-01}}\n" for c in ("T-1", "T.1"))
            + "groups:",
        ),
    ],
)
def test_what_contradicts_nothing_is_taken(tiny, file, old, new):
    tiny.edit(file, old, new)
    tiny.load()


def test_what_changed_twice_while_the_plan_runs_is_told_by_two_months(tiny):
    months = ("2026-03", "2026-02")
    former = ", ".join(
        f'{{day: {day}, months_later: 1, last_month: "{m}"}}' for day, m in zip((2, 1), months, strict=True)
    )
    tiny.edit("calendar", "unit_due: {day: 3,", f"unit_due: {{earlier: [{former}], day: 3,")
    leads = ", ".join(f'{{last_month: "{month}", lead_units: [BanGio]}}' for month in months)
    tiny.edit("plan", "lead_units: [VP, BanMay]", f"lead_units: [VP, BanMay]\n    earlier_leads: [{leads}]")
    tiny.load()


def test_a_deadline_on_the_same_day_is_in_order(tiny):
    tiny.edit("calendar", "site_due: {day: 5", "site_due: {day: 3")
    tiny.load()


@pytest.mark.parametrize("value", ['"<="', '"<"', '"=="', '">"'])
def test_every_comparator_serves_a_threshold(tiny, value):
    tiny.edit("targets", 'comparator: "<="', f"comparator: {value}")
    tiny.load()


@pytest.mark.parametrize(
    "text",
    [
        "type: growth\n    " + RANGE.replace("value_max: 18", "value_max: 20"),
        'type: boolean\n    comparator: "=="\n    value: true\n',
        'type: relative\n    comparator: ">="\n    references: [{year: 2026, value: 1.5, source: x}]\n',
        "type: relative\n    comparator: in_leading_group\n    unscored_because: chưa nêu chỉ số\n",
        QUALITATIVE + "    unscored_because: định tính\n",
    ],
)
def test_every_type_of_target_has_a_sound_form(tiny, text):
    tiny.edit("targets", "type: ratio\n    " + RATIO, text)
    tiny.load()


def test_a_fault_without_place_or_allowed_values_leaves_them_out():
    assert Fault("params/a.yml", "", "x").message() == "params/a.yml: x"
    assert Fault("params/a.yml", "b[0]", "x", "y").message(3) == "params/a.yml, dòng 3: b[0]: x (cho phép: y)"

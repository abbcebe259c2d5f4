"""Zips whose names and sizes nobody vouches for."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest

from baocao.receive import zips
from patience import ends
from receiving import Desk, book, csv, line


def packed(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def renamed(data: bytes, old: bytes, new: bytes) -> bytes:
    """The same zip with a member's raw name changed, and no word on how the name is encoded."""
    assert len(old) == len(new)
    return data.replace(old, new)


def said(done) -> list[tuple[str, str]]:
    return [(one.shown, one.what) for one in done.dry_run.refusals]


SOUND = book([line("Họp")])


def test_a_zip_is_received_like_a_folder(desk: Desk):
    members = {
        "thang 1/VP.xlsx": SOUND,
        "thang 1/Báo cáo thôn.xlsx": book([line("Họp thôn")], unit="BanMay"),
        "__MACOSX/._VP.xlsx": b"x",
        "thang 1/.DS_Store": b"x",
        "thang 1/~$VP.xlsx": b"x",
        ".git/VP.xlsx": b"x",
    }
    done = desk.receive(desk.put("gui.zip", packed(members)))
    assert desk.kept() == {"2026-01/VP.xlsx": SOUND, "2026-01/BanMay.xlsx": members["thang 1/Báo cáo thôn.xlsx"]}
    assert done.complete
    assert {row["original"] for row in desk.register()} == {"VP.xlsx", "Báo cáo thôn.xlsx"}


def test_csvs_of_one_name_from_two_folders_of_a_zip_are_no_set(desk: Desk):
    name = "2026-01/BanMay.hoat-dong.csv"
    lots = {f"đợt {number}/{name}": csv(line("Họp", Số_lượng=number)) for number in (1, 2)}
    done = desk.receive(desk.put("gui.zip", packed(lots)))
    assert (desk.kept(), len(said(done))) == ({}, 2)
    assert "Có nhiều tệp khác nhau của BanMay" in said(done)[0][1]


@pytest.mark.parametrize(
    "name", ["../../VP.xlsx", "/etc/VP.xlsx", "..\\..\\VP.xlsx", "C:\\VP.xlsx", "a/../../VP.xlsx", "\\VP.xlsx"]
)
def test_a_name_that_leads_outside_is_refused_and_written_nowhere(desk: Desk, tmp_path, name):
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    path = desk.put("gui.zip", packed({name: SOUND}))
    done = desk.receive(path)
    assert [what for _, what in said(done)] == ["Tên tệp trong tệp nén chỉ ra ngoài tệp nén."]
    after = {one for one in tmp_path.rglob("*") if one.is_file() and "build" not in one.parts}
    assert after - before == {path}


@pytest.mark.parametrize("encoding", ["utf-8", "cp1258", "latin-1"])
def test_unmarked_names_are_read_in_any_code_page(desk: Desk, encoding):
    name = (
        "BanMay-Ho\u0323p.xlsx"
        if encoding == "cp1258"
        else "BanMay-Hộp.xlsx"
        if encoding == "utf-8"
        else "BanMay-Hôp.xlsx"
    )
    raw = name.encode(encoding)
    plain = b"A" * len(raw)
    data = renamed(packed({plain.decode(): book([line("Họp")], unit="")}), plain, raw)
    done = desk.receive(desk.put("gui.zip", data))
    assert set(desk.kept()) == {"2026-01/BanMay.xlsx"}
    if encoding == "utf-8":
        assert done.dry_run.reviews[0].offer.parts[0].file.name == "BanMay-Hộp.xlsx"


def test_csvs_in_a_zip_take_the_month_from_their_folder(desk: Desk):
    desk.receive(desk.put("gui.zip", packed({"2026-01/BanMay.hoat-dong.csv": csv(line("Họp"))})))
    assert set(desk.kept()) == {"2026-01/BanMay.hoat-dong.csv"}


@pytest.mark.parametrize(
    "names", [["BanMay.hoat-dong.csv"], ["./BanMay.hoat-dong.csv"], ["trong\\", ".\\BanMay.hoat-dong.csv"]]
)
def test_csvs_in_a_zip_may_take_the_month_from_its_name(desk: Desk, names):
    data = packed({name: csv(line("Họp")) if name.endswith(".csv") else b"" for name in names})
    assert desk.receive(desk.put("BanMay-2026-01.zip", data)).complete
    assert set(desk.kept()) == {"2026-01/BanMay.hoat-dong.csv"}


@pytest.mark.parametrize(("crc_of", "complete"), [(b"BanMay.Ho_t __ng.csv", True), (b"another", False)])
def test_a_name_may_stand_in_a_field_of_its_own(desk: Desk, crc_of, complete):
    named = zipfile.ZipInfo("2026-01/BanMay.Ho_t __ng.csv")
    name = "2026-01/BanMay.Hoạt động.csv".encode()
    field = struct.pack("<BL", 1, zlib.crc32(b"2026-01/" + crc_of)) + name
    named.extra = struct.pack("<HHL", 0xCAFE, 4, 0) + struct.pack("<HH", 0x7075, len(field)) + field
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(named, csv(line("Họp")))
    assert desk.receive(desk.put("gui.zip", stream.getvalue())).complete is complete
    assert set(desk.kept()) == ({"2026-01/BanMay.hoat-dong.csv"} if complete else set())


def test_a_zip_of_some_megabytes_is_received(desk: Desk):
    data = packed({"VP.xlsx": SOUND, "anh.png": b"\0" * (zips.MOST_MB << 14)}, zipfile.ZIP_STORED)
    desk.receive(desk.put("gui.zip", data))
    assert desk.kept() == {"2026-01/VP.xlsx": SOUND}


def test_a_link_in_a_zip_is_not_followed(desk: Desk):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("VP.xlsx")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert said(desk.receive(desk.put("gui.zip", stream.getvalue()))) == [
        ("gui.zip › VP.xlsx", "Đây là liên kết, không phải tệp.")
    ]


def test_a_zip_in_a_zip_is_named(desk: Desk):
    done = desk.receive(desk.put("gui.zip", packed({"trong.zip": packed({"VP.xlsx": SOUND}), "VP.xlsx": SOUND})))
    assert said(done) == [("gui.zip › trong.zip", "Đây là tệp nén trong tệp nén.")]
    assert set(desk.kept()) == {"2026-01/VP.xlsx"}


def bomb() -> bytes:
    return packed({f"{number}.xlsx": b"\0" * (50 * 1024 * 1024) for number in range(5)})


def encrypted() -> bytes:
    data = bytearray(packed({"VP.xlsx": SOUND}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature) + offset
        data[at : at + 2] = struct.pack("<H", 1)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (bomb, "bung ra quá lớn"), (encrypted, "có mật khẩu"), (lambda: packed({"VP.xlsx": SOUND})[:-30], "hỏng"),
        (lambda: b"", "hỏng"), (lambda: SOUND, "đổi đuôi thành .zip"),
        (lambda: packed({f"{n}.csv": b"" for n in range(501)}), "hơn 500 tệp"),
        (lambda: packed({"VP.xlsx": SOUND}).replace(b"VP.xlsx", b"vp.xlsx", 1), "hỏng"),  # two names for one file
    ],
)  # fmt: skip
def test_a_zip_that_cannot_be_trusted_is_refused_whole_with_one_message(desk: Desk, data, what):
    done = desk.receive(desk.put("gui.zip", data()))
    assert len(said(done)) == 1
    assert what in said(done)[0][1]
    assert desk.kept() == {}


def test_a_name_longer_than_any_system_has_is_refused_before_it_is_read(desk: Desk):
    with ends():
        done = desk.receive(desk.put("gui.zip", packed({"a-" * 30_000 + ".csv": b"x", "VP.xlsx": SOUND})))
    assert [(len(shown), what) for shown, what in said(done)] == [(71, "Tên tệp trong tệp nén dài hơn 255 chữ.")]
    assert desk.kept() == {"2026-01/VP.xlsx": SOUND}


@pytest.mark.parametrize("name", ["gui.rar", "gui.zip"])
def test_other_kinds_of_archives_are_told_how_to_come(desk: Desk, name):
    done = desk.receive(desk.put(name, b"Rar!\x1a\x07\x01\0"))
    assert said(done) == [(name, "Không mở được tệp nén RAR.")]


def test_a_link_in_a_folder_is_named_and_not_followed(desk: Desk, tmp_path):
    (tmp_path / "ngoai.xlsx").write_bytes(SOUND)
    (desk.sent / "VP.xlsx").symlink_to(tmp_path / "ngoai.xlsx")
    assert said(desk.receive()) == [("sent/VP.xlsx", "Đây là liên kết, không phải tệp.")]

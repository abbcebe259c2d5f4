"""Zip containers (.xlsx, .ods) measured before anything else opens them: no bomb, no damage, no password."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

from baocao.intake.grid import Limits, RefusedError

_CHUNK = 1 << 16
_RATIO_FROM = 10 * 1024 * 1024
_MAX_MEMBERS = 5_000


def open_archive(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """The archive, after every member was inflated once and found intact and within the limits.

    The sizes that an archive declares are not trusted: each member is inflated piece by piece and counted.

    Raises
    ------
    RefusedError
        If the archive is damaged, encrypted, or larger than the limits when inflated.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error, UnicodeDecodeError) as error:
        raise RefusedError("TEP-HONG") from error
    _refuse_by_declaration(members, len(data), limits)
    total = 0
    for member in members:
        total += _inflated_size(data, member, limits.inflated - total)
    if total > _RATIO_FROM and total > limits.ratio * len(data):
        raise RefusedError("TEP-NEN")
    return archive


def _refuse_by_declaration(members: list[zipfile.ZipInfo], size: int, limits: Limits) -> None:
    if any(member.flag_bits & 1 for member in members):
        raise RefusedError("TEP-MATKHAU")
    names = [member.filename for member in members]
    if len(set(names)) != len(names):
        raise RefusedError("TEP-HONG")
    declared = sum(member.file_size for member in members)
    overlapping = sum(member.compress_size for member in members) > size
    if declared > limits.inflated or overlapping or len(members) > _MAX_MEMBERS:
        raise RefusedError("TEP-NEN")


def _inflated_size(data: bytes, member: zipfile.ZipInfo, allowed: int) -> int:
    packed = _packed(data, member)
    if member.compress_type == zipfile.ZIP_STORED:
        size, crc = len(packed), zlib.crc32(packed)
    elif member.compress_type == zipfile.ZIP_DEFLATED:
        size, crc = _inflate(packed, allowed)
    else:
        raise RefusedError("TEP-HONG")
    if size != member.file_size or crc != member.CRC:
        raise RefusedError("TEP-HONG")
    return size


def _packed(data: bytes, member: zipfile.ZipInfo) -> bytes:
    start = member.header_offset
    header = data[start : start + 30]
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise RefusedError("TEP-HONG")
    name, extra = struct.unpack("<HH", header[26:30])
    begin = start + 30 + name + extra
    packed = data[begin : begin + member.compress_size]
    if len(packed) != member.compress_size:
        raise RefusedError("TEP-HONG")
    return packed


def _inflate(packed: bytes, allowed: int) -> tuple[int, int]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    size, crc, rest = 0, 0, packed
    try:
        while not inflater.eof:
            piece = inflater.decompress(rest, _CHUNK)
            rest = inflater.unconsumed_tail
            if not piece and not rest:
                break
            size, crc = size + len(piece), zlib.crc32(piece, crc)
            if size > allowed:
                raise RefusedError("TEP-NEN")
    except zlib.error as error:
        raise RefusedError("TEP-HONG") from error
    if not inflater.eof:
        raise RefusedError("TEP-HONG")
    return size, crc

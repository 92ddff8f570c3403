"""Pack a screenshot smaller, without losing a dot: a browser writes its PNG in haste."""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

HEAD = b"\x89PNG\r\n\x1a\n"
WIDTHS = {2: 3, 6: 4}  # colour type -> bytes of a dot


def pack(file: Path) -> None:
    """Flat drawings pack best with no filter at all, and with all the time in the world."""
    data = file.read_bytes()
    chunks = list(chunks_of(data))
    height, colour = struct.unpack(">4xIxB", chunks[0][1][:10])
    raw = zlib.decompress(b"".join(body for kind, body in chunks if kind == b"IDAT"))
    flat = b"".join(b"\0" + row for row in rows_of(raw, height, WIDTHS[colour]))
    packed = [chunks[0], (b"IDAT", zlib.compress(flat, 9)), (b"IEND", b"")]
    smaller = HEAD + b"".join(written(kind, body) for kind, body in packed)
    if len(smaller) < len(data):
        file.write_bytes(smaller)


def chunks_of(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(HEAD)
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        yield data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        place += 12 + length


def written(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def rows_of(raw: bytes, height: int, dot: int) -> Iterator[bytes]:
    """The rows as they were before the five filters of PNG (W3C, section 9)."""
    length = len(raw) // height
    above = bytearray(length - 1)
    for start in range(0, len(raw), length):
        row = bytearray(raw[start + 1 : start + length])
        unfilter(raw[start], row, above, dot)
        yield bytes(row)
        above = row


def unfilter(kind: int, row: bytearray, above: bytearray, dot: int) -> None:
    for place in range(len(row) if kind else 0):
        left, corner = (row[place - dot], above[place - dot]) if place >= dot else (0, 0)
        up = above[place]
        guess = paeth(left, up, corner) if kind == 4 else (0, left, up, (left + up) // 2)[kind]
        row[place] = (row[place] + guess) & 255


def paeth(left: int, up: int, corner: int) -> int:
    """Whichever of the three is nearest to left + up - corner."""
    to_left, to_up, to_corner = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
    if to_left <= to_up and to_left <= to_corner:
        return left
    return up if to_up <= to_corner else corner

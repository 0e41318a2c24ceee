"""The compressions of NVIDIA's fat binaries, LZ4 blocks and Zstandard; ours are uncompressed by what reads them."""

from __future__ import annotations

from crosswarp.driver.binaries.image import ContentError


def decompress(stored: bytes, how: str, size: int) -> bytes:
    """`size` bytes from their stored form. Raises `ContentError`."""
    if not how:
        return stored
    data = _METHODS[how](stored, size)
    if len(data) != size:
        raise ContentError(f"damaged {how} data: {len(data)} bytes instead of {size}")
    return data


def _zstd(stored: bytes, size: int) -> bytes:
    try:
        import zstandard  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        raise ContentError("compressed with Zstandard: pip install zstandard, or compile with -no-compress") from None
    try:
        return bytes(zstandard.ZstdDecompressor().decompress(stored, max_output_size=size))
    except zstandard.ZstdError as error:
        raise ContentError(f"damaged zstd data: {error}") from error


def _lz4(stored: bytes, size: int) -> bytes:
    """One LZ4 block: literals, then a copy of what was written before, again and again (lz4_Block_format.md)."""
    out, at = bytearray(), 0
    try:
        while at < len(stored) and len(out) <= size:
            token = stored[at]
            count, at = _length(stored, at + 1, token >> 4)
            out += stored[at : at + count]
            at += count
            if at >= len(stored):
                break
            distance = int.from_bytes(stored[at : at + 2], "little")
            count, at = _length(stored, at + 2, token & 15)
            if not 0 < distance <= len(out):
                raise ContentError("damaged lz4 data: a copy from outside")
            for _ in range(count + 4):
                out.append(out[-distance])
    except IndexError:
        raise ContentError("damaged lz4 data: it is cut off") from None
    return bytes(out)


def _length(stored: bytes, at: int, count: int) -> tuple[int, int]:
    """A length that begins with four bits of the token, and where the bytes after it begin."""
    if count == 15:
        while True:
            count += stored[at]
            at += 1
            if stored[at - 1] != 255:
                break
    return count, at


_METHODS = {"lz4": _lz4, "zstd": _zstd}

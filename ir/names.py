r"""LLVM's quoting rules for names and strings: `\XX` is a byte in hexadecimal, plain characters stand for themselves.

Names and string texts are kept decoded (UTF-8, with lone bytes as surrogate escapes), so that any byte survives.
"""

from __future__ import annotations

import re

_PLAIN_NAME = re.compile(r"[-a-zA-Z$._][-a-zA-Z$._0-9]*\Z")
_ESCAPE = re.compile(rb"\\([0-9a-fA-F]{2})|\\\\")
_NEEDS_ESCAPE = re.compile(rb'[^\x20-\x7e]|["\\]')


def decode_bytes(text: str) -> bytes:
    r"""The bytes that the inside of a quoted LLVM string stands for: `a\0A` is two bytes."""
    raw = text.encode("utf-8", "surrogateescape")
    if b"\\" not in raw:
        return raw
    return _ESCAPE.sub(lambda m: bytes([int(m[1], 16)]) if m[1] else b"\\", raw)


def encode_bytes(data: bytes) -> str:
    """The inside of a quoted LLVM string for `data`, spelled as LLVM spells it."""
    return _NEEDS_ESCAPE.sub(lambda m: b"\\%02X" % m[0][0], data).decode("ascii")


def decode(text: str) -> str:
    """Inside of a quoted string to decoded text."""
    return decode_bytes(text).decode("utf-8", "surrogateescape") if "\\" in text else text


def encode(text: str) -> str:
    """Decoded text to the inside of a quoted string."""
    return encode_bytes(text.encode("utf-8", "surrogateescape"))


def quoted(text: str) -> str:
    """Decoded text as a quoted LLVM string."""
    return f'"{encode(text)}"'


def spell(name: str) -> str:
    """A name without its sigil, quoted only where LLVM's grammar needs it (`a.b`, `"a b"`, `"3d"`)."""
    return name if _PLAIN_NAME.match(name) else quoted(name)


def unspell(token: str) -> str:
    """The name that a spelling (without sigil) stands for; the inverse of `spell`."""
    return decode(token[1:-1]) if token[:1] == '"' else token


def spell_global(name: str) -> str:
    """`@name`. A name of digits only is LLVM's number of a global without a name, and stays bare."""
    return f"@{name}" if name.isdigit() else f"@{spell(name)}"


def words(text: str) -> frozenset[str]:
    """The set of the words in `text`."""
    return frozenset(text.split())

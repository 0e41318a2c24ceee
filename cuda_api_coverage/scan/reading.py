"""A file's text, whatever its bytes are."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from crosswarp.cuda_api_coverage.scan.model import Problem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class Text:
    """What was read; lines end with newlines only. Empty where it is no text."""

    text: str
    problems: tuple[Problem, ...] = ()


def read(path: Path, limit: int) -> Text:
    """The beginning of a file, up to `limit` bytes, as text."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        return Text("", (Problem("unreadable", error.strerror or str(error)),))
    problems = []
    if len(data) > limit:
        data = _whole_lines(data[:limit])
        problems.append(Problem("too large", f"the first {limit} bytes were read"))
    text, encoding_problems = _decoded(data)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Text(text, (*problems, *encoding_problems))


def _whole_lines(data: bytes) -> bytes:
    """A name cut in two would be another name."""
    return data[: data.rfind(b"\n") + 1] or data


def _decoded(data: bytes) -> tuple[str, list[Problem]]:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    if encoding in {"utf-8", "utf-8-sig"} and b"\0" in data:
        return "", [Problem("not text")]
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return data.decode("latin-1"), [Problem("not UTF-8", f"byte 0x{data[error.start]:02x}", line)]

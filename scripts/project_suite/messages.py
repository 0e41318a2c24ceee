"""One line out of what a build printed."""

from __future__ import annotations

import re

_FAILURE = re.compile(r"\berror\b|fatal|undefined reference|unsupported|cannot find|\*\*\*", re.I)
_CMAKE = re.compile(r"CMake Error")


def first_error(text: str) -> str:
    """The first line of a build's output that tells of a failure, without this machine's folders; for CMake's what follows too."""
    lines = [line for line in text.splitlines() if line.strip()] or ["?"]
    at = next((at for at, line in enumerate(lines) if _FAILURE.search(line)), len(lines) - 1)
    return without_folders(" ".join(" ".join(lines[at : at + 3]).split()) if _CMAKE.search(lines[at]) else lines[at])


def without_folders(line: str) -> str:
    """A line short enough for a table."""
    return re.sub(r"\S*/(?=[\w.+-]+)", "", line.strip())[:200]

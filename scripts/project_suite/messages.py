"""One line out of what a build printed."""

from __future__ import annotations

import re

FAILURES = re.compile(r"\berror\b|fatal|undefined reference|unsupported|cannot find|Could NOT find|No such file|\*\*\*", re.I)


def first_error(text: str) -> str:
    """The first line of a build's output that tells of a failure, without this machine's folders."""
    lines = [line for line in text.splitlines() if FAILURES.search(line)] or text.strip().splitlines()[-1:] or ["?"]
    return without_folders(lines[0])


def without_folders(line: str) -> str:
    """A line short enough for a table."""
    return re.sub(r"\S*/(?=[\w.+-]+)", "", line.strip())[:200]

"""`-src-in-ptx`: the source's lines as comments in PTX, before the code that the `.loc` directives say was made of them.

A comment is `//x.cu:3   y[i] = a * x[i];`, as in NVIDIA's output, and stands in front of `.loc 1 3 15`.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_FILE = re.compile(r'^\s*\.file\s+(\d+)\s+"((?:[^"\\]|\\.)*)"', re.M)
_LOC = re.compile(r"^\s*\.loc\s+(\d+)\s+(\d+)\s")


def with_source(ptx: str) -> str:
    """PTX with the source's lines where they are known; files that cannot be read are passed over."""
    files = dict(_FILE.findall(ptx))
    lines, last = [], ("", "")
    for line in ptx.splitlines(keepends=True):
        match = _LOC.match(line)
        if match and match.groups() != last:
            last = (match[1], match[2])
            lines += _comment(files.get(match[1], ""), int(match[2]))
        lines.append(line)
    return "".join(lines)


def _comment(path: str, number: int) -> list[str]:
    text = _lines(path)
    return [f"//{path}:{number} {text[number - 1]}\n"] if 0 < number <= len(text) else []


@cache
def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(errors="replace").splitlines()
    except OSError:
        return []

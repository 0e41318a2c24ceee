"""Make rules as nvcc lays them out: a space before the colon and each file on a line of its own, which scripts expect."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

_WORD = re.compile(r"(?:\\.|[^\s\\])+")
# The colon after the targets: one inside a target's name is not followed by a space.
_COLON = re.compile(r":(?=\s)")


def as_nvcc_lays_out(text: str, source: Path, more: Sequence[Path] = ()) -> str:
    """A rule that clang has written for `source`, in nvcc's layout: the source comes first. `more` are files to name as well.

    The empty rules of `-MP` stay as they are.
    """
    rule, _, phony = re.sub(r"\\\r?\n", " ", text).partition("\n")
    colon = _COLON.search(rule)
    if colon is None:
        return text
    names = _WORD.findall(rule[colon.end() :]) + [_escaped(str(path)) for path in more]
    names.sort(key=lambda name: name != _escaped(str(source)))  # clang names the parts of a precompiled header before it
    return f"{rule[: colon.start()].rstrip()} : " + " \\\n    ".join(names) + "\n" + phony


def rewrite(path: Path, source: Path, more: Sequence[Path] = ()) -> None:
    """Do the same to a dependency file that clang has written."""
    path.write_text(as_nvcc_lays_out(path.read_text(), source, more))


def _escaped(name: str) -> str:
    return re.sub(r"([ #])", r"\\\1", name.replace("$", "$$"))

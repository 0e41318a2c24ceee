"""Make rules as nvcc lays them out: a space before the colon and each file on a line of its own, which scripts expect."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

_WORD = re.compile(r"(?:\\.|[^\s\\])+")
Named = Callable[[str], bool]
# The colon after the targets: one inside a target's name is not followed by a space.
_COLON = re.compile(r":(?=\s)")


def _nothing(_name: str) -> bool:
    return False


def system_headers(system: Sequence[str], own: Sequence[str]) -> Named:
    """Whether a file belongs to folders of system headers: the innermost of all folders that it lies in decides."""
    folders = sorted({**dict.fromkeys(system, True), **dict.fromkeys(own, False)}.items(), key=lambda item: -len(item[0]))

    def is_system(name: str) -> bool:
        return next((kind for folder, kind in folders if name.startswith(folder.rstrip("/") + "/")), False)

    return is_system


def as_nvcc_lays_out(text: str, source: Path, more: Sequence[Path] = (), left_out: Named = _nothing) -> str:
    """A rule that clang has written for `source`, in nvcc's layout: the source comes first. `more` are files to name as well.

    Files that are `left_out` are not named. The empty rules of `-MP` stay as they are.
    """
    rule, _, phony = re.sub(r"\\\r?\n", " ", text).partition("\n")
    colon = _COLON.search(rule)
    if colon is None:
        return text
    names = [name for name in _WORD.findall(rule[colon.end() :]) if not left_out(name)]
    phony = "".join(line for line in phony.splitlines(keepends=True) if not left_out(line.rstrip(":\n")))
    names += [_escaped(str(path)) for path in more]
    names.sort(key=lambda name: name != _escaped(str(source)))  # clang names the parts of a precompiled header before it
    return f"{rule[: colon.start()].rstrip()} : " + " \\\n    ".join(names) + "\n" + phony


def rewrite(path: Path, source: Path, more: Sequence[Path] = (), left_out: Named = _nothing) -> None:
    """Do the same to a dependency file that clang has written."""
    path.write_text(as_nvcc_lays_out(path.read_text(), source, more, left_out))


def _escaped(name: str) -> str:
    return re.sub(r"([ #])", r"\\\1", name.replace("$", "$$"))

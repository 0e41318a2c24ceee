"""What git ignores: `.gitignore` of each folder, nearer ones first, and the repository's `info/exclude`."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pathspec import GitIgnoreSpec


@dataclass(frozen=True)
class _Rules:
    """The patterns of one file; paths are compared relative to `folder`."""

    folder: str
    spec: GitIgnoreSpec

    def decide(self, path: str, is_folder: bool) -> bool | None:
        """True: ignored, False: kept by a `!` pattern, None: no pattern fits."""
        relative = os.path.relpath(path, self.folder)
        return self.spec.check_file(relative + "/" if is_folder else relative).include


@dataclass(frozen=True)
class Ignoring:
    """The rules that hold in one folder, the nearest first."""

    rules: tuple[_Rules, ...]

    @classmethod
    def of_repository(cls, folder: Path) -> Ignoring:
        """The rules in `folder`: its own, and those of the folders above it up to the repository's root."""
        place = folder.absolute()
        chain = [place, *place.parents]
        root = next((at for at in chain if (at / ".git").exists()), None)
        if root is None:
            return cls(_read(place, place / ".gitignore"))
        rules = _read(root, _git_folder(root) / "info" / "exclude")
        for at in reversed(chain[: chain.index(root) + 1]):
            rules = _read(at, at / ".gitignore") + rules
        return cls(rules)

    @classmethod
    def of_patterns(cls, patterns: Iterable[str]) -> Ignoring:
        """Patterns of a command line, which are relative to the working folder."""
        return cls((_Rules(str(Path.cwd()), GitIgnoreSpec.from_lines(patterns)),))

    def inside(self, folder: Path) -> Ignoring:
        """The rules in a folder of this one."""
        place = folder.absolute()
        own = _read(place, place / ".gitignore")
        return Ignoring(own + self.rules) if own else self

    def ignores(self, path: Path, is_folder: bool) -> bool:
        """Whether git would not see a path; the folders above it are taken to be seen."""
        whole = str(path.absolute())
        decisions = (rules.decide(whole, is_folder) for rules in self.rules)
        return next((decision for decision in decisions if decision is not None), False)


def _read(folder: Path, file: Path) -> tuple[_Rules, ...]:
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
        return (_Rules(str(folder), GitIgnoreSpec.from_lines(lines)),)
    except (OSError, ValueError):
        return ()


def _git_folder(root: Path) -> Path:
    """`.git`, or where the file of that name in a further working tree leads."""
    place = root / ".git"
    if place.is_dir():
        return place
    try:
        own = root / place.read_text().removeprefix("gitdir:").strip()
        common = own / "commondir"
        return own / common.read_text().strip() if common.exists() else own
    except OSError:
        return place

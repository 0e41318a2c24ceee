"""A project's description, `tests/projects/<name>.toml`, and SCALE's published results, `tests/projects/scale.toml`.

The format is told in `scripts/projects.py`. Every key is checked: an unknown or missing one is a `DescriptionError`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "projects"
PLACEHOLDERS = {"toolkit", "source", "build", "jobs", "python", "other"}

T = TypeVar("T")


class DescriptionError(Exception):
    """A description says something it may not, or leaves out what it must say."""


@dataclass(frozen=True)
class Source:
    """Where sources come from: `github` and `commit`, or `pypi` and `version`. `path`: their place in the project's own tree."""

    github: str = ""
    commit: str = ""
    pypi: str = ""
    version: str = ""
    path: str = ""
    submodules: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What a reader looks for: `owner/name 1234567`."""
        return f"{self.github} {self.commit[:7]}" if self.github else f"{self.pypi} {self.version}"


@dataclass(frozen=True)
class Build:
    """How it is built: shell commands, in order, run in `{source}`; what must come out (patterns below `folder`)."""

    commands: tuple[str, ...]
    products: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    minutes: int = 30


@dataclass(frozen=True)
class Test:
    """A command of the project's own tests. `passed` and `failed` are patterns with one group each, a count."""

    name: str
    command: str
    passed: str = ""
    failed: str = ""
    expect: str = ""
    minutes: int = 10
    devices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Missing:
    """What is known not to exist here: a header, and a pattern for the names from it that the sources use."""

    header: str
    names: str = ""


@dataclass(frozen=True)
class Project:
    """One description. `title` is its name in the table; `scale`: its name in SCALE's table, empty where it has none; `uses`: the
    kinds of matrix instructions it has, for docs/tensor-layout.md.
    """

    name: str
    title: str
    about: str
    source: Source
    build: Build
    targets: tuple[str, ...] = ("cpu", "gfx1100", "gfx942", "sm_80")
    scale: str = ""
    note: str = ""
    uses: tuple[str, ...] = ()
    others: tuple[Source, ...] = ()
    tests: tuple[Test, ...] = ()
    missing: tuple[Missing, ...] = field(default=())


@dataclass(frozen=True)
class Published:
    """SCALE's own table: result for each project and architecture, and where it was read."""

    source: str
    date: str
    version: str
    results: Mapping[str, Mapping[str, str]]


def load(path: Path) -> Project:
    """Read and check one description."""
    data = tomllib.loads(path.read_text())
    data["name"] = path.stem
    nested = {"source": _one(Source, path, data.pop("source", {})), "build": _one(Build, path, data.pop("build", {})),
              "others": _many(Source, path, data.pop("other", [])), "tests": _many(Test, path, data.pop("test", [])),
              "missing": _many(Missing, path, data.pop("missing", []))}
    project = _one(Project, path, {**data, **nested})
    _check(path, project)
    return project


def load_all(pattern: str = "*") -> list[Project]:
    """Every description whose name matches, in order of name."""
    return [load(path) for path in sorted(DATA.glob(f"{pattern}.toml")) if path.stem != "scale"]


def published() -> Published:
    """SCALE's published results."""
    return Published(**tomllib.loads((DATA / "scale.toml").read_text()))


def _one(kind: type[T], path: Path, data: Mapping[str, Any]) -> T:
    known = {entry.name for entry in fields(kind)}  # type: ignore[arg-type]
    if unknown := set(data) - known:
        raise DescriptionError(f"{path.name}: {kind.__name__.lower()} has no key {', '.join(sorted(unknown))}")
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    try:
        return kind(**values)
    except TypeError as error:
        raise DescriptionError(f"{path.name}: {kind.__name__.lower()}: {error}") from error


def _many(kind: type[T], path: Path, data: list[Mapping[str, Any]]) -> tuple[T, ...]:
    return tuple(_one(kind, path, entry) for entry in data)


def _check(path: Path, project: Project) -> None:
    for source in (project.source, *project.others):
        if bool(source.github and re.fullmatch(r"[0-9a-f]{40}", source.commit)) == bool(source.pypi and source.version):
            raise DescriptionError(f"{path.name}: a source is github and a whole commit, or pypi and version")
    for command in (*project.build.commands, *(test.command for test in project.tests)):
        if unknown := set(re.findall(r"(?<!\$)\{(\w+)\}", command)) - PLACEHOLDERS:
            raise DescriptionError(f"{path.name}: no placeholder {', '.join(sorted(unknown))}")
    for test in project.tests:
        for pattern in (test.passed, test.failed):
            if pattern and re.compile(pattern).groups != 1:
                raise DescriptionError(f"{path.name}: test {test.name}: a pattern for a count has one group")
    if project.scale and project.scale not in published().results:
        raise DescriptionError(f"{path.name}: SCALE's table has no {project.scale}")

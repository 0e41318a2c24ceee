"""FileCheck tests: one source file, several stages, each with its own prefixes.

A test file is CUDA or portable IR (`.cu`, `.ll`). Its header says what to emit and which directives apply:

    // emit: gfx1100.ll COMMON,AMD
    // emit: x86-64-v3.ll COMMON,CPU
    // flags: -std=c++20
    __global__ void k(float *p) { p[threadIdx.x] += 1; }
    // COMMON-LABEL: @_Z1kPf
    // AMD: call i32 @llvm.amdgcn.workitem.id.x()

In `.ll` files the comment sign is `;`. The matching is PyPI's `filecheck`, in process. It accepts silently what is most likely a
mistake, so this module rejects it first: a prefix no directive uses, a directive that is misspelled (`CHECK_NEXT`, `COMON:`,
`AMD-NXT:`), and a directive whose prefix no `emit` line names.
"""

from __future__ import annotations

import contextlib
import io
import re
from dataclasses import dataclass
from pathlib import Path

from filecheck.finput import FInput
from filecheck.matcher import Matcher
from filecheck.options import Options
from filecheck.parser import Parser, pattern_for_opts

SUFFIXES = ("NEXT", "SAME", "NOT", "DAG", "LABEL", "EMPTY")
_HEADER = re.compile(r"^(?://|;) (emit|flags): *(.*?) *$", re.M)
# What looks like a directive: a capital word at the start of a comment, then a colon.
_DIRECTIVE = re.compile(r"^\s*(?://|;)\s*([A-Z][A-Z0-9_]*(?:-[A-Za-z0-9_-]+)?)(\{LITERAL\})?\s*:", re.M)
_SUFFIX = re.compile(rf"{'|'.join(SUFFIXES)}|COUNT-[1-9]\d*")
PROSE = frozenset({"NOTE", "TODO"})


class BadTest(Exception):
    """The test file itself is wrong."""


@dataclass(frozen=True)
class Emission:
    """One `emit` line: the stage (a file extension, as `crosswarp emit --stage` takes it) and the prefixes that apply."""

    stage: str
    prefixes: tuple[str, ...]


@dataclass(frozen=True)
class CheckFile:
    """A parsed test file."""

    path: Path
    emissions: tuple[Emission, ...]
    flags: tuple[str, ...]

    def compare(self, emission: Emission, text: str) -> str:
        """Match `text` against the directives of `emission`; empty when it matches, else FileCheck's message."""
        options = Options(str(self.path), input_file=emission.stage, check_prefixes=list(emission.prefixes))
        parser = Parser(options, io.StringIO(self.path.read_text()), *pattern_for_opts(options))
        message = io.StringIO()
        with contextlib.redirect_stderr(message):
            status = Matcher(options, FInput(emission.stage, text), parser).run()
        return "" if status == 0 else message.getvalue() or f"filecheck ended with {status}"


def read_check_file(path: Path) -> CheckFile:
    """Parse a test file. Raises `BadTest` for directives that would never be checked."""
    text = path.read_text()
    emissions: list[Emission] = []
    flags: list[str] = []
    for key, value in _HEADER.findall(text):
        if key == "flags":
            flags += value.split()
            continue
        words = value.split()
        if len(words) != 2:
            raise BadTest(f"{path}: an emit line needs a stage and its prefixes: {value!r}")
        emissions.append(Emission(words[0], tuple(words[1].split(","))))
    if not emissions:
        raise BadTest(f"{path}: no emit line")
    _reject_dead_directives(path, text, {prefix for emission in emissions for prefix in emission.prefixes})
    return CheckFile(path, tuple(emissions), tuple(flags))


def _reject_dead_directives(path: Path, text: str, prefixes: set[str]) -> None:
    used = set()
    for match in _DIRECTIVE.finditer(text):
        word = match[1]
        prefix, _, suffix = word.partition("-")
        where = f"{path}:{text.count(chr(10), 0, match.start(1)) + 1}: {word}"
        if prefix in PROSE:
            continue
        if prefix not in prefixes:
            raise BadTest(f"{where}: no emit line names the prefix {prefix}")
        if suffix and not _SUFFIX.fullmatch(suffix):
            raise BadTest(f"{where}: no such directive; there are {', '.join(SUFFIXES)} and COUNT-n")
        if text[match.end() - 2].isspace():
            raise BadTest(f"{where}: a blank before the colon hides the directive from FileCheck")
        used.add(prefix)
    if prefixes - used:
        raise BadTest(f"{path}: no directive uses {', '.join(sorted(prefixes - used))}")

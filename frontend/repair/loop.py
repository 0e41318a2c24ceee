"""The rounds: what one repair uncovers the next one answers.

Rewritten files stand in a temporary folder and are read in place of the originals under the originals' names; they have the same
lines.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from crosswarp.frontend.options import FrontendOptions, without_precompiled
from crosswarp.frontend.repair import assembly, functors, namespaces, shared, syntax, targets
from crosswarp.frontend.repair.messages import Message, errors
from crosswarp.frontend.repair.rule import HOST, Case, Place, Rule, Setting
from crosswarp.frontend.repair.settings import SETTINGS
from crosswarp.frontend.repair.source import Edit, Source, edited
from crosswarp.support.diagnostics import Diagnostic, Location, ToolError

_Pattern = TypeVar("_Pattern", Rule, Setting)
RULES = (*syntax.RULES, *assembly.RULES, *shared.RULES, *targets.RULES, *functors.RULES, *namespaces.RULES)
# Standard containers in `__host__ __device__` functions take most rounds.
_ROUNDS = 12
# What clang says of a precompiled header with a file in it that is rewritten.
_STALE = "from the precompiled header has been overridden"
_MANY_ERRORS = ("-ferror-limit", "200")


def repair(error: ToolError, options: FrontendOptions, side: str, run: Callable[[FrontendOptions], None]) -> None:
    """Compile with `run` again after each repair, until it succeeds or an error has none. Raises the last `ToolError`."""
    with TemporaryDirectory(prefix="crosswarp-sources-") as folder:
        state = _State(options, side, Path(folder))
        for _ in range(_ROUNDS):
            if not state.improve(error):
                raise error
            try:
                run(state.chosen)
            except ToolError as next_error:
                error = next_error
                continue
            state.print_warnings()
            return
        raise error


def _matches(rules: Iterable[_Pattern], found: list[Message]) -> list[tuple[_Pattern, Message, re.Match[str]]]:
    """Every rule with every error that its pattern is found in."""
    return [(rule, message, match) for rule in rules for message in found if (match := re.search(rule.pattern, message.text))]


@dataclass
class _State:
    """The options and the rewritten files so far, by name; warnings by place and text."""

    options: FrontendOptions
    side: str
    folder: Path
    files: dict[str, Source | None] = field(default_factory=dict)
    rewritten: dict[str, Path] = field(default_factory=dict)
    warnings: dict[tuple[str, int, str], Diagnostic] = field(default_factory=dict)

    @property
    def chosen(self) -> FrontendOptions:
        """What the next compilation is given."""
        words = list(_MANY_ERRORS)
        for name, copy in self.rewritten.items():
            words += ["-remap-file", f"{name};{copy}"]
        if self.side == HOST:
            words = [part for word in words for part in ("-Xclang", word)]
        return replace(self.options, extra_clang=(*self.options.extra_clang, *words))

    def improve(self, error: ToolError) -> bool:
        """Answer the errors that can be answered; False if there is none."""
        if _STALE in error.stderr:
            self.options = without_precompiled(self.options)
            return True
        found = errors(error.stderr)
        before, warned = self.options, dict(self.warnings)
        for setting, message, match in _matches(SETTINGS, found):
            if not self._stands_at(setting.source, message):
                continue
            self.options = setting.change(self.options)
            self._warn(setting.warning, message, match)
            if setting.alone and self.options != before:
                return True
        places = self._places(found, late=False) or self._places(found, late=True)
        for name in {place.file for place in places}:
            self._rewrite(name, {place.edit for place in places if place.file == name})
        if warned:  # what a repair itself calls is no news
            self.warnings = warned
        return bool(places) or self.options != before

    def _places(self, found: list[Message], *, late: bool) -> set[Place]:
        places: set[Place] = set()
        for rule, message, match in _matches([rule for rule in RULES if rule.late == late and self.side in rule.sides], found):
            proposed = rule.repair(Case(message, match, self._read))
            if proposed:
                self._warn(rule.warning, message, match)
            places.update(proposed)
        return places

    def _stands_at(self, pattern: str, message: Message) -> bool:
        """Whether the text at a message's place matches a pattern; the empty one asks for nothing."""
        source = self._read(message.file) if pattern else None
        if source is None:
            return not pattern
        return re.match(pattern, source.line(message.line)[message.column - 1 :]) is not None

    def _warn(self, warning: str, message: Message, match: re.Match[str]) -> None:
        if warning:
            text = warning.format(**match.groupdict())
            place = Location(message.file, message.line)
            self.warnings.setdefault((message.file, message.line, text), Diagnostic("warning", text, "CW1202", place))

    def _read(self, name: str) -> Source | None:
        if name not in self.files:
            try:
                self.files[name] = Source(Path(name).read_bytes().decode("utf-8", "surrogateescape")) if ";" not in name else None
            except OSError:
                self.files[name] = None
        return self.files[name]

    def _rewrite(self, name: str, edits: set[Edit]) -> None:
        source = self._read(name)
        assert source is not None, "an edit is made of a file that was read"
        text = edited(source.text, edits)
        self.files[name] = Source(text)
        copy = self.rewritten.setdefault(name, self.folder / f"{len(self.rewritten)}{Path(name).suffix}")
        copy.write_bytes(text.encode("utf-8", "surrogateescape"))

    def print_warnings(self) -> None:
        """What nvcc warns of where clang had refused; once, by one of the two passes."""
        if self.side != HOST and not self.options.suppress_warnings:
            for warning in self.warnings.values():
                sys.stderr.write(warning.render() + "\n")

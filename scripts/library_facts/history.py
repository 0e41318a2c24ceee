"""From which version to which a name was there, by lists of names that belong to versions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """`since` is empty where the oldest list has the name already, `removed` where the newest still has it."""

    since: str = ""
    removed: str = ""


NEVER_SAID = Span()


def spans(lists: Iterable[tuple[str, set[str]]]) -> dict[str, Span]:
    """`lists`: version and its names, oldest first. A name that comes and goes keeps its first version and its last change."""
    found: dict[str, Span] = {}
    before: set[str] | None = None
    for version, names in lists:
        for name in names - found.keys():
            found[name] = Span("" if before is None else version)
        for name in (before or set()) - names:
            found[name] = Span(found[name].since, version)
        for name in names - (before or names):
            found[name] = Span(found[name].since)
        before = names
    return found


def merged(first: Span, second: Span) -> Span:
    """The first's word where it has one."""
    return Span(first.since or second.since, first.removed or second.removed)

"""A name through CUDA's versions, as one source or several tell it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field


def order(version: str) -> tuple[int, ...]:
    """`12.9` before `12.10`."""
    return tuple(int(part) for part in version.split("."))


@dataclass
class Name:
    """What one source knows. `seen` are the versions that have it; `values` those of an enumerator or macro, by version; what a
    source states outright stands in `since`, `deprecated` and `removed`. The group of an enumerator is its enumeration.
    """

    kind: str
    group: str = ""
    since: str = ""
    deprecated: str = ""
    removed: str = ""
    seen: set[str] = field(default_factory=set)
    values: dict[str, int] = field(default_factory=dict)


def renamed(source: dict[str, Name], names: Iterable[tuple[str, str]]) -> dict[str, Name]:
    """The forms of a name as one: `names` gives each old name its new one; a form that others share counts for all of them."""
    found: dict[str, Name] = {}
    for old, new in names:
        about = source[old]
        if known := found.get(new):
            known.seen |= about.seen
            known.group = known.group or about.group
            plain = about if old == new else known
            known.deprecated = plain.deprecated
            known.since = min(known.since, about.since, key=lambda version: order(version) if version else (0,))
            known.removed = known.removed and about.removed
        else:
            found[new] = Name(about.kind, about.group, about.since, about.deprecated, about.removed, set(about.seen), about.values)
    return found


BOUND_SINCE = (12, 6)  # until then the bindings added names that were older
LATEST = ("13.1", "13.2", "13.3", "13.4", "13.5")  # known from the bindings and symbols alone


def combined(listed: dict[str, Name], bound: dict[str, Name], exported: dict[str, Name], dated: dict[str, Name]) -> dict[str, Name]:
    """One history of each name. `listed` and `exported` are complete for the versions they know; what `bound` lacks until 13.0 says
    nothing; `dated` states versions outright, and knows macros, which the others mostly lack.
    """
    sources = [_plain(source) for source in (listed, bound, exported, dated)]
    names = dict.fromkeys(name for source in sources for name in source)
    absent = Name("")
    return {name: _history(*(source.get(name, absent) for source in sources)) for name in names}


def _history(listed: Name, bound: Name, exported: Name, dated: Name) -> Name:
    known = [name for name in (listed, bound, exported, dated) if name.kind]
    found = Name(known[0].kind, next((name.group for name in (dated, listed, bound) if name.group), ""))
    found.values = listed.values | bound.values
    found.deprecated = dated.deprecated or bound.deprecated
    found.since = _since(listed.seen or exported.seen, bound.seen, dated.since, "11.4" if listed.seen else "11.7")
    found.removed = _removed(listed.seen | exported.seen | bound.seen, bool(bound.seen | exported.seen), dated)
    return found


def _since(complete: set[str], bound: set[str], stated: str, oldest: str) -> str:
    first = min(complete, key=order, default="")
    if not complete and bound and order(new := min(bound, key=order)) > BOUND_SINCE:
        first = new
    dates = [date for date in (stated, first if first != oldest else "") if date]
    return "" if first == oldest and not stated else min(dates, key=order, default="")


def _removed(seen: set[str], followed: bool, dated: Name) -> str:
    """The version after the last that has it. What became a macro is gone only for the lists of functions: `dated` has it still."""
    if not seen:
        return dated.removed
    versions = [*dict.fromkeys(sorted(seen | {*_LISTED, *(LATEST if followed else ())}, key=order))]
    later = versions[versions.index(max(seen, key=order)) + 1 :]
    if later and dated.kind and not dated.removed and order(later[0]) <= (12, 6):
        return ""
    return later[0] if later else ""


_LISTED = ("12.0", "12.1", "12.2", "12.3", "12.4", "12.5", "12.6", "12.8", "12.9", "13.0")
_FORM = re.compile(r"(_v\d+)?(_pt[sd][sz])?$")


def _plain(source: dict[str, Name]) -> dict[str, Name]:
    """Functions by the name that a program writes: second versions and forms for the per-thread stream are forms of it."""
    return renamed(source, [(name, _FORM.sub("", name) if about.kind == "function" else name) for name, about in source.items()])

"""Which entries a name of `catalogue/usage.tsv` stands for: names as programs write them, records as the catalogue has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.load import Catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Entry, Kind
from crosswarp.cuda_api_coverage.catalogue.ptx import lookup_ptx
from crosswarp.cuda_api_coverage.catalogue.tables import rows

PHRASES = Path(__file__).with_name("phrases.tsv")
Key = tuple[str, str]
Use = Mapping[str, tuple[Entry, ...]]


def use(of: Catalogue) -> Use:
    """Every name of `usage` that has entries, with them.

    It is an entry's own name, what follows the namespace or class (`sync` of `thread_block::sync`), a form of an instruction
    (`mad.lo.u32`), or a phrase (`phrases.tsv`).
    """
    keys = {entry.key: entry for entry in of.entries}
    inner = _by_last_part(of)
    found: dict[str, tuple[Entry, ...]] = {}
    for name in of.usage:
        entries = of.by_name.get(name) or inner.get(name) or _written_otherwise(name, keys)
        if entries:
            found[name] = entries
    return found


def programs(of: Catalogue) -> dict[Key, int]:
    """By an entry's key how many programs write its name; of several names, the one most often written."""
    counts: dict[Key, int] = defaultdict(int)
    for name, entries in use(of).items():
        for entry in entries:
            counts[entry.key] = max(counts[entry.key], of.usage[name])
    return counts


@cache
def phrases() -> dict[str, Key]:
    """The record of each phrase."""
    return {phrase: (family, name) for phrase, family, name in rows(PHRASES)}


def _by_last_part(of: Catalogue) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in of.entries:
        if "::" in entry.name and entry.kind is not Kind.INSTRUCTION:
            found[entry.name.rpartition("::")[2]].append(entry)
    return {name: tuple(entries) for name, entries in found.items()}


def _written_otherwise(name: str, keys: Mapping[Key, Entry]) -> tuple[Entry, ...]:
    """A phrase, or a form of an instruction: an opcode alone (`mov`) is none."""
    key = phrases().get(name) or (_instruction(name) if "." in name else None)
    found = keys.get(key) if key else None
    return (found,) if found else ()


@cache
def _instruction(name: str) -> Key | None:
    found = lookup_ptx(name)
    return found.key if found else None

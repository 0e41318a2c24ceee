"""Which entries a name of `catalogue/usage.tsv` stands for: names as programs write them, records as the catalogue has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from crosswarp.cuda_api_coverage.catalogue.load import Catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Entry, Kind
from crosswarp.cuda_api_coverage.catalogue.ptx import lookup_ptx

Use = Mapping[str, tuple[Entry, ...]]


def use(of: Catalogue) -> Use:
    """Every name of `usage` that has entries, with them. Programs write of a member (`thread_block::sync`) the part after the
    class, and of an instruction one form (`mad.lo.u32`) where the catalogue has a record for many.
    """
    by_name: dict[str, list[Entry]] = defaultdict(list)
    for entry in of.entries:
        if entry.kind is not Kind.INSTRUCTION:
            by_name[entry.name.rpartition("::")[2] if entry.kind is Kind.MEMBER else entry.name].append(entry)
    forms = {entry.key: entry for entry in of.entries if entry.kind is Kind.INSTRUCTION}
    found = {name: tuple(by_name.get(name, ())) or _form(name, forms) for name in of.usage}
    return {name: entries for name, entries in found.items() if entries}


def programs(of: Catalogue) -> dict[tuple[str, str], int]:
    """By an entry's key how many programs write its name; of several names, the one most often written."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for name, entries in use(of).items():
        for entry in entries:
            counts[entry.key] = max(counts[entry.key], of.usage[name])
    return counts


def _form(name: str, forms: Mapping[tuple[str, str], Entry]) -> tuple[Entry, ...]:
    """An opcode alone (`mov`) is no form, and a header's name has a dot too, but no opcode before it."""
    found = _record(name) if forms and "." in name else None
    return (forms[found.key],) if found and found.key in forms else ()


_record = cache(lookup_ptx)

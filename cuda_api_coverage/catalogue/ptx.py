"""Which record an instruction in a text of PTX belongs to."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from crosswarp.cuda_api_coverage.catalogue.load import catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Entry
from crosswarp.ir.ptx.form import Form
from crosswarp.ir.ptx.records import find
from crosswarp.ir.ptx.spellings import typed_template


def pattern_form(name: str) -> Form:
    """The form that spells what a record's name says; it has no operands and no meaning."""
    return Form(name, ("b32",), (), (), (), None)  # type: ignore[arg-type]


@cache
def lookup_ptx(mnemonic: str) -> Entry | None:
    """The record of an instruction as a program writes it, with all modifiers; None where PTX has no such form.

    >>> lookup_ptx("cp.async.cg.shared.global").name
    'cp.async.cg(.shared|.shared::cta).global(|.L2::64B|.L2::128B|.L2::256B)'
    >>> lookup_ptx("add.u33") is None
    True
    """
    named, by_opcode = _records()
    for form, _ in find(mnemonic):
        if entry := named.get(typed_template(form)):
            return entry
    candidates = by_opcode.get(mnemonic.partition(".")[0], ())
    return next((entry for entry in candidates if _pattern(entry.name).fullmatch(mnemonic)), None)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return pattern_form(name).pattern


@cache
def _records() -> tuple[dict[str, Entry], dict[str, list[Entry]]]:
    """Every record by name, and by opcode."""
    named = {entry.name: entry for entry in catalogue().of("ptx")}
    by_opcode: dict[str, list[Entry]] = defaultdict(list)
    for name, entry in named.items():
        by_opcode[pattern_form(name).opcode].append(entry)
    return named, by_opcode

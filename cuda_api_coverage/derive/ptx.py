"""The records of PTX: one a form of `ir/ptx/records`, and those that documents name and no form spells.

What the compilers for AMD GPUs and CPUs make of each form stands in `ptx_refused.tsv`, which `scripts/ptx_records.py` writes by
lowering examples of it. NVIDIA's GPUs get the text as it is.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.model import Device, Entry, Kind, State
from crosswarp.cuda_api_coverage.catalogue.ptx import pattern_form
from crosswarp.cuda_api_coverage.catalogue.tables import rows
from crosswarp.ir.ptx.form import Form
from crosswarp.ir.ptx.opcodes import INSTRUCTIONS
from crosswarp.ir.ptx.records import FAMILIES, find
from crosswarp.ir.ptx.spellings import spellings, typed_template
from crosswarp.support.paths import PACKAGE_ROOT

REFUSED = Path(__file__).with_name("ptx_refused.tsv")
HEADINGS = ("name", "target", "forms", "says")
_TRANSLATED = (Device.CPU, Device.EMULATED, Device.AMD)
_DEVICES = {"cpu": (Device.CPU,), "amd": (Device.EMULATED, Device.AMD)}
_PACKAGE = "crosswarp.ir.ptx.records."
_MODULES = "ir/ptx/module/binder.py"
# Instructions that the reader of PTX modules has a meaning for, and asm statements have not.
_IN_MODULES = frozenset({"call", "ret", "brx"})
_OLDEST = 50


def entries(kept: list[Entry]) -> list[Entry]:
    """A record for each name of a form, and for each kept name that is still without a form."""
    facts = {entry.name: entry for entry in kept}
    found = [_recorded(name, group, forms, facts.get(name)) for group, names in _names().items() for name, forms in names.items()]
    return found + [_unrecorded(entry) for name, entry in facts.items() if _without_form(name)]


@cache
def _names() -> dict[str, dict[str, list[Form]]]:
    """Family of records to name to the forms that share it: they differ in their operands."""
    named: dict[str, dict[str, list[Form]]] = {}
    seen: dict[str, str] = {}
    for family, forms in FAMILIES.items():
        for form in forms:
            name = typed_template(form)
            named.setdefault(seen.setdefault(name, family), {}).setdefault(name, []).append(form)
    return named


@cache
def _sources() -> dict[int, str]:
    """The file of each form, by the form's `id`."""
    modules = (module for name, module in list(sys.modules.items()) if name.startswith(_PACKAGE) and hasattr(module, "FORMS"))
    places = ((Path(str(module.__file__)).resolve().relative_to(PACKAGE_ROOT).as_posix(), module.FORMS) for module in modules)
    return {id(form): path for path, forms in places for form in forms}


@cache
def _refusals() -> dict[str, list[tuple[str, str, str]]]:
    """Name to the targets that refuse it, whether `all` or `some` of its forms, and what they say."""
    found = defaultdict(list)
    for name, target, how_many, says in rows(REFUSED):
        found[name].append((target, how_many, says))
    return found


def _recorded(name: str, group: str, forms: list[Form], kept: Entry | None) -> Entry:
    refusals = _refusals().get(name, [])
    oldest = min(form.sm for form in forms)
    somewhere = [f"refused on {target}: {says}" for target, how_many, says in refusals if how_many == "some"]
    return replace(
        kept or Entry("ptx", name, Kind.INSTRUCTION), group=f"{group}, sm_{oldest}" if oldest > _OLDEST else group,
        state=State.IMPLEMENTED, source=_sources()[id(forms[0])], difference="; ".join(somewhere),
        refused_on=tuple(device for target, how_many, _ in refusals if how_many == "all" for device in _DEVICES[target]))


def _without_form(name: str) -> bool:
    return not any(find(mnemonic) for mnemonic in islice(spellings(pattern_form(name)), 200))


def _unrecorded(entry: Entry) -> Entry:
    """On NVIDIA's GPUs any instruction whose name is PTX's passes; elsewhere what has no record is an error that names it."""
    opcode = pattern_form(entry.name).opcode
    if opcode in _IN_MODULES:
        difference = "read in PTX modules; in an asm statement it is refused but on NVIDIA GPUs"
        return replace(entry, state=State.IMPLEMENTED, refused_on=(), difference=difference, source=_MODULES)
    if opcode in INSTRUCTIONS:
        return replace(entry, state=State.IMPLEMENTED, refused_on=_TRANSLATED, difference="", source="ir/ptx/opcodes.py")
    return replace(entry, state=State.ABSENT, refused_on=(), difference="", source="")

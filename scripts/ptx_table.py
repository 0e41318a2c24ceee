"""Writes the table of PTX forms into docs/ptx.md, from the records and from what tests use. `--check` only compares.

A record counts as tested when a case in tests/ir/ptx/*cases*.py, or a program in tests/run, uses one of its spellings: cases run in
the interpreter, on the CPU device and on emulated AMD GPUs against a model; programs are compared with their expected output.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from crosswarp.ir.ptx.form import Form
from crosswarp.ir.ptx.records import FAMILIES, find
from crosswarp.ir.ptx.spellings import spellings

sys.path.insert(0, str(Path(__file__).parent))
from generated_block import bring_up_to_date

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "ptx.md"
BEGIN, END = "<!-- table: scripts/ptx_table.py -->", "<!-- end of table -->"
_MNEMONIC = re.compile(r"(?<![\w.%$])[a-z][a-z0-9_]*(?:\.\w+(?:::\w+)*)*")


def used() -> set[int]:
    """The records, by `id`, that tests use."""
    sys.path[:0] = [str(ROOT / "tests" / "ir" / "ptx"), str(ROOT / "tests" / "tensor")]
    from memory_cases import cases as memory_cases
    from mma_forms import FORMS as PRODUCT_FORMS
    from products import WMMAS
    from test_cases import FAMILIES as CASE_FAMILIES
    from test_cases import cases_of
    from test_matrix import MNEMONICS as PRODUCTS
    from test_quad_pairs import MNEMONICS as QUAD_PAIRS
    from test_wmma import MNEMONICS as WHOLE

    texts = [case.text for family in CASE_FAMILIES for case in cases_of(family)]
    texts += [case.name for case in memory_cases(1)] + PRODUCTS + WHOLE + QUAD_PAIRS
    texts += [form.mnemonic for form in PRODUCT_FORMS] + [name for form in WMMAS for name in form.mnemonics]
    texts += [path.read_text(errors="replace") for path in sorted((ROOT / "tests").rglob("*.cu"))]
    mnemonics = {word for text in texts for word in _MNEMONIC.findall(text)}
    return {id(form) for word in mnemonics for form, _ in find(word)}


def rows(family: str, forms: Iterable[Form], tested: set[int]) -> list[str]:
    """A line for each record of a family."""
    lines = [f"### {family}", "", "| form | spellings | from | tested |", "|---|---|---|---|"]
    for form in forms:
        text = form.template.replace("|", "\\|")
        stands = (("T", form.types), ("U", form.others))
        types = [f"{name} = {' '.join(found)}" for name, found in stands if f".{name}" in form.template]
        count = len(set(spellings(form)))
        lines.append(f"| `{text}` {'; '.join(types)} | {count} | sm_{form.sm} | {'yes' if id(form) in tested else 'no'} |")
    return [*lines, ""]


def table() -> str:
    """The generated part of the page."""
    tested = used()
    every = [form for forms in FAMILIES.values() for form in forms]
    total = len({mnemonic for form in every for mnemonic in spellings(form)})
    proven = sum(id(form) in tested for form in every)
    opcodes = len({form.opcode for form in every})
    head = [f"{len(every)} records spell {total} forms of {opcodes} instructions; tests use {proven} of the records.", ""]
    return "\n".join(head + [line for family, forms in FAMILIES.items() for line in rows(family, forms, tested)])


if __name__ == "__main__":
    sys.exit(bring_up_to_date(PAGE, BEGIN, END, table()))

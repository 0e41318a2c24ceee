"""Writes the coverage table of docs/emulator.md: which of AMD's instructions have a record, and which of them tests ran.

    rm -f counts.txt
    CROSSWARP_EMU_COUNT=$PWD/counts.txt pytest -q tests/emulator
    python scripts/emulator_coverage.py counts.txt

Instructions are those of `targets/amdgpu/emulator/decode/opcodes/`, each name once; records those of the built library; the counts
are what emulated waves left behind: lines "architecture record count" (targets/amdgpu/emulator/machine/count.hpp).
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from crosswarp.targets.amdgpu.emulator.wave import record_of

ROOT = Path(__file__).resolve().parent.parent
TABLES = ROOT / "targets" / "amdgpu" / "emulator" / "decode" / "opcodes"
PAGE = ROOT / "docs" / "emulator.md"
BEGIN, END = "<!-- coverage: begin -->", "<!-- coverage: end -->"

ARCHS = ("gfx90a", "gfx942", "gfx10", "gfx11", "gfx12")  # as the opcode tables are named

FORMATS = {
    "scalar ALU": "Sop1 Sop2 Sopc Sopk", "scalar control": "Sopp", "scalar memory": "Smem",
    "vector ALU": "Vop1 Vop2 Vop3 Vop3p VopdX VopdY", "compares": "Vopc", "matrices": "", "LDS": "Ds",
    "flat, global, scratch": "Flat Global Scratch", "buffers": "Mubuf Mtbuf",
}  # fmt: skip
FAMILY_OF = {table: family for family, tables in FORMATS.items() for table in tables.split()}
MATRIX = re.compile(r"v_(mfma|smfmac|wmma|swmmac|accvgpr)_")
COMPARE = re.compile(r"v_cmpx?_")


@dataclass
class Coverage:
    """Names of the instructions of one family on one architecture."""

    all: set[str] = field(default_factory=set)
    recorded: set[str] = field(default_factory=set)
    executed: set[str] = field(default_factory=set)

    @property
    def cell(self) -> str:
        """Executed / with a record / all."""
        return f"{len(self.executed)} / {len(self.recorded)} / {len(self.all)}" if self.all else ""

    @property
    def missing(self) -> list[str]:
        """Those without a record."""
        return sorted(self.all - self.recorded)


def family_of(table: str, name: str) -> str:
    """The row of an instruction in the table of the page."""
    if MATRIX.match(name):
        return "matrices"
    return "compares" if COMPARE.match(name) else FAMILY_OF[table]


def instructions(text: str) -> list[tuple[str, str]]:
    """Format and name of each row of an opcode table. A half of VOPD is the instruction of its name."""
    return [(table, name.replace("v_dual_", "v_")) for table, name in re.findall(r'\{k(\w+), \d+, "(\S+)"', text)]


def read_counts(lines: Iterable[str]) -> Counter[tuple[str, str]]:
    """Executions by architecture and record, from the lines of any number of processes."""
    counts: Counter[tuple[str, str]] = Counter()
    for line in lines:
        arch, record, count = line.split()
        counts[arch, record] += int(count)
    return counts


def coverage(arch: str, text: str, meaning: Callable[[str], str | None], counts: Counter[tuple[str, str]]) -> dict[str, Coverage]:
    """The families of one architecture. `meaning` gives the record of an instruction's name, or None."""
    families = {name: Coverage() for name in FORMATS}
    for table, name in instructions(text):
        record, family = meaning(name), families[family_of(table, name)]
        family.all.add(name)
        if record is not None:
            family.recorded.add(name)
            if counts[arch, record]:
                family.executed.add(name)
    return families


def total(families: dict[str, Coverage]) -> Coverage:
    """All families as one."""
    everything = Coverage()
    for one in families.values():
        everything.all |= one.all
        everything.recorded |= one.recorded
        everything.executed |= one.executed
    return everything


def row(name: str, cells: Iterable[str]) -> str:
    """A row of a Markdown table."""
    return f"| {name} | {' | '.join(cells)} |"


def wrapped(names: Iterable[str]) -> str:
    """Names as a sentence has them. Formatted buffer accesses, of which there are many, as patterns."""
    short = sorted({re.sub(r"(t?buffer_(?:load|store)_).*format.*", r"\1*format*", name) for name in names})
    return ", ".join(f"`{name}`" for name in short) if short else "none"


def page_part(covered: dict[str, dict[str, Coverage]]) -> str:
    """Tables and lists between the page's two markers."""
    lines = [row("", covered), row("---", ["---"] * len(covered))]
    lines += [row(family, (covered[arch][family].cell for arch in covered)) for family in FORMATS]
    totals = {arch: total(families) for arch, families in covered.items()}
    lines += [row("**all**", (totals[arch].cell for arch in covered)), ""]
    lines += ["Without a record, and therefore the end of a wave that reaches them:", ""]
    lines += [f"- {arch}: {wrapped(one.missing)}" for arch, one in totals.items()]
    lines += ["", "With a record, but run by no test on that architecture:", ""]
    lines += [f"- {arch}: {wrapped(one.recorded - one.executed)}" for arch, one in totals.items()]
    return "\n".join(lines)


def replaced(page: str, part: str) -> str:
    """The page with its coverage replaced."""
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}\n\n{part}\n\n{END}{rest.split(END)[1]}"


def main(files: list[str]) -> int:
    """Reads files of counts, writes the page."""
    if not files:
        print(__doc__)
        return 2
    counts = read_counts(line for name in files for line in Path(name).read_text().splitlines())
    covered = {arch: coverage(arch, (TABLES / f"{arch}.inc").read_text(), record_of, counts) for arch in ARCHS}
    PAGE.write_text(replaced(PAGE.read_text(), page_part(covered)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The emulator's opcode tables, and assembly text for each of their rows."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path

from crosswarp.targets.amdgpu.emulator.assemble import assemble

TABLES = Path(__file__).resolve().parents[2] / "targets" / "amdgpu" / "emulator" / "decode" / "opcodes"
CPUS = {"gfx90a": "gfx90a", "gfx942": "gfx942", "gfx10": "gfx1030", "gfx11": "gfx1100", "gfx12": "gfx1201"}
SHORT = ("Vop1", "Vop2", "Vopc")
MEMORY = ("Flat", "Global", "Scratch", "Mubuf", "Mtbuf", "Smem", "Ds")


@dataclass(frozen=True)
class Row:
    """One instruction: table, number, name, and its operands as scripts/make_amd_opcodes.py writes them."""

    table: str
    number: int
    name: str
    operands: tuple[str, ...]


def rows(isa: str) -> list[Row]:
    """The table of an instruction set."""
    found = re.findall(r'\{k(\w+), (\d+), "(\w+)", "([^"]*)"\}', (TABLES / f"{isa}.inc").read_text())
    return [Row(table, int(number), name, tuple(operands.split())) for table, number, name, operands in found]


def _registers(letter: str, first: int, count: int) -> str:
    return f"{letter}{first}" if count == 1 else f"{letter}[{first}:{first + count - 1}]"


def _mask(row: Row, wide: bool, choose: random.Random) -> str:
    if row.table in SHORT:
        return "vcc" if wide else "vcc_lo"
    return _registers("s", choose.randrange(4, 90, 4), 2 if wide else 1)


def _other(row: Row, choose: random.Random) -> str:
    if row.table in ("Flat", "Global", "Scratch", "Mubuf", "Mtbuf"):
        return "off"
    if row.table == "Smem":
        return hex(choose.randrange(0, 1 << 15, 4))
    if row.table in ("Vop2", "Sop2", "VopdX", "VopdY"):
        return hex(choose.randrange(1 << 30, 1 << 31) & ~0xFFF)
    return hex(choose.randrange(64, 1 << 15))


def _operand(row: Row, isa: str, spelled: str, wide: bool, choose: random.Random) -> str:
    letter, count = spelled[0], int(spelled[1:] or 1)
    if letter == "m":
        return _mask(row, wide, choose)
    if letter == "h":
        halves = row.table in (*SHORT, "Vop3") and isa == "gfx11"
        return f"v{choose.randrange(4, 120, 4)}" + (choose.choice((".l", ".h")) if halves else "")
    if letter == "s":
        return _registers("s", choose.randrange(4, 100 - count, 4), count)
    if letter in "va":
        return _registers(letter, choose.randrange(4, 250 - count, 4), count)
    return _other(row, choose)


def _name(row: Row, names: dict[str, set[str]]) -> str:
    tables = names[row.name]
    if row.table in SHORT:
        return f"{row.name}_e32"
    return f"{row.name}_e64" if row.table == "Vop3" and tables & set(SHORT) else row.name


def spell(row: Row, isa: str, all_rows: list[Row], choose: random.Random) -> str:
    """The instruction with registers chosen at random."""
    names: dict[str, set[str]] = {}
    for other in all_rows:
        names.setdefault(other.name, set()).add(other.table)
    wide = isa in ("gfx90a", "gfx942")
    text = f"{_name(row, names)} " + ", ".join(_operand(row, isa, spelled, wide, choose) for spelled in row.operands)
    return text + (f" offset:{choose.randrange(0, 255)}" if row.table in MEMORY and row.table != "Smem" and row.operands else "")


def assemble_what_can(lines: list[str], cpu: str, lanes: int) -> tuple[list[str], list[str], bytes]:
    """Lines that the assembler takes, those that it does not, and the code of the former."""
    source = "\n".join(lines)
    try:
        return lines, [], assemble(source, cpu, lanes)
    except ValueError as error:
        wrong = {int(number) - 2 for number in re.findall(r"x\.s:(\d+):\d+: error", str(error))}
    good = [line for number, line in enumerate(lines) if number not in wrong]
    taken, refused, code = assemble_what_can(good, cpu, lanes)
    return taken, refused + [lines[number] for number in sorted(wrong)], code

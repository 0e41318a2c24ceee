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


# Operands that are not registers or plain numbers.
SPECIAL = {
    "s_sendmsg": "sendmsg(MSG_INTERRUPT)", "s_sendmsghalt": "sendmsg(MSG_INTERRUPT)", "s_getreg_b32": "s8, hwreg(3, 4, 5)",
    "s_setreg_b32": "hwreg(3, 4, 5), s8", "s_setreg_imm32_b32": "hwreg(3, 4, 5), 0x12345678", "s_waitcnt_vscnt": "null, 0x3",
    "s_waitcnt_vmcnt": "null, 0x3", "s_waitcnt_expcnt": "null, 0x3", "s_waitcnt_lgkmcnt": "null, 0x3",
    "s_sendmsg_rtn_b32": "s8, sendmsg(MSG_RTN_GET_REALTIME)", "s_sendmsg_rtn_b64": "s[8:9], sendmsg(MSG_RTN_GET_REALTIME)",
    "s_set_gpr_idx_on": "s8, gpr_idx(SRC0)", "s_set_gpr_idx_mode": "gpr_idx(SRC0)", "s_version": "0x3",
    "v_fmamk_f16": "v4, v8, 0x1234, v12", "v_fmaak_f16": "v4, v8, v12, 0x1234", "v_madmk_f16": "v4, v8, 0x1234, v12",
    "v_madak_f16": "v4, v8, v12, 0x1234", "v_writelane_b32": "v4, s8, 5", "s_barrier_signal": "-1",
    "s_barrier_signal_isfirst": "-1",
    "s_get_barrier_state": "s8, -1", "s_barrier_init": "m0", "s_barrier_join": "m0", "s_prefetch_inst": "s[8:9], 0x10, s4, 3",
    "s_prefetch_inst_pc_rel": "0x10, s4, 3", "s_prefetch_data": "s[8:9], 0x10, s4, 3", "s_prefetch_data_pc_rel": "0x10, s4, 3",
    "s_buffer_prefetch_data": "s[8:11], 0x10, s4, 3",
}  # fmt: skip
HALF = r"\1.h"
MASKED = ("v_cndmask_b", "v_add_co_ci", "v_sub_co_ci", "v_subrev_co_ci", "v_addc_co", "v_subb_co", "v_subbrev_co")
PAIRED = ("2addr", "ds_read2", "ds_write2", "ds_wrxchg2")  # DS instructions with two offsets


def _offset(row: Row, choose: random.Random) -> str:
    if row.table not in MEMORY or row.table == "Smem" or not row.operands:
        return ""
    if any(part in row.name for part in PAIRED):
        return f" offset0:{choose.randrange(1, 255)} offset1:{choose.randrange(1, 255)}"
    return f" offset:{choose.randrange(1, 255)}"


def spell(row: Row, isa: str, tables: dict[str, set[str]], choose: random.Random) -> str:
    """The instruction with registers chosen at random. `tables` of each name says which need the suffix of an encoding."""
    wide = isa in ("gfx90a", "gfx942")
    name = _name(row, tables)
    if row.name in SPECIAL:
        halves = row.name.endswith("_f16") and isa == "gfx11"
        operands = SPECIAL[row.name]
        return f"{name} {re.sub('(v[0-9]+)', HALF, operands) if halves else operands}"
    words = [_operand(row, isa, spelled, wide, choose) for spelled in row.operands]
    if row.table == "Vop3" and row.name.startswith(MASKED):
        words[-1] = _mask(row, wide, choose)
    if row.name.startswith("v_mfma"):  # its registers must not overlap
        places = zip(row.operands, (192, 8, 40, 192), strict=True)
        words = [_registers(spelled[0], first, int(spelled[1:])) for spelled, first in places]
    if isa == "gfx12" and row.table in ("Mubuf", "Mtbuf") and row.operands:
        words[-1] = "s12"
    return f"{name} {', '.join(words)}{_offset(row, choose)}"


def tables_of(all_rows: list[Row]) -> dict[str, set[str]]:
    """The tables in which each name stands."""
    found: dict[str, set[str]] = {}
    for row in all_rows:
        found.setdefault(row.name, set()).add(row.table)
    return found


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

#!/usr/bin/env python3
"""Writes `targets/amdgpu/emulator/decode/opcodes/<isa>.inc`: the instructions of each AMD instruction set.

    python scripts/make_amd_opcodes.py --llvm-bin /usr/lib/llvm-22/bin

The facts come from LLVM's disassembler: for every format each opcode number is tried with a few fillings of the operand fields, and
what `llvm-objdump` prints is written down. A row is: table, opcode, name (as the assembler writes it, without _e32, _e64, _dpp,
_sdwa), operands, as an initialiser for decode/opcodes.cpp. An operand is a letter and its number of registers: `v` vector, `s`
scalar, `a` accumulation, `h` half of a vector register, `m` a lane mask (one or two registers, by the wave's size), `i` anything
else (immediates, offsets, names).
"""

from __future__ import annotations

import argparse
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from crosswarp.support.toolchain import clang_command, tool_environment

OUT = Path(__file__).resolve().parents[1] / "targets" / "amdgpu" / "emulator" / "decode" / "opcodes"
SLOT = 8  # dwords from one trial to the next
NOP = 0xBF800000

CPUS = {
    "gfx90a": ("gfx90a",),
    "gfx942": ("gfx942",),
    "gfx10": ("gfx1030",),
    "gfx11": ("gfx1100", "gfx1150"),
    "gfx12": ("gfx1201",),
}
TRUE16 = {"gfx1201": ",+real-true16"}  # not on by default: operands would not show as halves


@dataclass(frozen=True)
class Format:
    """An encoding: its first dword without the opcode, the place and width of the opcode, and fillings of the operand fields."""

    name: str
    base: int
    shift: int
    width: int
    fillings: tuple[tuple[int, int, int], ...]  # ORed into up to three dwords

    def trials(self) -> list[tuple[int, tuple[int, int, int]]]:
        """Opcode and dwords of everything to try."""
        return [
            (opcode, (self.base | opcode << self.shift | first, second, third))
            for opcode in range(1 << self.width)
            for first, second, third in self.fillings
        ]


def _vector(*sources: int) -> int:
    """The second dword of VOP3: three 9-bit sources."""
    return sources[0] | sources[1] << 9 | sources[2] << 18


# Registers are multiples of 4, so that every tuple is aligned: v8 = 8, as a 9-bit source 264.
V, S = (264, 272, 280), (8, 16, 24)
ALL_V, S1, S12, ALL_S = _vector(*V), _vector(V[0], S[1], V[2]), _vector(V[0], S[1], S[2]), _vector(*S)
SV = _vector(S[0], V[1], V[2])
MIXED = (ALL_V, S1, S12, ALL_S, SV)
VOP3_FILLINGS = tuple((4 | sdst << 8, second, 0) for second in MIXED for sdst in (0, 4))
SCALAR = (
    Format("sop2", 0x80000000, 23, 7, ((4 << 16 | 16 << 8 | 8, 0, 0),)),
    Format("sopk", 0xB0000000, 23, 5, ((4 << 16, 0, 0), (4 << 16 | 1, 0, 0))),
    Format("sop1", 0xBE800000, 8, 8, ((4 << 16 | 8, 0, 0), (4 << 16 | 128, 0, 0))),
    Format("sopc", 0xBF000000, 16, 7, ((16 << 8 | 8, 0, 0),)),
    Format("sopp", 0xBF800000, 16, 7, ((0, 0, 0),)),
)
VECTOR = (
    Format("vop2", 0x00000000, 25, 6, ((4 << 17 | 16 << 9 | V[0], 0, 0), (4 << 17 | 16 << 9 | S[0], 0, 0))),
    Format("vop1", 0x7E000000, 9, 8, ((4 << 17 | V[0], 0, 0), (4 << 17 | S[0], 0, 0), (0, 0, 0))),
    Format("vopc", 0x7C000000, 17, 8, ((16 << 9 | V[0], 0, 0),)),
)
# Fields that an instruction does not use must be 0: destination, second and first data register, and address come and go.
DS_SECOND = tuple(
    dst | two | one | address for dst in (0, 4 << 24) for two in (0, 24 << 16) for one in (0, 16 << 8) for address in (8, 0)
)
BUFFER_SECOND = (8 << 24 | 4 << 16 | 16 << 8 | 8, 128 << 24 | 4 << 16 | 16 << 8 | 8)


def _one(*seconds: int) -> tuple[tuple[int, int, int], ...]:
    return tuple((0, second, 0) for second in seconds)


def _flat(name: str, first: int, off: int) -> Format:
    seconds = (dst | base << 16 | data | 8 for base in (off, 16, 0) for dst in (0, 4 << 24) for data in (0, 16 << 8))
    return Format(name, first, 18, 7, _one(*seconds))


# VOPD: the half that is not tried is v_dual_add_f32; a half with one source has zeros in the field of the second one.
ADD = 4
DUAL = (
    Format("vopdx", 0xC8000000 | ADD << 17 | V[0], 22, 4, tuple((x << 9, 4 << 24 | 2 << 17 | 9 << 9 | 265, 0) for x in (8, 0))),
    Format("vopdy", 0xC8000000 | ADD << 22 | 8 << 9 | V[0], 17, 5, _one(*(4 << 24 | 2 << 17 | y << 9 | 265 for y in (9, 0)))),
)


def _gfx9() -> tuple[Format, ...]:
    return (
        *SCALAR, *VECTOR,
        Format("smem", 0xC0000000, 18, 8, ((1 << 17 | 4 << 6 | 4, 0, 0), (1 << 17 | 4 << 6, 0, 0), (4 << 6, 0, 0), (0, 0, 0))),
        Format("vop3", 0xD0000000, 16, 10, VOP3_FILLINGS),
        Format("vop3p", 0xD3800000, 16, 7, tuple((4, s | 3 << 27, 0) for s in MIXED)),
        Format("ds", 0xD8000000, 17, 8, _one(*DS_SECOND)),
        _flat("flat", 0xDC000000, 0x7F), _flat("scratch", 0xDC004000, 0x7F), _flat("global", 0xDC008000, 0x7F),
        Format("mubuf", 0xE0000000, 18, 7, _one(*BUFFER_SECOND)),
        Format("mtbuf", 0xE8000000 | 1 << 19 | 4 << 23, 15, 4, _one(*BUFFER_SECOND)),
    )  # fmt: skip


def _rdna_vector() -> tuple[Format, ...]:
    return (
        Format("vop3", 0xD4000000, 16, 10, VOP3_FILLINGS),
        Format("vop3p", 0xCC000000, 16, 7, tuple((4 | 1 << 14, s | 3 << 27, 0) for s in MIXED)),
    )


def _gfx10() -> tuple[Format, ...]:
    return (
        *SCALAR, *VECTOR, *_rdna_vector(),
        Format("smem", 0xF4000000, 18, 8, ((4 << 6 | 4, 0x7D << 25, 0), (4 << 6, 0, 0), (0, 0, 0))),
        Format("ds", 0xD8000000, 18, 8, _one(*DS_SECOND)),
        _flat("flat", 0xDC000000, 0x7D), _flat("scratch", 0xDC004000, 0x7D), _flat("global", 0xDC008000, 0x7D),
        Format("mubuf", 0xE0000000, 18, 8, _one(*BUFFER_SECOND)),
        Format("mtbuf", 0xE8000000 | 1 << 19, 16, 3, _one(*BUFFER_SECOND, *(b | 1 << 21 for b in BUFFER_SECOND))),
    )  # fmt: skip


def _gfx11() -> tuple[Format, ...]:
    return (
        *SCALAR, *VECTOR, *_rdna_vector(),
        Format("smem", 0xF4000000, 18, 8, ((4 << 6 | 4, 0x7C << 25, 0), (4 << 6, 0, 0), (0, 0, 0))),
        Format("ds", 0xD8000000, 18, 8, _one(*DS_SECOND)),
        _flat("flat", 0xDC000000, 0x7C), _flat("scratch", 0xDC010000, 0x7C), _flat("global", 0xDC020000, 0x7C),
        Format("mubuf", 0xE0000000, 18, 8, _one(*BUFFER_SECOND)),
        Format("mtbuf", 0xE8000000 | 1 << 19, 15, 4, _one(*BUFFER_SECOND)),
        *DUAL,
    )  # fmt: skip


def _gfx12_memory(name: str, base: int) -> Format:
    return Format(name, base, 14, 8, ((0x7C, 8 << 23 | 4, 16), (16, 8 << 23 | 4, 16)))


def _gfx12() -> tuple[Format, ...]:
    buffer = (16 << 9 | 4, 8)
    return (
        *SCALAR, *VECTOR, *_rdna_vector(),
        Format("smem", 0xF4000000, 13, 6, ((4 << 6 | 4, 0x7C << 25, 0), (4 << 6, 0, 0), (0, 0, 0))),
        Format("ds", 0xD8000000, 18, 8, _one(*DS_SECOND)),
        _gfx12_memory("flat", 0xEC000000), _gfx12_memory("scratch", 0xED000000), _gfx12_memory("global", 0xEE000000),
        Format("mubuf", 0xC4000000, 14, 8, ((0x7C, *buffer), (0x7C, buffer[0] | 1 << 23, buffer[1]))),
        *DUAL,
    )  # fmt: skip


FORMATS = {"gfx90a": _gfx9, "gfx942": _gfx9, "gfx10": _gfx10, "gfx11": _gfx11, "gfx12": _gfx12}


def disassemble(trials: list[tuple[int, int, int]], cpu: str, wave64: bool, objdump: Path) -> list[str | None]:
    """What each trial's first instruction is in the disassembler's words, or None."""
    lines = [".text"]
    for words in trials:
        lines += [f".long {word:#x}" for word in words] + [f".long {NOP:#x}"] * (SLOT - len(words))
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "x.s", Path(folder) / "x.o"
        source.write_text("\n".join(lines) + "\n")
        command = [*clang_command(), "-target", "amdgcn-amd-amdhsa", f"-mcpu={cpu}", "-c", str(source), "-o", str(target)]
        subprocess.run(command, check=True, env=tool_environment())
        attributes = [
            f"--mattr={'+' if wave64 else '-'}wavefrontsize64,{'-' if wave64 else '+'}wavefrontsize32{TRUE16.get(cpu, '')}"
        ]
        command = [str(objdump), "-d", f"--mcpu={cpu}", *(attributes if cpu.startswith("gfx1") else []), str(target)]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: list[str | None] = [None] * len(trials)
    for words, at in re.findall(r"^\s+(\S.*?)\s*// ([0-9A-F]{12}):", text, re.M):
        index, rest = divmod(int(at, 16), 4 * SLOT)
        if rest == 0 and index < len(found) and not words.startswith(".") and "/*Invalid" not in words:
            found[index] = words
    return found


def _operand(text: str) -> str:
    if re.fullmatch(r"v\d+\.[lh]", text):
        return "h1"
    if match := re.fullmatch(r"([vsa])(\d+)", text):
        return f"{match[1]}1"
    if match := re.fullmatch(r"([vsa])\[(\d+):(\d+)\]", text):
        return f"{match[1]}{int(match[3]) - int(match[2]) + 1}"
    if text in ("vcc", "exec"):
        return "m1"
    return "m1" if text in ("vcc_lo", "exec_lo") else "i"


def _row(text: str) -> tuple[str, tuple[str, ...]]:
    name, _, rest = text.partition(" ")
    name = re.sub(r"_(e32|e64|dpp|sdwa|e64_dpp)$", "", name)
    rest = re.sub(r" (offset|format|op_sel|op_sel_hi|neg_lo|neg_hi|offset0|offset1|cbsz|abid|blgp|th|scope):\S+", "", rest)
    operands = [part.strip() for part in re.sub(r"\[([^\]]*),([^\]]*)\]", r"[\1;\2]", rest).split(",") if part.strip()]
    return name, tuple(_operand(operand.split(" ")[0]) for operand in operands)


def _masks(narrow: tuple[str, ...], wide: tuple[str, ...]) -> tuple[str, ...]:
    """Operands that grow with the wave are lane masks."""
    if len(narrow) != len(wide):
        return narrow
    return tuple("m1" if (a, b) == ("s1", "s2") else a for a, b in zip(narrow, wide, strict=True))


def rows_of(form: Format, cpu: str, objdump: Path) -> dict[tuple[str, int], tuple[str, tuple[str, ...]]]:
    """Name and operands by format and opcode."""
    trials = [trial for trial in form.trials() if not (form.name == "sop2" and trial[0] >= 0x60)]  # those are SOPK and SOP1
    words = [dwords for _, dwords in trials]
    narrow = disassemble(words, cpu, False, objdump)
    wide = disassemble(words, cpu, True, objdump) if cpu.startswith("gfx1") else narrow
    rows: dict[tuple[str, int], tuple[str, tuple[str, ...]]] = {}
    for (opcode, _), *texts in zip(trials, narrow, wide, strict=True):
        first, last = texts[0] or texts[1], texts[1] or texts[0]  # VOPD: only waves of 32 have it
        if first is None or last is None or (form.name, opcode) in rows:
            continue
        if form.name.startswith("vopd"):
            first = last = first.split(" :: ")[form.name == "vopdy"]
        name, operands = _row(first)
        rows[form.name, opcode] = name, _masks(operands, _row(last)[1])
    return rows


def _line(form: str, opcode: int, name: str, operands: tuple[str, ...]) -> str:
    table = {"vopdx": "VopdX", "vopdy": "VopdY"}.get(form, form.capitalize())
    return f'{{k{table}, {opcode}, "{name}", "{" ".join(operands)}"}},\n'


def main() -> None:
    """Writes the table of every instruction set, or of those named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--llvm-bin", type=Path, required=True, help="folder with llvm-objdump of LLVM 22 or later")
    parser.add_argument("isa", nargs="*", help=f"{', '.join(CPUS)}: all of them where none is named")
    options = parser.parse_args()
    for isa in options.isa or CPUS:
        rows: dict[tuple[str, int], tuple[str, tuple[str, ...]]] = {}
        for cpu in reversed(CPUS[isa]):
            for form in FORMATS[isa]():
                rows.update(rows_of(form, cpu, options.llvm_bin / "llvm-objdump"))
        lines = [_line(*key, *row) for key, row in sorted(rows.items())]
        (OUT / f"{isa}.inc").write_text("".join(lines))
        print(f"{isa}: {len(lines)} rows")


if __name__ == "__main__":
    main()

"""Compares the layouts of matrix instructions that the emulator is tested with against AMD's matrix instruction calculator.

    python scripts/check_amd_matrices.py matrix_calculator.py

Takes the program of github.com/ROCm/amd_matrix_instruction_calculator, which needs `tabulate`. Every element of A, B and D of every
instruction that the calculator knows (A of sparse ones is left out: the calculator writes it uncompressed), and where CBSZ, ABID
and BLGP take blocks of A and lanes of B from. The exit status is 1 where something differs.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.emulator.matrix_instructions import Matrix, all_matrices
from tests.emulator.test_matrix_modifiers import LANE_GROUPS

ARCHITECTURES = {"gfx90a": "cdna2", "gfx942": "cdna3", "gfx1100": "rdna3", "gfx1200": "rdna4"}
_CELL = re.compile(r"v\[?(\d+)(?::(\d+))?\]?\{([\d, ]+)\}(?:\.\[\d+:(\d+)\])?")
# (block, row, column) -> the first bit and the lane of each copy.
Table = dict[tuple[int, int, int], list[tuple[int, int]]]
CHECKED_WITH_BLOCKS = ("gfx90a-64-v_mfma_f32_4x4x4f16", "gfx942-64-v_mfma_f32_4x4x4_16b_f16", "gfx942-64-v_mfma_f32_16x16x4_4b_f16",
                       "gfx942-64-v_mfma_f32_32x32x4_2b_f16")  # fmt: skip
CHECKED_WITH_LANES = ("gfx90a-64-v_mfma_f32_16x16x16f16", "gfx90a-64-v_mfma_f32_32x32x1f32",
                      "gfx942-64-v_mfma_f32_16x16x4_4b_bf16")  # fmt: skip


def main() -> int:
    """The exit status."""
    calculator, matrices = Calculator(Path(sys.argv[1])), {str(m): m for m in all_matrices()}
    wrong = [f"{name}, {which}" for name, m in matrices.items() for which in "ABD" if not is_same(calculator, m, which)]
    wrong += [f"{name}, CBSZ" for name in CHECKED_WITH_BLOCKS if not blocks_agree(calculator, matrices[name])]
    wrong += [f"{name}, BLGP" for name in CHECKED_WITH_LANES if not lanes_agree(calculator, matrices[name])]
    print("\n".join(wrong) or f"{len(matrices)} instructions agree")
    return 1 if wrong else 0


class Calculator:
    """AMD's program."""

    def __init__(self, program: Path) -> None:
        self.program = program

    def table(self, matrix: Matrix, which: str, **modifiers: int) -> Table:
        """Where the elements of a matrix lie."""
        words = [word for name, value in modifiers.items() for word in (f"--{name}", str(value))]
        text = self._run(matrix.arch, "-i", self._name(matrix), f"-{which}", "-R", "--csv", "-w", str(matrix.lanes), *words)
        return _read_table(text)

    def _name(self, matrix: Matrix) -> str:
        known = [word.lower() for word in self._run(matrix.arch, "-L").split() if word.lower().startswith("v_")]
        return next(name for name in known if name.replace("_", "") == matrix.name.replace("_", ""))

    def _run(self, arch: str, *words: str) -> str:
        command = [sys.executable, str(self.program), "-a", ARCHITECTURES[arch], *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def is_same(calculator: Calculator, matrix: Matrix, which: str) -> bool:
    """Whether all elements lie where the tests say."""
    if matrix.sparse and which == "A":
        return True
    fragment = matrix.fragments["ABD".index(which)]
    ours: Table = defaultdict(list)
    for lane, element, (block, row, column) in fragment.places(matrix.lanes):
        ours[(block, column, row) if which == "B" else (block, row, column)].append((element * fragment.width, lane))
    theirs = calculator.table(matrix, which)
    return {k: sorted(v) for k, v in ours.items()} == {k: sorted(v) for k, v in theirs.items()}


def blocks_agree(calculator: Calculator, matrix: Matrix) -> bool:
    """CBSZ and ABID: of each 2^CBSZ blocks of A the one numbered ABID is taken for all."""
    plain, blocks = calculator.table(matrix, "A"), matrix.fragments[0].shape[0]
    for cbsz in range(1, blocks.bit_length()):
        for abid in range(1 << cbsz):
            moved = calculator.table(matrix, "A", cbsz=cbsz, abid=abid)
            if any(v != plain[(block >> cbsz << cbsz) + abid, row, k] for (block, row, k), v in moved.items()):
                return False
    return True


def lanes_agree(calculator: Calculator, matrix: Matrix) -> bool:
    """BLGP: for each 16 lanes of B, the 16 lanes that are taken."""
    plain = calculator.table(matrix, "B")

    def taken(groups: list[int], place: tuple[int, int]) -> tuple[int, int]:
        return place[0], 16 * groups[place[1] // 16] + place[1] % 16

    return all(
        places == list(map(partial(taken, groups), plain[where]))
        for blgp, groups in LANE_GROUPS.items()
        for where, places in calculator.table(matrix, "B", blgp=blgp).items()
    )


def _read_table(text: str) -> Table:
    blocks, found = [0], {}
    for line in text.splitlines():
        if line.startswith("Block"):
            blocks = [int(number) for number in re.findall(r"\d+", line)]
        elif re.match(r"\d+,", line):
            row, *cells = re.split(r",(?![^{}]*\})", line)
            for column, cell in enumerate(cells):
                found |= {(block, int(row), column): _read_cell(cell) for block in blocks}
    return found


def _read_cell(cell: str) -> list[tuple[int, int]]:
    places = []
    for match in map(_CELL.fullmatch, re.split(r" (?=v)", cell.strip())):
        if match is None:
            raise ValueError(f"not a place in registers: {cell}")
        register = min(int(match[1]), int(match[2] or match[1]))
        places += [(32 * register + int(match[4] or 0), int(lane)) for lane in match[3].split(",")]
    return places


if __name__ == "__main__":
    sys.exit(main())

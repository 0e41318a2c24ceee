"""Computes the skip-ahead tables of curand_kernel.h: `runtime_shim/include/crosswarp/curand/jump_tables.h`.

    python scripts/make_curand_tables.py            # writes the file
    python scripts/make_curand_tables.py --check    # status 1 if the file is not what would be written

XORWOW: its state without the counter is linear over GF(2), of 160 bits. With P the characteristic polynomial of a step, n steps
are the polynomial x^n mod P applied to the state (Haramoto, Matsumoto, Nishimura, Panneton, L'Ecuyer, "Efficient jump ahead for
F2-linear random number generators", 2008). The table holds x^(2^k) mod P.
MRG32k3a: two linear recurrences of order 3 modulo a prime; the tables hold the powers A^(2^k) of their matrices.
"""

from __future__ import annotations

import sys
from pathlib import Path

HEADER = Path(__file__).resolve().parent.parent / "runtime_shim" / "include" / "crosswarp" / "curand" / "jump_tables.h"
WORD = 0xFFFFFFFF
BITS = 160
# One subsequence of XORWOW; one subsequence and one sequence of MRG32k3a (cuRAND Library Programming Guide, "Device API").
XORWOW_SUBSEQUENCE, MRG_SUBSEQUENCE, MRG_SEQUENCE = 67, 76, 127
# L'Ecuyer, "Good parameters and implementations for combined multiple recursive random number generators", 1999.
MRG_FIRST = (4294967087, ((0, 1, 0), (0, 0, 1), (-810728, 1403580, 0)))
MRG_SECOND = (4294944443, ((0, 1, 0), (0, 0, 1), (-1370589, 0, 527612)))

Matrix = tuple[tuple[int, ...], ...]


def xorwow_bits(count: int) -> int:
    """Lowest bits of the first `count` numbers of Marsaglia's XORWOW without its counter, the first one lowest."""
    v = [1, 0, 0, 0, 0]
    bits = 0
    for index in range(count):
        t = v[0] ^ (v[0] >> 2)
        v = [*v[1:], (v[4] ^ (v[4] << 4) ^ t ^ (t << 1)) & WORD]
        bits |= (v[4] & 1) << index
    return bits


def characteristic_polynomial() -> int:
    """Berlekamp and Massey's shortest recurrence of XORWOW's bits, as the polynomial's bits."""
    sequence = xorwow_bits(2 * BITS)
    current, previous, length, shift = 1, 1, 0, 1
    for n in range(2 * BITS):
        reversed_window = int(f"{(sequence >> (n - length)) & ((2 << length) - 1):0{length + 1}b}"[::-1], 2)
        if (current & reversed_window).bit_count() & 1:
            corrected = current ^ (previous << shift)
            if 2 * length <= n:
                previous, length, shift = current, n + 1 - length, 0
            current = corrected
        shift += 1
    if length != BITS:
        raise AssertionError(f"XORWOW's period is not full: degree {length}")
    return int(f"{current:0{BITS + 1}b}"[::-1], 2)


def square_modulo(polynomial: int, modulus: int) -> int:
    """The square over GF(2), reduced."""
    squared = int("0".join(f"{polynomial:b}"), 2)
    for bit in range(squared.bit_length() - 1, BITS - 1, -1):
        if squared >> bit & 1:
            squared ^= modulus << (bit - BITS)
    return squared


def xorwow_powers(first: int, count: int) -> list[list[int]]:
    """x^(2^k) mod P for `count` values of k from `first` on, in words, the lowest first."""
    modulus, power, powers = characteristic_polynomial(), 2, []
    for k in range(first + count):
        if k >= first:
            powers.append([power >> (32 * word) & WORD for word in range(BITS // 32)])
        power = square_modulo(power, modulus)
    return powers


def mrg_powers(modulus: int, matrix: Matrix, first: int, count: int) -> list[list[int]]:
    """A^(2^k) for `count` values of k from `first` on, row by row."""
    power, powers = tuple(tuple(entry % modulus for entry in row) for row in matrix), []
    for k in range(first + count):
        if k >= first:
            powers.append([entry for row in power for entry in row])
        power = tuple(tuple(sum(row[i] * power[i][j] for i in range(3)) % modulus for j in range(3)) for row in power)
    return powers


def table(name: str, rows: list[list[int]]) -> str:
    """A C array of unsigned words."""
    lines = [f"    {{{', '.join(f'0x{word:08x}u' for word in row)}}}," for row in rows]
    return f"CW_CURAND_TABLE unsigned int {name}[{len(rows)}][{len(rows[0])}] = {{\n" + "\n".join(lines) + "\n};\n"


def header() -> str:
    """Text of the header."""
    tables = [
        ("xorwow_steps", xorwow_powers(0, 64)),
        ("xorwow_subsequences", xorwow_powers(XORWOW_SUBSEQUENCE, 64)),
    ]
    for prefix, first in (("steps", 0), ("subsequences", MRG_SUBSEQUENCE), ("sequences", MRG_SEQUENCE)):
        tables.append((f"mrg_first_{prefix}", mrg_powers(*MRG_FIRST, first, 64)))
        tables.append((f"mrg_second_{prefix}", mrg_powers(*MRG_SECOND, first, 64)))
    return "\n".join([
        "// Skip-ahead tables, entry k for 2^k units. Written by scripts/make_curand_tables.py.",
        "#ifndef CROSSWARP_CURAND_JUMP_TABLES_H", "#define CROSSWARP_CURAND_JUMP_TABLES_H", "",
        '#include "common.h"', "", "// clang-format off", "namespace __cw {", "namespace curand {",
        *(table(name, rows) for name, rows in tables), "}  // namespace curand", "}  // namespace __cw",
        "// clang-format on", "#endif", ""])  # fmt: skip


def main(words: list[str]) -> int:
    """Status of the process."""
    text = header()
    if "--check" in words:
        return int(HEADER.read_text() != text)
    HEADER.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

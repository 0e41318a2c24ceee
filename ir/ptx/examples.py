"""A text for each record: its instruction with a register of the right type for every operand. For tests and tables."""

from __future__ import annotations

from crosswarp.ir.ptx.form import UNWRITTEN, Form, Use, filled
from crosswarp.ir.ptx.types import PtxType
from crosswarp.ir.ptx.words import count_of, type_of

_ADDRESS = PtxType.parse("b64")
_PARTS = {"part": ".h1", "lanes2": ".h31", "lanes4": ".b7053", "mask2": ".h1", "mask4": ".b31", "whole": ""}


def example(use: Use, form: Form, number: int = 0) -> str:
    """A block of PTX that declares registers and uses the form; parts of registers are written where `number` is odd."""
    registers: list[str] = []
    results = [_operand(word, use, number, registers) for word in form.results if word not in UNWRITTEN]
    if form.paired:
        results[:2] = ["|".join(results[:2])]
    sources = [_operand(word, use, number, registers) for word in form.sources if word not in UNWRITTEN]
    declared = [f".reg .{kind} r{n};" for n, kind in enumerate(registers)]
    label = f"L{number}: " if "label" in form.sources else ""
    return f"{{ {' '.join(declared)} {label}{use.mnemonic} {', '.join(results + sources)}; }}"


def _operand(word: str, use: Use, number: int, registers: list[str]) -> str:
    """What is written for a word of a signature; registers that it needs are added."""
    word = filled(word, use)
    if word.startswith("["):
        return f"[{_register(_ADDRESS, registers)}]"
    if word == "_":
        return word
    if word == "label":
        return f"L{number}"
    if word.startswith("imm"):
        return word.removeprefix("imm").split("..")[1]
    count, part = count_of(word, use), word.partition("{")[0].partition(".")[2]
    names = [_register(type_of(word), registers, 16 if word.startswith("~") else 8) for _ in range(count or 1)]
    if part and number % 2:
        names[0] += _PARTS[part]
    return names[0] if count is None or (word.endswith("*") and count == 1) else "{" + ", ".join(names) + "}"


def _register(type_: PtxType, registers: list[str], smallest: int = 8) -> str:
    registers.append("pred" if type_.kind == "p" else f"b{max(type_.bits, smallest)}")
    return f"r{len(registers) - 1}"

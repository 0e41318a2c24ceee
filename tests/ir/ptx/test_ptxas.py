"""Whatever a record spells is PTX: NVIDIA's assembler takes every spelling. Skipped where there is none."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest
from crosswarp.ir.ptx.form import UNWRITTEN, Form, Use, filled
from crosswarp.ir.ptx.records import FORMS, find
from crosswarp.ir.ptx.spellings import spellings
from crosswarp.ir.ptx.types import PtxType
from crosswarp.ir.ptx.usual_order import FREE, key
from crosswarp.ir.ptx.words import count_of, type_of

PTXAS = shutil.which("ptxas")
OLDEST = 75
BATCH = 400
MOST = 60
"""Spellings of one record that are tried, roughly."""
PRIMES = (1, 7, 11, 17, 23, 31, 43, 61, 83, 113, 151)
ADDRESS = PtxType.parse("b64")
PARTS = {"part": ".h1", "lanes2": ".h31", "lanes4": ".b7053", "mask2": ".h1", "mask4": ".b31", "whole": ""}
pytestmark = pytest.mark.skipif(PTXAS is None, reason="NVIDIA's ptxas is not installed")


def _instruction(use: Use, form: Form, number: int) -> str:
    """The instruction with a register of the right type for every operand, in a block of its own."""
    declared: list[str] = []

    def register(type_: PtxType, smallest: int = 8) -> str:
        name = f"r{len(declared)}"
        held = "pred" if type_.kind == "p" else f"b{max(type_.bits, smallest)}"
        declared.append(f".reg .{held} {name};")
        return name

    def operand(word: str) -> str:
        word = filled(word, use)
        if word.startswith("["):
            return f"[{register(ADDRESS)}]"
        if word == "_":
            return word
        if word == "label":
            return f"L{number}"
        if word.startswith("imm"):
            return word.removeprefix("imm").split("..")[1]
        count, part = count_of(word, use), word.partition("{")[0].partition(".")[2]
        registers = [register(type_of(word), 16 if word.startswith("~") else 8) for _ in range(count or 1)]
        if part and number % 2:
            registers[0] += PARTS[part]
        return registers[0] if count is None or (word.endswith("*") and count == 1) else "{" + ", ".join(registers) + "}"

    results = [operand(word) for word in form.results if word not in UNWRITTEN]
    if form.paired:
        results[:2] = ["|".join(results[:2])]
    sources = [operand(word) for word in form.sources if word not in UNWRITTEN]
    label = f"L{number}: " if "label" in form.sources else ""
    return f"{{ {' '.join(declared)} {label}{use.mnemonic} {', '.join(results + sources)}; }}"


def _sample(mnemonics: list[str]) -> list[str]:
    """All, or some of them: the step is a prime that divides no number of alternatives, so each of these comes up."""
    step = next(prime for prime in PRIMES if prime == PRIMES[-1] or len(mnemonics) <= prime * MOST)
    return mnemonics[::step]


def _all() -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for form in FORMS:
        if 0 < form.until <= OLDEST:
            continue
        for mnemonic in _sample(list(spellings(form))):
            use = form.use(mnemonic)
            assert use is not None, mnemonic
            texts = found[max(form.since(use), OLDEST)]
            texts.append(_instruction(use, form, len(texts)))
    return found


TEXTS = _all()
BATCHES = [(sm, start) for sm, texts in TEXTS.items() for start in range(0, len(texts), BATCH)]


@pytest.mark.parametrize("sm, start", BATCHES)
def test_every_spelling_assembles(sm: int, start: int, tmp_path: Path) -> None:
    assert _problems(TEXTS[sm][start : start + BATCH], sm, tmp_path) == ""


def _problems(lines: list[str], sm: int, tmp_path: Path) -> str:
    """What `ptxas` says against these instructions."""
    arch = f"sm_{sm}{'a' if sm >= 90 else ''}"
    head = [".version 9.0", f".target {arch}", ".address_size 64", ".visible .entry k() {"]
    (tmp_path / "k.ptx").write_text("\n".join([*head, *lines, "ret; }", ""]))
    command = [str(PTXAS), f"-arch={arch}", "-O0", str(tmp_path / "k.ptx"), "-o", str(tmp_path / "k.cubin")]
    done = subprocess.run(command, capture_output=True, text=True)
    problems = sorted({(int(n), what) for n, what in re.findall(r"line (\d+); error\s*: (.*)", done.stderr)})
    said = "\n".join(f"{what}: {lines[n - 1 - len(head)]}" for n, what in problems[:20])
    return "" if done.returncode == 0 else said or done.stderr


def test_modifiers_in_other_orders_assemble(tmp_path: Path) -> None:
    """What is found in another order than a template's, `ptxas` takes in that order."""
    source, lines = random.Random(9), []
    for form in (form for form in FORMS if form.opcode in FREE and not form.until):
        spelled = list(spellings(form))
        for mnemonic in source.sample(spelled, min(2, len(spelled))):
            mixed = _shuffled(source, mnemonic)
            found = find(mixed)
            use = next((use for other, use in found if other is form), None)
            if use is not None and mixed != mnemonic:
                lines.append(_instruction(use, form, len(lines)).replace(f"{use.mnemonic} ", f"{mixed} "))
    assert len(lines) > 100
    assert _problems(lines, 100, tmp_path) == ""


def _shuffled(source: random.Random, mnemonic: str) -> str:
    """Types keep their order; the first word, which may be a part of the name, its place half of the time."""
    opcode, *words = mnemonic.split(".")
    first = [words.pop(0)] if words and source.random() < 0.5 else []
    _, types, _ = key(f"{opcode}.{'.'.join(words)}")
    source.shuffle(words)
    left = iter(types)
    return ".".join([opcode, *first, *(next(left) if word in types else word for word in words)])

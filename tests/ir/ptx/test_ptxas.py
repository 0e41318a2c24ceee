"""Whatever a record spells is PTX: NVIDIA's assembler takes every spelling. Skipped where there is none."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest
from crosswarp.ir.ptx.examples import example
from crosswarp.ir.ptx.records import FORMS, find
from crosswarp.ir.ptx.spellings import spellings
from crosswarp.ir.ptx.usual_order import FREE, key

PTXAS = shutil.which("ptxas")
OLDEST = 75
BATCH = 400
MOST = 60
"""Spellings of one record that are tried, roughly."""
PRIMES = (1, 7, 11, 17, 23, 31, 43, 61, 83, 113, 151)
pytestmark = pytest.mark.skipif(PTXAS is None, reason="NVIDIA's ptxas is not installed")


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
            texts.append(example(use, form, len(texts)))
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
                lines.append(example(use, form, len(lines)).replace(f"{use.mnemonic} ", f"{mixed} "))
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

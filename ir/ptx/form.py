"""What one record is: an instruction with all its modifiers, the types of its operands, and its meaning.

A signature reads `results = sources`. Words are types (`u32`, `pred`), `T` for the type of the form, or:

    ~T          the register may be wider than the type: sources are cut, results filled
    T{}         also a vector of equal parts, lowest first
    !pred       the predicate may be negated
    imm0..255   a constant in these bounds
    [shared]    memory of this state space; the meaning gets a pointer
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from crosswarp.ir.ptx.syntax import PtxType

# (emitter, type of the form, values of the sources) -> the result, a tuple of results, or None
Meaning = Callable[..., Any]


@dataclass(frozen=True)
class Form:
    """`effects`: the instruction must not execute where its guard is false. `rounds`: depends on denormals being kept."""

    mnemonic: str
    type: PtxType
    results: tuple[str, ...]
    sources: tuple[str, ...]
    meaning: Meaning
    effects: bool = False
    rounds: bool = False


def forms(mnemonic: str, types: str, signature: str, meaning: Meaning, *, effects: bool = False,
          rounds: bool = False) -> Iterable[Form]:
    """A form for each type; `T` in the mnemonic stands for it."""
    results, _, sources = signature.rpartition("=")
    for text in types.split():
        words = [tuple(w.replace("T", text) for w in side.split()) for side in (results, sources)]
        yield Form(mnemonic.replace("T", text), PtxType.parse(text), words[0], words[1], meaning, effects, rounds)

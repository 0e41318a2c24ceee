"""Modifiers of memory instructions: NVIDIA's assembler takes them in any order, records spell one.

Before: `atom.add.acquire.gpu.global.u32`
After:  `atom.acquire.gpu.global.add.u32`
"""

from __future__ import annotations

import re

_OPCODES = frozenset({"ld", "ldu", "st", "atom", "red", "mbarrier"})
_ORDER = [re.compile(words) for words in (
    "init|inval|arrive|arrive_drop|expect_tx|complete_tx|test_wait|try_wait|pending_count", "noComplete|parity",
    "mmio", "weak|volatile|relaxed|acquire|release|acq_rel", "cta|cluster|gpu|sys", r"(global|shared|local|param|const)(::\w+)?",
    "add|inc|dec|min|max|and|or|xor|exch|cas", "noftz", "ca|cg|cs|lu|cv|wb|wt", "nc", r"L1::\w+", r"L2::evict_\w+",
    "L2::cache_hint", r"L2::\d+B", r"v\d", r"[busf]\d+(x2)?|bf16(x2)?",
)]  # fmt: skip


def ordered(mnemonic: str) -> str:
    """The mnemonic with its modifiers in the order of the records, where all of them are known."""
    opcode, *modifiers = mnemonic.split(".")
    ranks = {word: _rank(word) for word in modifiers}
    if opcode not in _OPCODES or None in ranks.values():
        return mnemonic
    return ".".join([opcode, *sorted(modifiers, key=lambda word: ranks[word] or 0)])


def _rank(word: str) -> int | None:
    return next((rank for rank, pattern in enumerate(_ORDER) if pattern.fullmatch(word)), None)

"""The PTX version that inline PTX needs: a driver takes PTX of no version that it is older than, so the oldest one is written.

Source: the PTX ISA's "Release Notes", checked with `ptxas`. Listed is what the architectures' own versions (`archs.py`) lack.
"""

from __future__ import annotations

import re

_ASM = re.compile(r" asm (?:[a-z]+ )*\"([^\"]*)\"")
_WORDS = r"[\w.:]*"
_SINCE = [(version, re.compile("|".join(patterns))) for version, patterns in (
    (88, [rf"\b(?:ld|st)\.{_WORDS}(?:v8\.[bufs]32|v4\.[bufs]64)", r"\b(?:min|max)\.[\w.]*f32(?:[^;,]*,){3}"]),
    (87, [r"\bcvt\.rs\b", rf"\bmma\.{_WORDS}(?:kind::|m16n8k16{_WORDS}\.e[45]m|\.f16\.e[45]m)"]),
    (86, [r"sync_restrict", r"\bmbarrier\.(?:arrive|arrive_drop|test_wait|try_wait)(?:\.expect_tx|\.parity)*\.relaxed",
          rf"\bcp\.async\.bulk{_WORDS}\.shared::cta\.global", r"\bst\.bulk", r"\bclusterlaunchcontrol", r"\btcgen05",
          r"\bredux\.[\w.]*f32", r"\.f32x2", r"\.e2m1|\.e2m3|\.e3m2|\.ue8m0", r"\.cp_mask", r"\bcvt\.r[nz]\.[\w.]*satfinite\.tf32",
          r"\b(?:ld|st)matrix\.[\w.]*(?:m16n16|m16n8|m8n16)"]),
    (84, [rf"\bmma\.{_WORDS}\.e[45]m"]),
    (83, [r"\.b128\b", r"tensormap", r"::entry|::func"]),
    (82, [rf"\bwgmma\.{_WORDS}\.sp\b"]),
)]  # fmt: skip


def version_of(text: str) -> int:
    """The version that the asm statements of a module in LLVM's text need, as LLVM numbers it (83 is PTX 8.3); 0: any will do."""
    statements = ";".join(_ASM.findall(text))
    return next((version for version, pattern in _SINCE if pattern.search(statements)), 0)

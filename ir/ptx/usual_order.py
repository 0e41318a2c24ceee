"""PTX takes the modifiers of most instructions in any order: `add.f32.rn` is `add.rn.f32` (memory: `records.order`).

Only types keep theirs, and words that belong to the instruction's name (`mul.wide`, `cvt.pack`) follow it at once.
Source: what `ptxas` accepts; the PTX ISA's examples write `cvt.f64.bf16.rp`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from crosswarp.ir.ptx.form import Form
from crosswarp.ir.ptx.spellings import spellings
from crosswarp.ir.ptx.syntax import PtxError
from crosswarp.ir.ptx.types import PtxType

_FREE = (
    "abs add addc bfind bmsk copysign cos cvt cvta div ex2 fence fma ldmatrix lg2 lop3 mad mad24 madc match max "
    "min mov movmatrix mul mul24 neg prefetch prmt rcp redux rsqrt set setp shf shfl sin slct sqrt stmatrix sub subc "
    "szext tanh testp vabsdiff vabsdiff2 vabsdiff4 vadd vadd2 vadd4 vavrg2 vavrg4 vmad vmax vmax2 vmax4 vmin vmin2 vmin4 "
    "vote vset vset2 vset4 vshl vshr vsub vsub2 vsub4"
)
FREE = frozenset(_FREE.split())
"""Instructions whose modifiers may come in any order."""
_PRODUCT = ("lo", "hi", "wide")
_NAMES = {"mul": _PRODUCT, "mad": _PRODUCT, "madc": _PRODUCT, "div": ("full",), "shf": ("l", "r"), "cvt": ("pack",),
          "cvta": ("to",), "mul24": ("lo", "hi"), "mad24": ("lo", "hi"), "fence": ("proxy", "mbarrier_init")}  # fmt: skip

_TINY = ("u4", "s4", "u2", "s2")

Key = tuple[str, tuple[str, ...], tuple[str, ...]]


def key(mnemonic: str) -> Key:
    """The same for all orders of one instruction."""
    opcode, *words = mnemonic.split(".")
    name = words.pop(0) if words and words[0] in _NAMES.get(opcode, ()) else ""
    types = tuple(word for word in words if _is_type(word))
    return name, types, tuple(sorted(word for word in words if word not in types))


def table(forms: Iterable[Form]) -> dict[Key, str]:
    """The order that templates have, for every instruction of these forms."""
    return {key(mnemonic): mnemonic for form in forms for mnemonic in spellings(form)}


@cache
def _is_type(word: str) -> bool:
    if word in _TINY:
        return True
    try:
        PtxType.parse(word)
    except PtxError:
        return False
    return True

"""What asks for speed only: no effect is exact. Source: PTX ISA 8.8, `prefetch`, `applypriority`, `discard`, `createpolicy`,
`griddepcontrol`, `pmevent`, `setmaxnreg`.

Grids of a stream run one after the other here, so a grid that another one depends on has ended.
"""

from __future__ import annotations

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Use, forms
from crosswarp.ir.types import I64
from crosswarp.ir.values import Value

_PRIMARY = "(.L2::evict_last|.L2::evict_normal|.L2::evict_first|.L2::evict_unchanged)"
_SECONDARY = "(|.L2::evict_first|.L2::evict_unchanged)"


def _nothing(e: Emitter, t: Use, *operands: Value) -> None:
    """The operands are read, and that is all."""


def _policy(e: Emitter, t: Use, *operands: Value) -> Value:
    """Policies are opaque; accesses take no notice of them."""
    return ConstantInt(I64, 0)


FORMS = [
    *forms("prefetch(|.global|.local)(.L1|.L2)", "b64", "= []", _nothing),
    *forms("prefetch.global(.L2::evict_last|.L2::evict_normal)", "b64", "= []", _nothing, sm=80),
    *forms("prefetchu.L1", "b64", "= []", _nothing),
    *forms("applypriority[.global].L2::evict_normal", "b64", "= [] imm128..128", _nothing, sm=80),
    *forms("discard[.global].L2", "b64", "= [] imm128..128", _nothing, sm=80),
    *forms(f"createpolicy.fractional{_PRIMARY}{_SECONDARY}.T", "b64", "T = f32", _policy, sm=80),
    *forms(f"createpolicy.fractional{_PRIMARY}{_SECONDARY}.T", "b64", "T =", _policy, sm=80),
    *forms(f"createpolicy.range[.global]{_PRIMARY}{_SECONDARY}.T", "b64", "T = [] u32 u32", _policy, sm=80),
    *forms("createpolicy.cvt.L2.T", "b64", "T = b64", _policy, sm=80),
    *forms("griddepcontrol(.launch_dependents|.wait)", "b32", "=", _nothing, sm=90),
    *forms("pmevent", "b32", "= imm0..15", _nothing),
    *forms("pmevent.mask", "b32", "= imm0..65535", _nothing),
    *forms("setmaxnreg(.inc|.dec).sync.aligned.T", "u32", "= imm24..256", _nothing, sm=90),
]

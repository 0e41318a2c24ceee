"""Special registers. Source: PTX ISA 8.8, "Special Registers".

Those that have no value here are not listed: `%gridid`, `%envreg0` and on, performance monitors, what the system reserves of shared
memory, and the graph that launched a kernel.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.types import I1, I32, I64, IntType
from crosswarp.ir.values import Value

_SREG = "llvm.nvvm.read.ptx.sreg."
_VECTORS = {name: name for name in ("tid", "ntid", "ctaid", "nctaid", "clusterid", "nclusterid")}
_VECTORS |= {f"cluster_{name}": f"cluster.{name}" for name in ("ctaid", "nctaid")}
_NUMBERS = ("laneid", "warpid", "nwarpid", "smid", "nsmid", "clock", "dynamic_smem_size", "total_smem_size", "aggr_smem_size")
VECTORS = frozenset(f"%{name}" for name in _VECTORS)
"""Those that are read as `.v4`."""


@dataclass(frozen=True)
class SpecialRegister:
    """How wide it is, and what reads it. `halves`: 16-bit moves may read the lower half, as those of PTX 1 did."""

    bits: int
    read: Callable[[Emitter], Value]
    halves: bool = False


def _operation(name: str, bits: int = 32, *, changes: bool = False, prefix: str = _SREG) -> SpecialRegister:
    """What an operation gives; `changes`: it may differ from one read to the next."""
    return SpecialRegister(bits, lambda e: e.call(prefix + name, IntType(bits), convergent=changes))


def _nothing(e: Emitter) -> Value:
    """The fourth element of a vector is unused and zero."""
    return ConstantInt(I32, 0)


def _half(name: str, shift: int) -> SpecialRegister:
    """32 bits of a counter of 64."""
    def read(e: Emitter) -> Value:
        return e.resize(e.op("lshr", e.call(_SREG + name, I64, convergent=True), shift), 32)

    return SpecialRegister(32, read)


def _axes(name: str, operation: str) -> dict[str, SpecialRegister]:
    halves = name in ("tid", "ntid", "ctaid", "nctaid")
    found = {f"%{name}.{axis}": _operation(f"{operation}.{axis}") for axis in "xyz"}
    found[f"%{name}.w"] = SpecialRegister(32, _nothing)
    return {key: SpecialRegister(32, one.read, halves) for key, one in found.items()}


def _is_explicit(e: Emitter) -> Value:
    return e.call("llvm.nvvm.is_explicit_cluster", I1)


SPECIAL: dict[str, SpecialRegister] = {
    **{key: one for name, operation in _VECTORS.items() for key, one in _axes(name, operation).items()},
    **{f"%cluster_{name}": _operation(f"cluster.{name}") for name in ("ctarank", "nctarank")},
    **{f"%{name}": _operation(name, changes=name == "clock") for name in _NUMBERS},
    **{f"%lanemask_{name}": _operation(f"lanemask.{name}") for name in ("eq", "lt", "le", "gt", "ge")},
    **{f"%{name}": _operation(name, 64, changes=True) for name in ("clock64", "globaltimer")},
    "%globaltimer_lo": _half("globaltimer", 0),
    "%globaltimer_hi": _half("globaltimer", 32),
    "%clock_hi": _half("clock64", 32),
    "%is_explicit_cluster": SpecialRegister(1, _is_explicit),
}

"""Special registers. Source: PTX ISA 8.8, "Special Registers"."""

from __future__ import annotations

_SREG = "llvm.nvvm.read.ptx.sreg."
SPECIAL: dict[str, tuple[str, int]] = {
    **{f"%{name}.{axis}": (f"{_SREG}{name}.{axis}", 32) for name in ("tid", "ntid", "ctaid", "nctaid", "clusterid", "nclusterid")
       for axis in "xyz"},
    **{f"%cluster_{name}.{axis}": (f"{_SREG}cluster.{name}.{axis}", 32) for name in ("ctaid", "nctaid") for axis in "xyz"},
    **{f"%cluster_{name}": (f"{_SREG}cluster.{name}", 32) for name in ("ctarank", "nctarank")},
    **{f"%{name}": (_SREG + name, 32) for name in ("laneid", "warpid", "nwarpid", "smid", "nsmid", "clock")},
    **{f"%lanemask_{name}": (f"{_SREG}lanemask.{name}", 32) for name in ("eq", "lt", "le", "gt", "ge")},
    "%clock64": (f"{_SREG}clock64", 64),
    "%globaltimer": (f"{_SREG}globaltimer", 64),
}
"""The operation that reads a special register, and its width."""

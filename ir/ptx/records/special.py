"""Special registers. Source: PTX ISA 8.8, "Special Registers"."""

from __future__ import annotations

_SREG = "llvm.nvvm.read.ptx.sreg."
SPECIAL: dict[str, tuple[str, int]] = {
    **{f"%{name}.{axis}": (f"{_SREG}{name}.{axis}", 32) for name in ("tid", "ntid", "ctaid", "nctaid") for axis in "xyz"},
    **{f"%{name}": (_SREG + name, 32) for name in ("laneid", "warpid", "clock")},
    **{f"%lanemask_{name}": (f"{_SREG}lanemask.{name}", 32) for name in ("eq", "lt", "le", "gt", "ge")},
    "%clock64": (f"{_SREG}clock64", 64),
}
"""The operation that reads a special register, and its width."""

"""PTX's types: what registers and instructions are declared with. Source: PTX ISA 8.8, "Types"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from crosswarp.ir.ptx.syntax import PtxError
from crosswarp.ir.types import BFLOAT, DOUBLE, FLOAT, HALF, FloatType, IntType, Type, VectorType

_FLOATS: dict[str, FloatType] = {"f16": HALF, "bf16": BFLOAT, "f32": FLOAT, "f64": DOUBLE}
_NAME = re.compile(r"(b|u|s|f|bf)(\d+)(?:x(\d))?")
_WIDTHS = {"b": (8, 16, 32, 64, 128), "u": (8, 16, 32, 64), "s": (8, 16, 32, 64)}
_NARROW = {"e4m3": 8, "e5m2": 8, "e4m3x2": 16, "e5m2x2": 16, "e2m1x2": 8, "e2m3x2": 16, "e3m2x2": 16, "ue8m0x2": 16, "tf32": 32}


@dataclass(frozen=True)
class PtxType:
    """`kind` is `b u s f`, or `p` for predicates of one bit; `bits` of all `lanes` together, as a register holds them.

    Formats that no LLVM type has (`e4m3x2`, `tf32`) are bits: their encoding is the record's concern.
    """

    name: str
    kind: str
    bits: int
    lanes: int = 1

    @staticmethod
    @cache
    def parse(text: str) -> PtxType:
        """`u32`, `pred`, `f16x2`. Raises `PtxError` for what is no type."""
        if text == "pred":
            return PtxType(text, "p", 1)
        if text in _NARROW:
            return PtxType(text, "b", _NARROW[text], 2 if text.endswith("x2") else 1)
        found = _NAME.fullmatch(text)
        if found is None or not _exists(found[1], int(found[2])):
            raise PtxError(f"the type '.{text}'")
        lanes = int(found[3] or 1)
        return PtxType(text, "f" if found[1] == "bf" else found[1], int(found[2]) * lanes, lanes)

    @property
    def signed(self) -> bool:
        """Whether wider results are filled with the sign."""
        return self.kind == "s"

    @property
    def ir(self) -> Type:
        """What meanings compute with: integers, floats, and vectors where there are lanes."""
        base, _, lanes = self.name.partition("x")
        kind: Type = _FLOATS[base] if self.kind == "f" else IntType(self.bits // (self.lanes if self.kind in "us" else 1))
        return VectorType(int(lanes), kind) if lanes and self.kind in "usf" else kind

    @property
    def register(self) -> IntType:
        """What registers hold: integers as wide."""
        return IntType(self.bits)


def _exists(kind: str, bits: int) -> bool:
    return f"{kind}{bits}" in _FLOATS if kind in ("f", "bf") else bits in _WIDTHS[kind]


PREDICATE = PtxType.parse("pred")

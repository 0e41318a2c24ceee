"""Products of matrices with a scale for each block: `mma` with `.block_scale`. Source: PTX ISA 8.8, the same section as `mma`.

`ir/ptx/matrix/scaled.py` says where scales lie.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Form, Use, forms
from crosswarp.ir.ptx.matrix.layout import NARROW, PACKED, Shape
from crosswarp.ir.ptx.matrix.outline import called
from crosswarp.ir.ptx.matrix.scaled import ScaledProduct
from crosswarp.ir.values import Value


@dataclass(frozen=True)
class _Scaled:
    """The forms of one kind. `vector` says how many scales a row of A has, and is written so; `usual`: it may be left out."""

    kind: str
    shape: str
    kinds: tuple[str, ...]
    vector: str
    usual: bool
    scale: str

    def forms(self) -> Iterable[Form]:
        """One record."""
        vector = f"[.scale_vec::{self.vector}]" if self.usual else f".scale_vec::{self.vector}"
        shape, kind = f".{self.shape}.row.col", f".kind::{self.kind}.block_scale{vector}"
        either = f"({'|'.join(f'.{kind}' for kind in self.kinds)})" if len(self.kinds) > 1 else f".{self.kinds[0]}"
        # CUTLASS writes the kind before the shape.
        template = f"mma.sync.aligned({shape}{kind}|{kind}{shape}).f32{either}{either}.f32.{self.scale}"
        signature = "f32{4} = b32{4} b32{2} f32{4} b32{} b16{2} b32{} b16{2}"
        return forms(template, "b32", signature, self._meaning, effects=True, sm=120)

    def _meaning(self, e: Emitter, t: Use, *operands: Any) -> tuple[Value, ...]:
        a, b, c, scale_a, from_a, scale_b, from_b = operands
        first, second = ([m for m in t.modifiers if m in self.kinds] * 2)[:2]
        packed = self.shape == "m16n8k64"
        product = ScaledProduct(Shape(self.shape, PACKED if packed else first), PACKED if packed else second, self.scale,
                                int(self.vector[0]))
        groups: list[Sequence[Value]] = [a, b, c, (scale_a, *from_a), (scale_b, *from_b)]
        return called(e, f"__cw.{t.mnemonic}", product.emit, *groups)


_ALL = (
    _Scaled("mxf8f6f4", "m16n8k32", NARROW, "1X", True, "ue8m0"),
    _Scaled("mxf4", "m16n8k64", ("e2m1",), "2X", True, "ue8m0"),
    _Scaled("mxf4nvf4", "m16n8k64", ("e2m1",), "2X", False, "ue8m0"),
    _Scaled("mxf4nvf4", "m16n8k64", ("e2m1",), "4X", False, "ue4m3"),
)
FORMS = [form for record in _ALL for form in record.forms()]

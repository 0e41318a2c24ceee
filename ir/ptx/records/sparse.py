"""Products with a matrix half of which is zero: `mma.sp`. Source: PTX ISA 8.8, "Multiply-and-Accumulate Instruction: mma.sp".

`ir/ptx/matrix/sparse.py` says where the elements that are left stood.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Form, Use, forms
from crosswarp.ir.ptx.matrix.elements import Accumulator
from crosswarp.ir.ptx.matrix.layout import NARROW, Shape
from crosswarp.ir.ptx.matrix.outline import called
from crosswarp.ir.ptx.matrix.sparse import SparseProduct, Sparsity
from crosswarp.ir.values import Value

# Kinds of A and B, of C and D, shapes, and the first architecture. Where A and B may differ all pairs are meant.
_KINDS = (
    (("f16",), ("f16", "f32"), ("m16n8k16", "m16n8k32"), 80),
    (("bf16",), ("f32",), ("m16n8k16", "m16n8k32"), 80),
    (("tf32",), ("f32",), ("m16n8k8", "m16n8k16"), 80),
    (("s8", "u8"), ("s32",), ("m16n8k32", "m16n8k64"), 80),
    (("s4", "u4"), ("s32",), ("m16n8k64", "m16n8k128"), 80),
    (("e4m3", "e5m2"), ("f32",), ("m16n8k64",), 89),
    (("e4m3", "e5m2"), ("f16",), ("m16n8k64",), 120),
)
# From here on metadata in any order is gone.
_ORDERED_ONLY = 120
_KIND = ".kind::f8f6f4"


@dataclass(frozen=True)
class _SparseMma:
    """The forms of one shape; `sums` is the kind of C and D."""

    shape: Shape
    kinds: tuple[str, ...]
    sums: str
    sm: int
    middle: str = ""
    end: str = ""
    narrow: bool = False

    def forms(self) -> Iterable[Form]:
        """One record."""
        a, b, elements = self.shape.registers
        held = Accumulator(self.sums)
        c = f"{held.word}{{{elements // held.in_register}}}"
        either = f"({'|'.join(f'.{kind}' for kind in self.kinds)})" if len(self.kinds) > 1 else f".{self.kinds[0]}"
        shape = f".{self.shape.name}.row.col{self.middle}"
        variant = "(.sp|.sp::ordered_metadata)" if self.sm < _ORDERED_ONLY else ".sp::ordered_metadata"
        if self.narrow:  # CUTLASS writes the kind before the shape
            shape = f"({shape}{_KIND}|{_KIND}{shape})"
        template = f"mma{variant}.sync.aligned{shape}.{self.sums}{either}{either}.{self.sums}{self.end}"
        last = 4 // Sparsity(self.shape.kind, self.shape.sides[2]).lanes - 1
        signature = f"{c} = b32{{{a // 2}}} b32{{{b}}} {c} b32 imm0..{last}"
        yield from forms(template, "b32", signature, self._meaning, effects=True, sm=self.sm)

    def _meaning(self, e: Emitter, t: Use, *operands: Any) -> tuple[Value, ...]:
        *fragments, metadata, selector = operands
        assert isinstance(selector, ConstantInt)
        first, second = ([m for m in t.modifiers if m in self.kinds] * 2)[:2]
        held = Accumulator(self.sums, "satfinite" in t)
        product = SparseProduct(Shape(self.shape.name, first), second, held, t.modifiers, selector.value)
        return called(e, f"__cw.{t.mnemonic}.{selector.value}", product.emit, *fragments, [metadata])


_ENDS = {"s32": (("[.satfinite]", ""), ("", ".satfinite"))}  # PTX ISA and CUTLASS; ptxas takes both
_ALL = [
    *(_SparseMma(Shape(shape, kinds[0]), kinds, sums, sm, middle, end)
      for kinds, results, shapes, sm in _KINDS for sums in results for shape in shapes
      for middle, end in _ENDS.get(sums, (("", ""),))),
    *(_SparseMma(Shape("m16n8k64", NARROW[0]), NARROW, sums, 120, narrow=True) for sums in ("f16", "f32")),
]
FORMS = [form for record in _ALL for form in record.forms()]

"""Products of matrices that a warp holds: `mma`. Source: PTX ISA 8.8, "Warp Level Matrix Multiply-Accumulate Instructions".

`ir/ptx/matrix/` says who holds what, and in which order sums are made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Form, Use, forms
from crosswarp.ir.ptx.matrix.elements import Accumulator
from crosswarp.ir.ptx.matrix.layout import NARROW, Shape
from crosswarp.ir.ptx.matrix.product import Product
from crosswarp.ir.ptx.matrix.quad_pairs import QuadPairProduct
from crosswarp.ir.values import Value

# Kinds of A and B, of C and D, and for each shape the first architecture. Where A and B may differ all pairs are meant.
_FLOATS = (
    (("f16",), ("f16", "f32"), {"m16n8k8": 75, "m16n8k16": 80}),
    (("bf16",), ("f32",), {"m16n8k8": 80, "m16n8k16": 80}),
    (("tf32",), ("f32",), {"m16n8k4": 80, "m16n8k8": 80}),
    (("f64",), ("f64",), {"m8n8k4": 80, "m16n8k4": 90, "m16n8k8": 90, "m16n8k16": 90}),
    (("e4m3", "e5m2"), ("f16", "f32"), {"m16n8k16": 89, "m16n8k32": 89}),
)
_INTEGERS = (
    (("s8", "u8"), {"m8n8k16": 75, "m16n8k16": 80, "m16n8k32": 80}),
    (("s4", "u4"), {"m8n8k32": 75, "m16n8k32": 80, "m16n8k64": 80}),
)
_BITS = {"m8n8k128": 75, "m16n8k128": 80, "m16n8k256": 80}


@dataclass(frozen=True)
class _Mma:
    """The forms of one shape; `sums` is the kind of C and D, `end` what follows it."""

    shape: str
    kinds: tuple[str, ...]
    sums: str
    sm: int
    middle: str = ""
    end: str = ""
    kind: str = ""

    def forms(self) -> Iterable[Form]:
        """One record."""
        a, b, elements = Shape(self.shape, self.kinds[0]).registers
        held = Accumulator(self.sums)
        c = f"{held.word}{{{elements // held.in_register}}}"
        word = "f64" if self.kinds == ("f64",) else "b32"
        either = f"({'|'.join(f'.{kind}' for kind in self.kinds)})" if len(self.kinds) > 1 else f".{self.kinds[0]}"
        shape = f".{self.shape}.row.col{self.middle}"
        if self.kind:  # CUTLASS writes it before the shape
            shape = f"({shape}{self.kind}|{self.kind}{shape})"
        template = f"mma.sync.aligned{shape}.{self.sums}{either}{either}.{self.sums}{self.end}"
        return forms(template, "b32", f"{c} = {word}{{{a}}} {word}{{{b}}} {c}", self._meaning, effects=True, sm=self.sm)

    def _meaning(self, e: Emitter, t: Use, *fragments: Sequence[Value]) -> tuple[Value, ...]:
        first, second = ([m for m in t.modifiers if m in self.kinds] * 2)[:2]
        held = Accumulator(self.sums, "satfinite" in t)
        return Product(Shape(self.shape, first), second, held, held, t.modifiers).called(e, f"__cw.{t.mnemonic}", *fragments)


def _quad_pairs(sums: str, given: str) -> Iterable[Form]:
    def meaning(e: Emitter, t: Use, *fragments: Sequence[Value]) -> tuple[Value, ...]:
        layouts = [m for m in t.modifiers if m in ("row", "col")]
        return QuadPairProduct((layouts[0], layouts[1]), sums, given).called(e, f"__cw.{t.mnemonic}", *fragments)

    d, c = (f"{Accumulator(kind).word}{{{8 // Accumulator(kind).in_register}}}" for kind in (sums, given))
    template = f"mma.sync.aligned.m8n8k4(.row|.col)(.row|.col).{sums}.f16.f16.{given}"
    return forms(template, "b32", f"{d} = b32{{2}} b32{{2}} {c}", meaning, effects=True, sm=70)


def _all() -> list[Form]:
    made: list[_Mma] = []
    for kinds, results, shapes in _FLOATS:
        made += [_Mma(shape, kinds, sums, sm) for sums in results for shape, sm in shapes.items()]
    for kinds, shapes in _INTEGERS:
        made += [_Mma(shape, kinds, "s32", sm, "[.satfinite]") for shape, sm in shapes.items()]
        made += [_Mma(shape, kinds, "s32", sm, end=".satfinite") for shape, sm in shapes.items()]
    made += [_Mma("m16n8k32", NARROW, sums, 120, kind=".kind::f8f6f4") for sums in ("f16", "f32")]
    for shape, sm in _BITS.items():
        made += [_Mma(shape, ("b1",), "s32", since, end=f".{op}.popc") for op, since in (("xor", sm), ("and", 80))]
    return [form for record in made for form in record.forms()]


FORMS = [*_all(), *_quad_pairs("f16", "f16"), *_quad_pairs("f32", "f32"), *_quad_pairs("f32", "f16")]

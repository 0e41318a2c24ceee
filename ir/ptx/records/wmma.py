"""`wmma`: matrices that a warp loads, multiplies and stores as a whole. Source: PTX ISA 8.8, "Matrix multiply-accumulate: wmma".

Which lane holds what is left open there; here it is as for `mma`. Elements of f16 stand more than once where there are registers
left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Form, Meaning, Use, forms
from crosswarp.ir.ptx.matrix.elements import Accumulator
from crosswarp.ir.ptx.matrix.fragments import Fragment
from crosswarp.ir.ptx.matrix.layout import Shape
from crosswarp.ir.ptx.matrix.product import Product
from crosswarp.ir.types import I32
from crosswarp.ir.values import Value

_SPACES = "(|.global|.shared|.shared::cta)"
_BIG = ("m16n16k16", "m32n8k16", "m8n32k16")
_F16_REGISTERS = 8
_EITHER = "(.row|.col)"


@dataclass(frozen=True)
class _Wmma:
    """The forms of one shape and kind of A and B. `layouts` are those of A and B."""

    shape: Shape
    sums: tuple[str, ...]
    sm: int
    layouts: tuple[str, str] = (_EITHER, _EITHER)
    middle: str = ""
    ends: tuple[str, ...] = ("",)

    @property
    def kind(self) -> str:
        """Of A and B."""
        return self.shape.kind

    def _registers(self, matrix: str, kind: str) -> str:
        """The word of a signature for a fragment."""
        a, b, c = self.shape.registers
        if matrix == "c":
            held = Accumulator(kind)
            return f"{held.word}{{{c // held.in_register}}}"
        count = _F16_REGISTERS if kind == "f16" else a if matrix == "a" else b
        return f"{'f64' if kind == 'f64' else 'b32'}{{{count}}}"

    def moves(self) -> Iterable[Form]:
        """Loads of A, B and C, stores of D."""
        for matrix, layout in zip("ab", self.layouts, strict=True):
            yield from self._move(f"load.{matrix}", matrix, layout, self.kind)
        for kind in self.sums:
            yield from self._move("load.c", "c", _EITHER, kind)
            yield from self._move("store.d", "c", _EITHER, kind)

    def _move(self, name: str, matrix: str, layout: str, kind: str) -> Iterable[Form]:
        word = self._registers(matrix, kind)
        template = f"wmma.{name}.sync.aligned{layout}.{self.shape.name}{_SPACES}.{kind}"
        fragments = {by: Fragment(self.shape, matrix, kind, by == "row") for by in ("row", "col")}

        def load(e: Emitter, t: Use, pointer: Value, pitch: Value | None = None) -> tuple[Value, ...]:
            fragment = fragments[t.pick("row", "col")]
            found = fragment.load(e, pointer, pitch or ConstantInt(I32, fragment.pitch))
            repeated = _F16_REGISTERS // len(found) if matrix != "c" and kind == "f16" else 1
            return tuple(found * repeated)

        def store(e: Emitter, t: Use, pointer: Value, values: Sequence[Value], pitch: Value | None = None) -> None:
            fragment = fragments[t.pick("row", "col")]
            fragment.store(e, pointer, pitch or ConstantInt(I32, fragment.pitch), values)

        for stride in ("", " b32"):
            if name == "store.d":
                yield from forms(template, "b32", f"= [] {word}{stride}", store, effects=True, sm=self.sm)
            else:
                yield from forms(template, "b32", f"{word} = []{stride}", load, effects=True, sm=self.sm)

    def products(self) -> Iterable[Form]:
        """D = A B + C."""
        for d, c, end in product(self.sums, self.sums, self.ends):
            op = f".{end}.popc" if end else ""
            kinds = f"{d}.{c}" if self.kind == "f16" else f"{d}.{self.kind}.{self.kind}.{c}"
            template = f"wmma.mma{op}.sync.aligned{''.join(self.layouts)}.{self.shape.name}.{kinds}{self.middle}"
            words = [self._registers("a", self.kind), self._registers("b", self.kind), self._registers("c", c)]
            signature = f"{self._registers('c', d)} = {' '.join(words)}"
            yield from forms(template, "b32", signature, self._meaning(c, d), effects=True, sm=80 if end == "and" else self.sm)

    def _meaning(self, given: str, result: str) -> Meaning:
        a_count, b_count, _ = self.shape.registers

        def meaning(e: Emitter, t: Use, a: Sequence[Value], b: Sequence[Value], c: Sequence[Value]) -> tuple[Value, ...]:
            clamped = "satfinite" in t
            held, made = Accumulator(given, clamped), Accumulator(result, clamped)
            whole = Product(self.shape, self.kind, held, made, t.modifiers)
            return whole.called(e, f"__cw.{t.mnemonic}", a[:a_count], b[:b_count], c)

        return meaning


_ONE_WAY = (".row", ".col")
_ALL = [
    *(_Wmma(Shape(shape, "f16"), ("f16", "f32"), 70) for shape in _BIG),
    *(_Wmma(Shape(shape, "bf16"), ("f32",), 80) for shape in _BIG),
    *(_Wmma(Shape(shape, kind), ("s32",), 72, middle="[.satfinite]") for shape in _BIG for kind in ("s8", "u8")),
    *(_Wmma(Shape("m8n8k32", kind), ("s32",), 75, _ONE_WAY, "[.satfinite]") for kind in ("s4", "u4")),
    _Wmma(Shape("m8n8k128", "b1"), ("s32",), 75, _ONE_WAY, ends=("xor", "and")),
    _Wmma(Shape("m16n16k8", "tf32"), ("f32",), 80),
    _Wmma(Shape("m8n8k4", "f64"), ("f64",), 80),
]


def _once(made: Iterable[Form]) -> list[Form]:
    """Fragments of C are the same for several kinds of A."""
    return list({(form.template, form.results, form.sources): form for form in made}.values())


FORMS = [*_once(form for record in _ALL for form in record.moves()), *(form for record in _ALL for form in record.products())]

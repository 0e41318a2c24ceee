"""What a call of `@__cw.tile.<PTX mnemonic>` means: which matrices it takes and gives, and in which of its operands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from crosswarp.ir.instructions import Call
from crosswarp.ir.ptx.matrix.layout import ELEMENTS, Shape
from crosswarp.ir.tiles.canonical import canonical
from crosswarp.ir.tiles.layout import Layout
from crosswarp.ir.tiles.names import DENSE, SIDE_BY_SIDE, TILE
from crosswarp.ir.tiles.native import ELEMENT_TYPES
from crosswarp.ir.types import Type, bits_of
from crosswarp.ir.values import Value

_SHAPE = re.compile(r"m\d+n\d+k\d+")
_LETTERS = {"load": "abc", "store": "d"}


@dataclass(frozen=True)
class Matrix:
    """One of the matrices `a b c` of a shape, of elements of `kind`. C and D are alike."""

    shape: Shape
    letter: str
    kind: str

    @cached_property
    def layout(self) -> Layout:
        """Which lane holds which element in the instruction's registers."""
        return canonical(self.shape, self.letter)

    @property
    def element(self) -> Type:
        """LLVM's type of an element."""
        return ELEMENT_TYPES[self.kind]

    @property
    def in_register(self) -> int:
        """Elements in one of the instruction's registers."""
        if self.letter != "c":
            return ELEMENTS[self.kind]
        return 2 if self.kind == "f16" else 1

    @property
    def registers(self) -> int:
        """Registers that hold it; an instruction may have more, which hold the same again."""
        return self.layout.size("register") // self.in_register

    @property
    def sides(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.layout.size("row"), self.layout.size("column")


@dataclass(frozen=True)
class Load:
    """`wmma.load`: operands are the pointer and, unless `dense`, the stride in elements. `parts`: matrices of PTX side by side."""

    matrix: Matrix
    by_rows: bool
    dense: bool
    parts: int = 1


@dataclass(frozen=True)
class Store:
    """`wmma.store`: operands are the pointer, the registers and, unless `dense`, the stride in elements."""

    matrix: Matrix
    by_rows: bool
    dense: bool


@dataclass(frozen=True)
class Product:
    """`mma`, `wmma.mma`: operands are the registers of A, B and C. `modifiers` are those that change what is computed."""

    a: Matrix
    b: Matrix
    c: Matrix
    d: Matrix
    modifiers: frozenset[str]
    is_open: bool

    @property
    def kinds(self) -> tuple[str, str, str, str]:
        """Of A, B, C and D."""
        return self.a.kind, self.b.kind, self.c.kind, self.d.kind


Operation = Load | Store | Product


def operation_of(call: Call) -> Operation | None:
    """The meaning of a call; None for what is no matrix operation, or one whose registers are not understood here."""
    name = call.callee_name or ""
    return operation_named(name.removeprefix(TILE)) if name.startswith(TILE) else None


@cache
def operation_named(name: str) -> Operation | None:
    """The meaning of a mnemonic, `.dense` for a missing stride behind it; None as above."""
    whole = name.removesuffix(SIDE_BY_SIDE)
    words = whole.split(".")
    found = _SHAPE.search(name)
    if found is None or words[0] not in ("mma", "wmma") or "sp" in words or "sp::ordered_metadata" in words:
        return None
    if words[0] == "wmma" and words[1] in _LETTERS:
        move = _move(words, found[0], whole.endswith(DENSE))
        return replace(move, parts=2) if isinstance(move, Load) and whole != name else move
    return _product(words, found[0])


def _move(words: Sequence[str], shape: str, dense: bool) -> Operation:
    kind = words[-2] if dense else words[-1]
    letter = words[2].replace("d", "c")
    # C's layout is the same for every kind of A and B that the shape has.
    matrix = Matrix(Shape(shape, kind if letter != "c" else _factor(shape, kind)), letter, kind)
    return (Load if words[1] == "load" else Store)(matrix, "row" in words, dense)


def _factor(shape: str, kind: str) -> str:
    """A kind of A and B that goes with C's."""
    return {"m16n16k8": "tf32", "m8n8k4": "f64", "m8n8k32": "s4", "m8n8k128": "b1"}.get(shape, "s8" if kind == "s32" else "f16")


def _product(words: Sequence[str], shape: str) -> Product | None:
    kinds = [word for word in words if word in ELEMENTS or word in ("f32", "s32")]
    if len(kinds) == 2:  # wmma of f16: D and C are named only
        kinds = [kinds[0], "f16", "f16", kinds[1]]
    known = len(kinds) == 4 and ELEMENT_TYPES.keys() >= {*kinds}
    if not known or (shape == "m8n8k4" and kinds[1] == "f16"):  # four products of quad pairs
        return None
    d, a, b, c = kinds
    of = Shape(shape, a)
    modifiers = frozenset(word for word in words if word in ("satfinite", "xor", "and"))
    return Product(Matrix(of, "a", a), Matrix(Shape(shape, b), "b", b), Matrix(of, "c", c), Matrix(of, "c", d), modifiers,
                   words[0] == "wmma")


def operands(call: Call, product: Product) -> tuple[list[Value], list[Value], list[Value]]:
    """The registers of A, B and C in a product's arguments, without those that hold the same again."""
    values = call.arguments
    c_count = product.c.registers
    both = len(values) - c_count
    # A and B of `wmma` with f16 have eight registers each, whatever the shape; of other instructions what they need.
    a_count = both // 2 if product.is_open and product.a.kind == "f16" else product.a.registers
    return values[:a_count][: product.a.registers], values[a_count:both][: product.b.registers], values[both:]


def register_bits(value: Value) -> int:
    """Bits of a register's value."""
    bits = bits_of(value.type)
    assert bits is not None
    return bits

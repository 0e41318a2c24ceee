"""What the CPU does for a matrix operation, read from its name: `wmma.load.a.sync.aligned.row.m16n16k16.f16` and its kin.

A form that is not known here keeps its exact meaning (`expand-tiles`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from crosswarp.ir.tiles.names import TILE
from crosswarp.ir.tiles.operations import Load, Matrix, Product, Store, operation_named
from crosswarp.ir.types import DOUBLE, FLOAT, I32, Type

KINDS = ("f16", "bf16", "tf32", "e4m3", "e5m2", "f32", "f64", "s8", "u8", "s4", "u4", "b1", "s32")
"""Numbers are those of `Kind` in devicelib/runtime/tiles/tiles.h."""
ROUNDED, TRUNCATED, SATURATED, AND_BITS = 2, 4, 8, 16
_BITS, _LINE_BYTES = 32, 64

_ROWS = re.compile(r"(?P<op>ld|st)matrix\.sync\.aligned\.(?P<middle>[\w.:]*)\.b16")
_TURN = "movmatrix.sync.aligned.m8n8.trans.b16"
_DEPTHS = {"floats": (4, 8, 16, 32), "doubles": (4, 8, 16), "integers": (16, 32, 64), "bits": (4, 8)}


@dataclass(frozen=True)
class Held:
    """A matrix as one lane holds it: `matrix` is a, b or c; of bits, the inner dimension counts words of 32.

    `registers`: how many different registers a lane has of it; `words`: 32-bit words of each.
    """

    kind: str
    matrix: str
    height: int
    width: int
    registers: int

    @property
    def element(self) -> Type:
        """Of the memory in which it is held."""
        return DOUBLE if self.kind == "f64" else I32 if self.kind[0] in "sub" and self.kind != "bf16" else FLOAT

    @property
    def words(self) -> int:
        """Of 32 bits, in a register."""
        return 2 if self.kind == "f64" else 1

    @property
    def count(self) -> int:
        """Elements held."""
        return self.height * self.width

    @property
    def is_elementwise(self) -> bool:
        """Whether a register is one element, with the bits that memory holds."""
        return self.kind in ("f32", "f64", "s32", "tf32")

    @property
    def numbers(self) -> tuple[int, int, int, int]:
        """Kind, matrix, height and width as the run-time library takes them."""
        return KINDS.index(self.kind), "abc".index(self.matrix), self.height, self.width


@dataclass(frozen=True)
class Move:
    """A load or store of a whole matrix. `pitch`: elements between lines where no stride is given."""

    is_load: bool
    held: Held
    by_rows: bool
    pitch: int


@dataclass(frozen=True)
class Multiply:
    """D = A B + C, by the run-time library's `function`; `how` are its flags."""

    product: Product
    a: Held
    b: Held
    c: Held
    d: Held
    function: str
    how: int

    @property
    def depth(self) -> int:
        """Of the inner dimension."""
        return self.a.width


@dataclass(frozen=True)
class Rows:
    """`ldmatrix`, `stmatrix`, `movmatrix`: `function` of the run-time library; registers."""

    function: str
    count: int
    transposed: bool


TileForm = Move | Multiply | Rows


@cache
def form_of(name: str) -> TileForm | None:
    """The form of the operation `__cw.tile.<mnemonic>`, if it is known."""
    mnemonic = name.removeprefix(TILE)
    if mnemonic == _TURN:
        return Rows("transpose", 1, True)
    if found := _ROWS.fullmatch(mnemonic):
        count = re.search(r"x([124])", found["middle"])
        return Rows("load_rows" if found["op"] == "ld" else "store_rows", int(count[1]) if count else 1, "trans" in found["middle"])
    operation = operation_named(mnemonic)
    return _multiply(operation) if isinstance(operation, Product) else _move(operation) if operation is not None else None


def cost_of(product: Product) -> int | None:
    """What a product costs beside others: rows of D fill vectors of 64 bytes, or leave a part of them empty."""
    form = _multiply(product)
    return form.a.count * max(form.d.width, _LINE_BYTES // (4 * form.d.words)) if form is not None else None


def _held(matrix: Matrix) -> Held:
    height, width = matrix.sides
    if matrix.kind == "b1":
        height, width = (height, width // _BITS) if matrix.letter == "a" else (height // _BITS, width)
    return Held(matrix.kind, matrix.letter, height, width, matrix.registers)


def _move(operation: Load | Store) -> Move:
    held, by_rows = _held(operation.matrix), operation.by_rows
    inner = held.width if by_rows else held.height
    return Move(isinstance(operation, Load), held, by_rows, inner * (_BITS if held.kind == "b1" else 1))


def _multiply(product: Product) -> Multiply | None:
    a, b, c, d = (_held(matrix) for matrix in (product.a, product.b, product.c, product.d))
    if any(held.kind not in KINDS for held in (a, b, c, d)):
        return None
    function = {"f64": "doubles", "s32": "bits" if a.kind == "b1" else "integers"}.get(d.kind, "floats")
    if a.width not in _DEPTHS[function]:
        return None
    modifiers = product.modifiers
    how = ROUNDED * (d.kind == "f16") + TRUNCATED * (a.kind == "tf32") + AND_BITS * ("and" in modifiers)
    return Multiply(product, a, b, c, d, function, how + SATURATED * ("satfinite" in modifiers))

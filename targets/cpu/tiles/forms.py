"""What the CPU does for a matrix operation, read from its name: `wmma.load.a.sync.aligned.row.m16n16k16.f16` and its kin.

A form that is not known here keeps its exact meaning (`expand-tiles`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from crosswarp.ir.ptx.matrix.layout import ELEMENTS, Shape
from crosswarp.ir.tiles.names import DENSE, TILE
from crosswarp.ir.types import DOUBLE, FLOAT, I32, Type

KINDS = ("f16", "bf16", "tf32", "e4m3", "e5m2", "f32", "f64", "s8", "u8", "s4", "u4", "b1", "s32")
"""Numbers are those of `Kind` in devicelib/runtime/tiles/tiles.h."""
ROUNDED, TRUNCATED, SATURATED, AND_BITS = 2, 4, 8, 16
_BITS = 32

_SHAPE = r"(?P<shape>m\d+n\d+k\d+)"
_KIND = "|".join(KINDS)
_MOVE = re.compile(rf"wmma\.(?P<op>load|store)\.(?P<matrix>[abcd])\.sync\.aligned\.(?P<by>row|col)\.{_SHAPE}"
                   rf"(?:\.(?:global|shared)(?:::cta)?)?\.(?P<kind>{_KIND})(?:\{DENSE})?")  # fmt: skip
_WMMA = re.compile(rf"wmma\.mma(?:\.(?P<bits>xor|and)\.popc)?\.sync\.aligned\.(?:row|col)\.(?:row|col)\.{_SHAPE}\.(?P<d>{_KIND})"
                   rf"(?:\.(?P<a>{_KIND})\.(?P<b>{_KIND}))?\.(?P<c>{_KIND})(?P<clamps>\.satfinite)?")  # fmt: skip
_MMA = re.compile(rf"mma\.sync\.aligned\.{_SHAPE}\.row\.col(?P<clamps>\.satfinite)?\.(?P<d>{_KIND})\.(?P<a>{_KIND})\.(?P<b>{_KIND})"
                  rf"\.(?P<c>{_KIND})(?P<late>\.satfinite)?(?:\.(?P<bits>xor|and)\.popc)?")  # fmt: skip
_ROWS = re.compile(r"(?P<op>ld|st)matrix\.sync\.aligned\.(?P<middle>[\w.:]*)\.b16")
_TURN = "movmatrix.sync.aligned.m8n8.trans.b16"
_DEPTHS = {"f32": (4, 8, 16, 32), "f64": (4, 8, 16), "s32": (16, 32, 64), "b1": (4, 8)}


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
    """D = A B + C, by the run-time library's `function`; `how` are its flags. `given`: registers passed for each operand."""

    a: Held
    b: Held
    c: Held
    d: Held
    function: str
    how: int
    given: tuple[int, int, int]

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
    if found := _MOVE.fullmatch(mnemonic):
        return _move(found)
    found = _WMMA.fullmatch(mnemonic) or _MMA.fullmatch(mnemonic)
    return _multiply(found, is_wmma=mnemonic.startswith("wmma")) if found else None


def _held(shape: Shape, matrix: str, kind: str) -> Held:
    m, n, k = shape.sides
    if kind == "b1":
        k //= _BITS
    height, width = {"a": (m, k), "b": (k, n), "c": (m, n)}[matrix]
    registers = shape.registers["abc".index(matrix)]
    return Held(kind, matrix, height, width, registers // 2 if matrix == "c" and kind == "f16" else registers)


def _move(found: re.Match[str]) -> Move:
    matrix = "c" if found["matrix"] == "d" else found["matrix"]
    kind = found["kind"] if found["kind"] in ELEMENTS else "f16"
    held = _held(Shape(found["shape"], kind), matrix, found["kind"])
    by_rows = found["by"] == "row"
    inner = held.width if by_rows else held.height
    return Move(found["op"] == "load", held, by_rows, inner * (_BITS if held.kind == "b1" and matrix != "c" else 1))


def _multiply(found: re.Match[str], *, is_wmma: bool) -> Multiply | None:
    kinds = found.groupdict()
    a, b, c, d = kinds["a"] or "f16", kinds["b"] or "f16", kinds["c"], kinds["d"]
    if a not in ELEMENTS or b not in ELEMENTS or (not is_wmma and a == "f16" and found["shape"] == "m8n8k4"):
        return None  # four products of quad pairs
    shape = Shape(found["shape"], a)
    held = [_held(shape, "a", a), _held(shape, "b", b), _held(shape, "c", c), _held(shape, "c", d)]
    function = {"f64": "doubles", "s32": "bits" if a == "b1" else "integers"}.get(d, "floats")
    if held[0].width not in _DEPTHS[{"doubles": "f64", "bits": "b1", "integers": "s32", "floats": "f32"}[function]]:
        return None
    how = ROUNDED * (d == "f16") + TRUNCATED * (a == "tf32") + AND_BITS * (kinds["bits"] == "and")
    how += SATURATED * bool(kinds["clamps"] or kinds.get("late"))
    sides = tuple(8 if is_wmma and a == "f16" else one.registers for one in held[:2])
    return Multiply(held[0], held[1], held[2], held[3], function, how, (sides[0], sides[1], held[2].registers))

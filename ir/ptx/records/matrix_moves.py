"""`ldmatrix`, `stmatrix`, `movmatrix`: 8 by 8 matrices of 16 bits. Source: PTX ISA 8.8, of these names.

With g = lane / 4 and t = lane % 4, a lane holds columns 2 t and 2 t + 1 of row g, of the transposed matrix with `.trans`. Lanes
8 n ... 8 n + 7 name the rows of matrix n; every lane gets the addresses that it needs.
"""

from __future__ import annotations

from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Form, Use, forms
from crosswarp.ir.ptx.matrix import warp
from crosswarp.ir.ptx.spaces import ADDRESS_SPACES
from crosswarp.ir.types import I8, I16, I32, I64, PointerType
from crosswarp.ir.values import Value

_SHARED_POINTER = PointerType(ADDRESS_SPACES["shared"])
_SHARED = "(|.shared|.shared::cta)"


def _place(e: Emitter, row: Value, source: Value, offset: Value) -> Value:
    """A byte of the row that another lane names."""
    space = row.type
    assert isinstance(space, PointerType)
    number = e.builder.cast("ptrtoint", row, I32 if space is _SHARED_POINTER else I64)
    return e.builder.gep(I8, e.builder.cast("inttoptr", warp.from_lane(e, number, source), space), [offset], flags=())


def _places(e: Emitter, t: Use, row: Value, matrix: int) -> list[Value]:
    """Where this lane's two elements of a matrix are; only the first if they are neighbours."""
    lane = warp.lane(e)
    group, pair = e.op("lshr", lane, 2), e.op("shl", e.op("and", lane, 3), 1)
    if "trans" not in t:
        return [_place(e, row, e.op("add", group, 8 * matrix), e.op("shl", pair, 1))]
    return [_place(e, row, e.op("add", pair, 8 * matrix + side), e.op("shl", group, 1)) for side in range(2)]


def _count(t: Use) -> int:
    return int((t.pick("x1", "x2", "x4") or "x1")[1:])


def _load(e: Emitter, t: Use, row: Value) -> tuple[Value, ...]:
    found: list[Value] = []
    for matrix in range(_count(t)):
        places = _places(e, t, row, matrix)
        if len(places) == 1:
            found.append(e.builder.load(I32, places[0]))
        else:
            low, high = (e.resize(e.builder.load(I16, place), 32) for place in places)
            found.append(e.op("or", e.op("shl", high, 16), low))
    return tuple(found)


def _store(e: Emitter, t: Use, row: Value, registers: tuple[Value, ...]) -> None:
    for matrix, register in enumerate(registers):
        places = _places(e, t, row, matrix)
        if len(places) == 1:
            e.builder.store(register, places[0])
            continue
        for side, place in enumerate(places):
            e.builder.store(e.resize(e.op("lshr", register, 16) if side else register, 16), place)


def _transpose(e: Emitter, t: Use, register: Value) -> Value:
    """Columns 2 t and 2 t + 1 of row g are rows of these numbers, column g, of what is given."""
    lane = warp.lane(e)
    group, first = e.op("lshr", lane, 2), e.op("shl", e.op("and", lane, 3), 3)
    source = e.op("add", first, e.op("lshr", group, 1))
    shift = e.op("shl", e.op("and", group, 1), 4)
    low, high = (e.op("and", e.op("lshr", warp.from_lane(e, register, e.op("add", source, 4 * side)), shift), 0xFFFF)
                 for side in range(2))
    return e.op("or", e.op("shl", high, 16), low)


def _all() -> list[Form]:
    made = list(forms("movmatrix.sync.aligned.m8n8.trans.T", "b16", "b32 = b32", _transpose, effects=True, sm=75))
    for count in (1, 2, 4):
        x = f".x{count}"  # CUTLASS writes it before the shape
        shape = f"matrix.sync.aligned(.m8n8{x}|.m8n8{x}.trans|{x}.m8n8|{x}.trans.m8n8){_SHARED}.T"
        made += forms(f"ld{shape}", "b16", f"b32{{{count}}} = []", _load, effects=True, sm=75)
        made += forms(f"st{shape}", "b16", f"= [] b32{{{count}}}", _store, effects=True, sm=90)
    return made


FORMS = _all()

"""The instructions with a meaning. Anything that no form spells, to the last modifier, is unknown."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from crosswarp.ir.ptx import usual_order
from crosswarp.ir.ptx.form import Form, Use
from crosswarp.ir.ptx.records import (
    addresses,
    approximate,
    atomics,
    barriers,
    bits,
    block_scale,
    carry,
    compare,
    comparisons,
    control,
    conversions,
    copies,
    fences,
    float,
    float_parts,
    hints,
    integer,
    matrix,
    matrix_moves,
    mbarriers,
    memory,
    narrow_floats,
    pack,
    reductions,
    sparse,
    stack,
    video,
    video_lanes,
    warp,
    wmma,
)
from crosswarp.ir.ptx.records.order import ordered

FAMILIES: dict[str, list[Form]] = {
    "Integer arithmetic": integer.FORMS,
    "Extended precision": carry.FORMS,
    "Logic, shifts and bit fields": bits.FORMS,
    "Comparisons": comparisons.FORMS,
    "Selection, moves and conversions between integers": compare.FORMS,
    "Floating point: arithmetic": float.FORMS,
    "Floating point: signs, minimum and maximum, tests": float_parts.FORMS,
    "Floating point: approximations": approximate.FORMS,
    "Floating point: conversions": conversions.FORMS,
    "Floating point: narrow formats": narrow_floats.FORMS,
    "Packing of integers": pack.FORMS,
    "Video instructions": video.FORMS,
    "Video instructions of several lanes": video_lanes.FORMS,
    "Loads and stores": memory.FORMS,
    "Atomics": atomics.FORMS,
    "Fences": fences.FORMS,
    "Addresses and state spaces": addresses.FORMS,
    "Hints": hints.FORMS,
    "Memory of the frame": stack.FORMS,
    "Warps": warp.FORMS,
    "Barriers": barriers.FORMS,
    "Barriers in shared memory": mbarriers.FORMS,
    "Asynchronous copies": copies.FORMS,
    "Asynchronous reductions": reductions.FORMS,
    "Matrices of a warp": [*matrix_moves.FORMS, *matrix.FORMS, *sparse.FORMS, *block_scale.FORMS, *wmma.FORMS],
    "Control flow": control.FORMS,
}
FORMS = [form for family in FAMILIES.values() for form in family]
OPCODES: dict[str, list[Form]] = defaultdict(list)
"""By the mnemonic up to its first modifier."""
for _form in FORMS:
    OPCODES[_form.opcode].append(_form)


@cache
def find(mnemonic: str) -> list[tuple[Form, Use]]:
    """The forms that spell this mnemonic, its modifiers in any order where PTX allows that, with how it uses them."""
    opcode = mnemonic.partition(".")[0]
    found = [(form, use) for form in OPCODES.get(opcode, []) if (use := form.use(ordered(mnemonic))) is not None]
    if found or opcode not in usual_order.FREE or opcode not in OPCODES:
        return found
    usual = _usual_orders(opcode).get(usual_order.key(mnemonic))
    return find(usual) if usual is not None and usual != mnemonic else []


@cache
def _usual_orders(opcode: str) -> dict[usual_order.Key, str]:
    return usual_order.table(OPCODES[opcode])

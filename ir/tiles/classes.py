"""Which fragments of a function have one form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from crosswarp.ir.tiles.sources import Computed, Filled, Foreign, Fragment, Made, Merged, Moved, Packed, Unpacked


def classes_of(fragments: Sequence[Fragment]) -> list[list[Fragment]]:
    """Fragments that have one form, in the order in which it is chosen: foreign ones, which have no choice, those that phis and
    sums connect, those that element-wise operations connect, with what is loaded for them, larger ones first.
    """
    leader = {each: each for each in fragments}

    def find(each: Fragment) -> Fragment:
        while leader[each] is not each:
            each = leader[each]
        return each

    def bind(is_bound: Callable[[Fragment, Fragment], bool]) -> None:
        for each in fragments:
            for other in each.inputs[2:] if isinstance(each.source, Made) else each.inputs:
                if _are_alike(each, other) and is_bound(each, other):
                    leader[find(other)] = find(each)

    bind(lambda each, other: not isinstance(each.source, Computed | Moved) and not isinstance(other.source, Computed | Moved))
    sums = {find(each) for each in fragments if isinstance(each.source, Made)}
    sums |= {find(other) for each in fragments if isinstance(each.source, Made) for other in each.inputs[2:]}
    # Halves change their layout best when they are packed, so that what packs them has one of its own.
    apart = (Moved, Packed, Unpacked)
    bind(lambda each, other: not isinstance(each.source, apart) and find(each) not in sums and find(other) not in sums)
    classes = defaultdict(list)
    for each in fragments:
        if not isinstance(each.source, Filled):
            classes[find(each)].append(each)
    return sorted(classes.values(), key=_rank)


def takers_of(fragments: Sequence[Fragment]) -> dict[Fragment, list[Fragment]]:
    """For each fragment the phis and element-wise operations that it goes into."""
    found: dict[Fragment, list[Fragment]] = {each: [] for each in fragments}
    for each in fragments:
        if isinstance(each.source, Merged | Computed | Moved):
            for other in each.inputs:
                found[other].append(each)
    return found


def _rank(members: Sequence[Fragment]) -> tuple[int, int]:
    if isinstance(members[0].source, Foreign):
        return 0, 0
    if any(isinstance(each.source, Computed | Moved) for each in members):
        return 2, -members[0].matrix.layout.size("register")
    return 1, 0


def _are_alike(fragment: Fragment, other: Fragment) -> bool:
    return not isinstance(other.source, Foreign | Filled) and other.matrix.layout.columns == fragment.matrix.layout.columns and (
        other.matrix.layout.outputs == fragment.matrix.layout.outputs)

"""Fragments of a function: what they are made of (`sources.py`, `finding.py`), who uses their registers and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import Call, Indexed, Instruction, Phi
from crosswarp.ir.tiles.calls import tile_calls
from crosswarp.ir.tiles.convergence import Convergence
from crosswarp.ir.tiles.finding import Finder
from crosswarp.ir.tiles.lanes import LaneMoves
from crosswarp.ir.tiles.operations import Operation, Product, Store, operation_of
from crosswarp.ir.tiles.places import Places
from crosswarp.ir.tiles.sources import (
    Combined,
    Computed,
    Filled,
    Flipped,
    Foreign,
    Fragment,
    Loaded,
    Made,
    Merged,
    Moved,
    Packed,
    Unpacked,
    place_of,
)
from crosswarp.ir.uses import UseMap
from crosswarp.ir.values import Value

__all__ = ["Combined", "Computed", "Filled", "Flipped", "Foreign", "Fragment", "Fragments", "Loaded", "Made", "Merged", "Moved",
           "Packed", "Unpacked", "place_of"]


class Fragments:
    """The fragments that products and stores of a function use or make."""

    def __init__(self, function: Function, is_uniform: Callable[[Value], bool], is_native: Callable[[Product], bool],
                 is_together: Callable[[Block], bool], moves: LaneMoves) -> None:
        """`is_uniform`: whether a value is the same in all lanes of a warp. `is_native`: whether the target does a product.

        `is_together`: whether a block is known to be reached by all lanes of a warp together.
        """
        self.function = function
        self.uses = UseMap(function)
        understood = _operations(function, is_native)
        self.calls: dict[Call, Operation] = {call: operation for call, operation in understood if self._is_taken_apart(call)}
        blocks = [call.parent for call in tile_calls(function) if call.parent is not None]
        self.convergence = Convergence(function, blocks, is_together)
        found = Finder(self.calls, self.uses, self.convergence, moves, is_uniform)
        found.run()
        self.stored, self._known = found.stored, found.known
        self._keep_what_cannot_be()
        self._keep_what_is_no_fragment()

    @property
    def all(self) -> list[Fragment]:
        """Every fragment, in the order of discovery."""
        return list(self._known.values())

    def products(self) -> Iterator[tuple[Call, Product, Fragment]]:
        """Each product with its result."""
        for fragment in self.all:
            if isinstance(fragment.source, Made):
                yield fragment.source.call, fragment.source.operation, fragment

    def outside(self, fragment: Fragment) -> list[Block]:
        """Where registers of a fragment are used by what is no part of another one: their documented places are observed there."""
        users = self.users(fragment, self.uses)
        if not users:
            return []
        home = place_of(fragment)
        return [self.convergence.meeting(home, users)] if home is not None else users

    def users(self, fragment: Fragment, uses: UseMap) -> list[Block]:
        """The blocks in which something else than a fragment's instruction uses a register; of a phi the block it comes from."""
        found: dict[Block, None] = {}
        for register in fragment.registers if self.is_vector(fragment) else ():
            for use in uses.of(register):
                if use.user not in self.absorbed and use.user.parent is not None:
                    source = use.user.operands[use.index + 1] if isinstance(use.user, Phi) else use.user.parent
                    assert isinstance(source, Block)
                    found[source] = None
        return list(found)

    @cached_property
    def places(self) -> Places:
        """Where each fragment is there."""
        return Places(self.function, self.convergence.flow.order, self.all)

    @cached_property
    def absorbed(self) -> set[Instruction]:
        """Instructions that fragments stand for. Computed ones stay where a user stands before the last of them."""
        found: set[Instruction] = set(self.calls)
        for fragment in self.all:
            if not isinstance(fragment.source, Foreign | Filled | Moved):
                found.update(register for register in fragment.registers if isinstance(register, Instruction))
        computed = [each for each in self.all if isinstance(each.source, Computed)]
        found.update(self._between(computed, found))
        while early := [each for each in computed if found.issuperset(each.source.instructions)  # type: ignore[union-attr]
                        and self._is_used_early(each, found)]:  # fmt: skip
            for fragment in early:
                source = fragment.source
                assert isinstance(source, Computed)
                found.difference_update(source.instructions)
                if isinstance(source, Packed | Unpacked):
                    found.difference_update(source.between)
        return found

    def _between(self, computed: list[Fragment], absorbed: set[Instruction]) -> set[Instruction]:
        """What stands between packed halves and the halves and is used nowhere else."""
        found = {one for each in computed if isinstance(each.source, Packed | Unpacked) for one in each.source.between}
        known = found | absorbed
        while used := [one for one in found if any(use.user not in known for use in self.uses.of(one))]:
            found.difference_update(used)
            known.difference_update(used)
        return found

    def _is_used_early(self, fragment: Fragment, absorbed: set[Instruction]) -> bool:
        block = place_of(fragment)
        users = (use.user for register in fragment.registers for use in self.uses.of(register))
        return any(user not in absorbed and user.opcode != "phi" and user.parent is block
                   and self.places.number(user) < self.places.end(fragment) for user in users)

    def is_vector(self, fragment: Fragment) -> bool:
        """Whether nothing is left of its registers: what uses one by itself gets it from the vector."""
        source = fragment.source
        if isinstance(source, Computed):
            return self.absorbed.issuperset(source.instructions)
        return not isinstance(source, Foreign | Filled | Moved)

    def stores_of(self, fragment: Fragment) -> Iterator[tuple[Block, bool]]:
        """Where a fragment is stored, and whether by rows."""
        for call, stored in self.stored.items():
            operation = self.calls[call]
            if stored is fragment and isinstance(operation, Store) and call.parent is not None:
                yield call.parent, operation.by_rows

    def _is_taken_apart(self, call: Call) -> bool:
        return all(isinstance(use.user, Indexed) and use.user.opcode == "extractvalue" for use in self.uses.of(call))

    def _keep_what_cannot_be(self) -> None:
        """Fragments that are observed where lanes may be missing, or needed before they are there, stay registers."""
        while lost := [*filter(self._is_seen_by_some, self.all), *self.places.late(self.stored)]:
            for fragment in lost:
                fragment.forget()
            while parts := [each for each in self.all if _is_part_of_foreign(each)]:
                for fragment in parts:
                    fragment.forget()
            del self.absorbed, self.places
        self.__dict__.pop("absorbed", None)  # calls may still be taken out

    def _is_seen_by_some(self, fragment: Fragment) -> bool:
        if not self.is_vector(fragment):
            return False
        home, users = place_of(fragment), self.users(fragment, self.uses)
        return home is not None and bool(users) and not self.convergence.is_whole(self.convergence.meeting(home, users))

    def _keep_what_is_no_fragment(self) -> None:
        """Calls whose registers were not recognised stay as they are."""
        made = {each.source.call for each in self.all if isinstance(each.source, Loaded | Made)}
        for call, operation in list(self.calls.items()):
            if not isinstance(operation, Store) and call not in made and self.uses.is_used(call):
                del self.calls[call]


def _is_part_of_foreign(fragment: Fragment) -> bool:
    source = fragment.source
    return isinstance(source, Moved) and not source.way.repeats and isinstance(fragment.inputs[0].source, Foreign)


def _operations(function: Function, is_native: Callable[[Product], bool]) -> Iterator[tuple[Call, Operation]]:
    for call in tile_calls(function):
        operation = operation_of(call)
        if operation is not None and (not isinstance(operation, Product) or is_native(operation)):
            yield call, operation

"""Puts vectors in the chosen layouts in the place of registers, native products in the place of operations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import ConstantInt, null, poison
from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import Call, Instruction, Phi
from crosswarp.ir.module import Module
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.tiles import memory
from crosswarp.ir.tiles.decide import Decision
from crosswarp.ir.tiles.elementwise import on_vectors
from crosswarp.ir.tiles.forms import Apart, Form, along, changed, layout_of, sums_of, type_of
from crosswarp.ir.tiles.fragments import (
    Combined,
    Computed,
    Filled,
    Flipped,
    Foreign,
    Fragment,
    Fragments,
    Loaded,
    Made,
    Merged,
    Moved,
    place_of,
)
from crosswarp.ir.tiles.lanes import LaneMoves
from crosswarp.ir.tiles.layout import Layout
from crosswarp.ir.tiles.operations import Load, Matrix, Product, Store
from crosswarp.ir.tiles.places import first_of
from crosswarp.ir.tiles.registers import filled, gathered, is_zero, listed, scattered
from crosswarp.ir.tiles.row_reads import cheapest
from crosswarp.ir.tiles.rows import erase_unused, rows_of
from crosswarp.ir.types import FLOAT, I32, VectorType, bits_of, struct_of
from crosswarp.ir.uses import UseMap
from crosswarp.ir.values import Value

_Key = tuple[Fragment, Form]


@dataclass
class Rewriter:
    """Of one function."""

    module: Module
    fragments: Fragments
    decision: Decision
    moves: LaneMoves
    _values: dict[_Key, Value] = field(default_factory=dict)
    _open: list[tuple[Phi, Fragment, Form]] = field(default_factory=list)
    _places: dict[Fragment, Instruction] = field(default_factory=dict)
    _scalars: dict[Fragment, list[Value]] = field(default_factory=dict)
    _read: dict[Call, None] = field(default_factory=dict)

    def run(self) -> None:
        """Rewrite all operations that are understood, and what observes their registers."""
        for fragment in self.fragments.all:
            self._places[fragment] = self._place(fragment)
        for call in self.decision.natives:
            self.value(self._made[call], self._own(self._made[call]))
        for call, fragment in self.fragments.stored.items():
            self._store(call, fragment)
        self._close()
        self._observe()
        self._close()
        self._function.replace_uses({call: poison(call.type) for call in self.fragments.calls})
        for call in self.fragments.calls:
            call.erase()
        self._erase_replaced()
        erase_unused(self._function, self._read)

    def _place(self, fragment: Fragment) -> Instruction:
        """Where a fragment is there. Registers from where lanes may be apart are taken where all of them are, before its users."""
        place, takers = self.fragments.places.after(fragment), self._takers.get(fragment, [])
        if not isinstance(fragment.source, Foreign) or not takers or place.parent is None:
            return place
        meeting = self._meeting(place.parent, takers)
        return place if meeting is None else first_of(meeting)

    @cached_property
    def _takers(self) -> dict[Fragment, list[Block]]:
        """The blocks in which other fragments are made of one."""
        found: dict[Fragment, list[Block]] = {}
        for call, fragment in self.fragments.stored.items():
            found.setdefault(fragment, []).extend([call.parent] if call.parent is not None else [])
        for each in self.fragments.all:
            home = self.fragments.places.after(each).parent
            for n, other in enumerate(each.inputs):
                block = each.source.blocks[n] if isinstance(each.source, Merged) else home
                found.setdefault(other, []).extend([block] if block is not None else [])
        return found

    def _erase_replaced(self) -> None:
        """What fragments stand for, but for what something else still uses."""
        uses = UseMap(self._function)
        replaced = {one for one in self.fragments.absorbed if one.parent is not None}
        while used := [one for one in replaced if any(use.user not in replaced for use in uses.of(one))]:
            replaced.difference_update(used)
        for block in {one.parent for one in replaced if one.parent is not None}:
            block.instructions = [one for one in block.instructions if one not in replaced]

    @property
    def _function(self) -> Function:
        return self.fragments.function

    @cached_property
    def _made(self) -> dict[Call, Fragment]:
        return {call: fragment for call, _, fragment in self.fragments.products()}

    def value(self, fragment: Fragment, form: Form) -> Value:
        """The lane's part of a fragment in a form."""
        key = (fragment, form)
        if key not in self._values:
            self._prepare(fragment)
            own = self._own(fragment)
            if isinstance(fragment.source, Filled):
                self._values[key] = self._filled(fragment, fragment.source.value, form)
            elif own == form:
                self._values[key] = self._made_of(fragment, own)
            else:
                self._values[key] = self._rows(fragment, form) or changed(
                    self._at(fragment), self.value(fragment, own), own, form, self.moves)
        return self._values[key]

    def _prepare(self, fragment: Fragment) -> None:
        """What it is computed of, the innermost first: long sums would be too deep for calls in calls."""
        todo, seen = [fragment], set[Fragment]()
        while todo:
            inputs = todo[-1].inputs if not isinstance(todo[-1].source, Merged) else []
            ahead = [each for each in inputs if isinstance(each.source, Computed | Moved) and each not in seen
                     and (each, self._own(each)) not in self._values]  # fmt: skip
            seen.update(ahead)
            todo += reversed(ahead)
            if not ahead:
                done = todo.pop()
                if done is not fragment:
                    self.value(done, self._own(done))

    def _rows(self, fragment: Fragment, form: Form) -> Value | None:
        """What `ldmatrix` gives, read in the form itself; None for fragments from elsewhere, and where an exchange is cheaper."""
        rows = rows_of(fragment.matrix, fragment.registers) if isinstance(fragment.source, Foreign) else None
        if rows is None:
            return None
        _, own = cheapest(rows.pattern, layout_of(form), bits_of(fragment.element) or 32, self.moves)
        if own is None:
            return None
        self._read.update(dict.fromkeys(rows.calls))
        e = self._at(fragment)
        made = rows.load(own, self.moves, self._before, e)
        return changed(e, self._as(e, made, VectorType(_count(made), fragment.element)), own, form, self.moves)

    def _filled(self, fragment: Fragment, value: Value, form: Form) -> Value:
        """Nothing but zeros is the same in every form."""
        if is_zero(value):
            return null(type_of(form, fragment.element))
        e, layout = self._at(fragment), layout_of(form)
        return changed(e, filled(e, value, layout.size("register"), fragment.element), layout, form, self.moves)

    def _own(self, fragment: Fragment) -> Form:
        return self.decision.forms.get(fragment, fragment.matrix.layout)

    def _made_of(self, fragment: Fragment, form: Form) -> Value:
        source = fragment.source
        if isinstance(source, Made):
            return self._product(fragment, source.call, source.operation, form)
        if isinstance(source, Merged):
            return self._phi(fragment, source, form)
        if isinstance(source, Loaded):
            return self._load(source.call, source.operation, layout_of(form))
        if isinstance(source, Computed | Moved):
            return self._computed(fragment, source, layout_of(form))
        registers = [self._scalar(register) for register in fragment.registers]
        return gathered(self._at(fragment), fragment.matrix, registers, fragment.element)

    def _scalar(self, register: Value) -> Value:
        """The register as something that stays: those of fragments that are vectors now are taken from these."""
        owner = self._owners.get(id(register))
        if owner is None:
            return register
        fragment, number = owner
        if fragment not in self._scalars:
            self._scalars[fragment] = self._registers(fragment, None)
        return self._scalars[fragment][number]

    @cached_property
    def _owners(self) -> dict[int, tuple[Fragment, int]]:
        made = [each for each in self.fragments.all if self.fragments.is_vector(each)]
        return {id(register): (each, n) for each in made for n, register in enumerate(each.registers)}

    def _load(self, call: Call, operation: Load, layout: Layout) -> Value:
        e = self._before(call)
        pitch = self._pitch(operation.matrix, operation.by_rows) if operation.dense else call.arguments[1]
        made = memory.load(e, call.arguments[0], pitch, operation.by_rows, layout, operation.matrix.kind,
                           operation.parts)
        return self._as(e, made, self._registers_type(call, operation.matrix, made))

    def _registers_type(self, call: Call, matrix: Matrix, made: Value) -> VectorType:
        """Elements as the registers have them where each holds one: tf32 lies in integers."""
        assert isinstance(made.type, VectorType)
        element = struct_of(call.type).fields[0] if matrix.in_register == 1 else matrix.element
        return VectorType(made.type.count, element)

    def _product(self, fragment: Fragment, call: Call, product: Product, form: Form) -> Value:
        native = self.decision.natives[call]
        sums = sums_of(native)
        wanted: list[Form] = [native.a, native.b, sums]
        a, b, c = (self.value(each, want) for each, want in zip(fragment.inputs, wanted, strict=True))
        e = self._before(call)
        a, b = (self._as(e, x, VectorType(_count(x), of.element)) for x, of in ((a, product.a), (b, product.b)))
        emit = native.emit_uniform if native.emit_uniform is not None and call in self.decision.together else native.emit
        if isinstance(sums, Apart):
            return changed(e, emit(e, a, b, c), sums, form, self.moves)
        c = self._widened(e, self._as(e, c, VectorType(_count(c), product.c.element)), native.kinds[2])
        made = self._rounded(e, emit(e, a, b, c), product.d)
        return changed(e, self._as(e, made, VectorType(_count(made), fragment.element)), sums, form, self.moves)

    def _widened(self, e: Emitter, value: Value, kind: str) -> Value:
        wide = VectorType(_count(value), FLOAT)
        return e.builder.cast("fpext", value, wide) if kind == "f32" and value.type is not wide else value

    def _rounded(self, e: Emitter, value: Value, matrix: Matrix) -> Value:
        wanted = VectorType(_count(value), matrix.element)
        return value if value.type is wanted else e.builder.cast("fptrunc", value, wanted)

    def _phi(self, fragment: Fragment, source: Merged, form: Form) -> Value:
        kind = type_of(form, fragment.element)
        scalar = fragment.registers[0]  # it knows where blocks that were split since end now
        assert isinstance(scalar, Phi)
        phi = Phi(kind, [(poison(kind), block) for _, block in scalar.incoming])
        source.block.insert_before(phi, source.block.instructions[0])
        self._open.append((phi, fragment, form))
        return phi

    def _close(self) -> None:
        """Give new phis their values. Blocks may have been split since, so that values go by their places."""
        while self._open:
            phi, fragment, form = self._open.pop()
            for n, each in enumerate(fragment.inputs):
                phi.operands[2 * n] = self.value(each, form)

    def _computed(self, fragment: Fragment, source: Computed | Moved, layout: Layout) -> Value:
        if isinstance(source, Combined):
            return self._combined(fragment, source, layout)
        if isinstance(source, Moved | Flipped):
            return self._along(fragment, source, layout)
        value = self.value(fragment.inputs[0], layout)
        return self._as(self._at(fragment), value, VectorType(_count(value), fragment.element))

    def _combined(self, fragment: Fragment, source: Combined, layout: Layout) -> Value:
        inputs, e, given = iter(fragment.inputs), self._at(fragment), list[Value]()
        one = source.instructions[0]
        for n, shared in enumerate(source.operands):
            if shared is None:
                given.append(self.value(next(inputs), layout))
            elif (isinstance(one, Call) and n == 0) or (one.opcode == "select" and n == 0):
                given.append(shared)
            else:
                given.append(listed(e, [shared] * layout.size("register")))
        return on_vectors(e, source.instructions, given)

    def _along(self, fragment: Fragment, source: Moved | Flipped, layout: Layout) -> Value:
        """Elements of another fragment: of one that moves alike in the layout wanted, of others in their own."""
        other = fragment.inputs[0]
        if isinstance(other.source, Filled):
            return self._filled(fragment, other.source.value, layout)
        held = layout if isinstance(source, Flipped) else layout_of(self._own(other))
        return along(self._at(fragment), self.value(other, held), held, layout, way=source.way, moves=self.moves)

    def _store(self, call: Call, fragment: Fragment) -> None:
        operation = self.fragments.calls[call]
        assert isinstance(operation, Store)
        layout = layout_of(self._own(fragment))
        value, e = self.value(fragment, layout), self._before(call)
        pitch = self._pitch(operation.matrix, operation.by_rows) if operation.dense else call.arguments[-1]
        value = self._as(e, value, VectorType(_count(value), operation.matrix.element))
        memory.store(e, call.arguments[0], pitch, operation.by_rows, layout, operation.matrix.kind, value)

    def _observe(self) -> None:
        """Registers for what uses them by itself."""
        seen = False
        while not seen:
            seen, uses = True, UseMap(self._function)
            for fragment in self.fragments.all:
                users = self.fragments.users(fragment, uses)
                home = place_of(fragment)
                if users and home is not None:
                    seen = False
                    self._replace(fragment, uses, self._registers(fragment, self._meeting(home, users)))

    def _meeting(self, home: Block, users: Sequence[Block]) -> Block | None:
        """The block where registers are made for their users; None: where the fragment is."""
        flow = self.fragments.convergence.flow
        known = [block for block in users if flow.reachable(block)]
        meeting = self.fragments.convergence.meeting(home, known) if len(known) == len(users) else home
        return None if meeting is home else meeting

    def _registers(self, fragment: Fragment, block: Block | None) -> list[Value]:
        own = self._own(fragment)
        value = self.value(fragment, own)
        e = self._at(fragment) if block is None else Emitter(self.module, Builder(block, first_of(block)))
        value = changed(e, value, own, fragment.matrix.layout, self.moves)
        return scattered(e, fragment.matrix, value, [register.type for register in fragment.registers])

    def _replace(self, fragment: Fragment, uses: UseMap, values: Sequence[Value]) -> None:
        for register, value in zip(fragment.registers, values, strict=True):
            for use in uses.of(register):
                if use.user not in self.fragments.absorbed and not use.nested:
                    use.set(value)

    def _pitch(self, matrix: Matrix, by_rows: bool) -> Value:
        rows, columns = matrix.sides
        return ConstantInt(I32, columns if by_rows else rows)

    def _as(self, e: Emitter, value: Value, kind: VectorType) -> Value:
        return value if value.type is kind else e.builder.cast("bitcast", value, kind)

    def _before(self, instruction: Instruction) -> Emitter:
        assert instruction.parent is not None
        return Emitter(self.module, Builder(instruction.parent, instruction))

    def _at(self, fragment: Fragment) -> Emitter:
        """Where a fragment is there. Everything that is emitted there stands in the order in which it was emitted."""
        return self._before(self._places[fragment])


def _count(value: Value) -> int:
    assert isinstance(value.type, VectorType)
    return value.type.count

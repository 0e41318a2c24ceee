"""Emits bound steps. Each register is a variable of the function's frame, which LLVM turns into values and phis.

    @p add.u32 a, a, 1;     ->  %p = load i1 ...; %a = load i32 ...; %s = add i32 %a, 1; %n = select i1 %p, i32 %s, i32 %a; store

Under a guard, results are selected; loads, stores, branches and operations of several threads get a block of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.function import Function
from crosswarp.ir.ptx.emitter import Emitter, width
from crosswarp.ir.ptx.matrix.opened import is_matrix, opened
from crosswarp.ir.ptx.operands import Action, Address, Chosen, Group, Mark, Place, Source, Special, Step, Text
from crosswarp.ir.ptx.parts import Part
from crosswarp.ir.ptx.spaces import ADDRESS_SPACES
from crosswarp.ir.ptx.syntax import Position, PtxError
from crosswarp.ir.ptx.types import PtxType
from crosswarp.ir.types import IntType, PointerType, bits_of
from crosswarp.ir.values import Metadata, Value


class Body:
    """The steps of one text, emitted at the emitter's place. `variables` hold the registers; `location` knows debug locations."""

    location: Callable[[Position | None], Metadata] | None = None

    def __init__(self, emit: Emitter, function: Function, types: Sequence[PtxType]) -> None:
        self.emit, self.types = emit, types
        entry = Builder.at_entry(function)
        self.variables = [entry.alloca(kind.register) for kind in types]

    def clear(self) -> None:
        """Give all registers a value, so that nothing of an earlier pass through this text is kept."""
        for variable, kind in zip(self.variables, self.types, strict=True):
            self.emit.builder.store(ConstantInt(kind.register, 0), variable)

    def run(self, steps: Sequence[Step | Mark | Action]) -> None:
        """Emit everything. Raises `PtxError` with its place for a step without a meaning."""
        for step in steps:
            if isinstance(step, Mark):
                self.emit.place(step.label)
                continue
            if self.location is not None:
                self.emit.locate(self.location(step.at))
            try:
                self._step(step)
            except PtxError as error:
                raise error.within(step.at) from None

    def read(self, register: int) -> Value:
        """What the register holds, as an integer."""
        return self.emit.builder.load(self.types[register].register, self.variables[register])

    def write(self, register: int, value: Value) -> None:
        """Put an integer of the register's width, a float or a pointer into a register."""
        self.emit.builder.store(self.bits(value), self.variables[register])

    def bits(self, value: Value) -> Value:
        """The value as an integer of its width."""
        if isinstance(value.type, PointerType):
            return self.emit.builder.cast("ptrtoint", value, IntType(64))
        bits = bits_of(value.type)
        assert bits is not None, value.type
        return self.emit.builder.cast("bitcast", value, IntType(bits))

    def _step(self, step: Step | Action) -> None:
        if step.guard is None:
            self._execute(step)
        elif isinstance(step, Action) or step.form.effects:
            self.emit.only_if(self._place(step.guard), lambda: self._execute(step))
        else:
            condition, written = self._place(step.guard), _written(step)
            old = [self.read(register) for register in written]
            self._execute(step)
            for register, value in zip(written, old, strict=True):
                self.write(register, self.emit.builder.select(condition, self.read(register), value))

    def _execute(self, step: Step | Action) -> None:
        if isinstance(step, Action):
            step.emit(self)
            return
        opens = self.emit.opens and is_matrix(step.form)
        meaning = opened(step.form) if opens else step.form.meaning
        result = meaning(self.emit, step.use, *map(self.source, step.sources))
        results = (result,) if len(step.results) == 1 else result or ()
        for destination, value in zip(step.results, results, strict=True):
            values = value if isinstance(destination, Group) else (value,)
            for place, part in zip(_places(destination), values, strict=True):
                assert isinstance(place, Place)
                self.assign(place, part)

    def assign(self, place: Place, value: Value) -> None:
        """Put a value into the registers of a place."""
        bits = self.bits(value)
        part = width(bits) // max(len(place.registers), 1)
        for number, register in enumerate(place.registers):
            moved = self.emit.op("lshr", bits, number * part) if number else bits
            piece = self.emit.resize(moved, part)
            self.write(register, self.emit.resize(piece, self.types[register].bits, place.type.signed))

    def source(self, source: Source) -> Any:
        """What a meaning gets for it."""
        if isinstance(source, Place):
            return self._place(source)
        if isinstance(source, Group):
            return tuple(self.source(part) for part in source.parts)
        if isinstance(source, Special):
            return self.emit.resize(source.register.read(self.emit), source.bits)
        if isinstance(source, Chosen):
            return Part(self.source(source.of), source.selector, source.negated)
        if isinstance(source, Text):
            return source.text
        return self._address(source) if isinstance(source, Address) else source

    def _place(self, place: Place) -> Value:
        value = self.read(place.registers[0])
        if len(place.registers) > 1:
            value = self._joined([self.read(r) for r in place.registers], place.type.bits)
        value = self.emit.resize(value, place.type.bits)
        if place.inverted:
            return self.emit.invert(value)
        return self.emit.builder.cast("bitcast", value, place.type.ir)

    def _joined(self, parts: list[Value], bits: int) -> Value:
        whole = self.emit.resize(parts[0], bits)
        for number, part in enumerate(parts[1:], 1):
            moved = self.emit.op("shl", self.emit.resize(part, bits), number * bits // len(parts))
            whole = self.emit.op("or", whole, moved)
        return whole

    def _address(self, address: Address) -> Value:
        """A pointer, or with a space `&32` the address as a number of so many bits."""
        if address.space.startswith("&"):
            assert isinstance(address.base, Value)
            number = self.emit.builder.cast("ptrtoint", address.base, IntType(int(address.space[1:])))
            return self.emit.op("add", number, address.offset) if address.offset else number
        value = self._place(address.base) if isinstance(address.base, Place) else address.base
        if not isinstance(value.type, PointerType):
            value = self.emit.builder.cast("inttoptr", value, PointerType(ADDRESS_SPACES[address.space]))
        return self.emit.builder.gep(IntType(8), value, [address.offset], flags=()) if address.offset else value


def _places(destination: Place | Group) -> tuple[Source, ...]:
    return destination.parts if isinstance(destination, Group) else (destination,)


def _written(step: Step) -> list[int]:
    places = [place for result in step.results for place in _places(result)]
    return [register for place in places if isinstance(place, Place) for register in place.registers]

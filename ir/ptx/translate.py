"""Puts portable IR in the place of one asm call.

    %r = call i32 asm "{ .reg .pred p; setp.lt.u32 p, $1, 8; @p add.u32 $0, $1, 1; }", "=r,r"(i32 %x)
    ->  %p = icmp ult i32 %x, 8
        %s = add i32 %x, 1
        %r = select i1 %p, i32 %s, i32 0             ; a register that nobody wrote: any value is right

Registers are integers in SSA form. Under a guard, results are selected; loads, stores and operations of several threads get a
block of their own.
"""

from __future__ import annotations

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import ConstantInt, Keyword
from crosswarp.ir.function import Block as IrBlock
from crosswarp.ir.instructions import Call
from crosswarp.ir.module import Module
from crosswarp.ir.ptx.binding import Address, Binder, Place, Source, Special, Step
from crosswarp.ir.ptx.constraints import Operands, operands_of
from crosswarp.ir.ptx.emitter import Emitter, width
from crosswarp.ir.ptx.parser import parse
from crosswarp.ir.ptx.syntax import Immediate, PtxType
from crosswarp.ir.types import DOUBLE, FLOAT, I64, VOID, FloatType, FunctionType, IntType, PointerType, Type
from crosswarp.ir.values import InlineAsm, Value

_BARRIER = InlineAsm(FunctionType(VOID, ()), "", "~{memory}", ("sideeffect",))


def translate(module: Module, call: Call, asm: InlineAsm, shared_bits: int, keeps_denormals: bool) -> None:
    """Replace the call. Raises `PtxError`, and changes nothing, when a part of it has no exact meaning."""
    operands = operands_of(call, asm)
    binder = Binder(operands, shared_bits, keeps_denormals)
    steps = binder.bind(parse(asm.template))
    _Translation(module, call, operands, binder.registers).run(steps)


class _Translation:
    """`values` holds what each register has; a register without one was not written yet."""

    def __init__(self, module: Module, call: Call, operands: Operands, registers: list[PtxType]) -> None:
        assert call.parent is not None
        self.call, self.operands, self.registers = call, operands, registers
        self.emit = Emitter(module, Builder(call.parent, call))
        self.values: list[Value] = [ConstantInt(IntType(r.bits), 0) for r in registers]

    def run(self, steps: list[Step]) -> None:
        """Emit everything and remove the call."""
        self._take_inputs()
        self._order_memory()
        for step in steps:
            self._step(step)
        self._order_memory()
        self._give_outputs()
        self.call.erase()

    def _order_memory(self) -> None:
        if self.operands.memory:
            self.emit.builder.call(_BARRIER, [])

    def _take_inputs(self) -> None:
        first = len(self.operands.outputs)
        for number, given in enumerate(self.operands.inputs):
            if not isinstance(given, Immediate):
                register = first + number if given.tied is None else given.tied
                self.values[register] = self._bits(given.value)

    def _give_outputs(self) -> None:
        function = self.call.function
        results = [self._as(self.values[n], output.type) for n, output in enumerate(self.operands.outputs)]
        if not results or function is None:
            return
        whole = results[0]
        if whole.type is not self.call.type:
            whole = Keyword(self.call.type, "poison")
            for number, result in enumerate(results):
                whole = self.emit.builder.insertvalue(whole, result, number)
        function.replace_all_uses(self.call, whole)

    def _bits(self, value: Value) -> Value:
        """The value as an integer of its width."""
        if isinstance(value.type, FloatType):
            return self.emit.builder.cast("bitcast", value, IntType(value.type.bits))
        return self.emit.builder.cast("ptrtoint", value, I64) if isinstance(value.type, PointerType) else value

    def _as(self, value: Value, kind: Type) -> Value:
        return self.emit.builder.cast("inttoptr" if isinstance(kind, PointerType) else "bitcast", value, kind)

    def _step(self, step: Step) -> None:
        if step.guard is None:
            self._assign(step, self._evaluate(step))
        elif step.form.effects:
            self._in_own_block(step, self._read(step.guard))
        else:
            condition, old = self._read(step.guard), list(self.values)
            self._assign(step, self._evaluate(step))
            for register in _written(step):
                self.values[register] = self.emit.builder.select(condition, self.values[register], old[register])

    def _in_own_block(self, step: Step, condition: Value) -> None:
        """`br condition, inside, rest`; what the block writes becomes phis of the rest."""
        head = self.call.parent
        assert head is not None and head.parent is not None
        rest = head.split_before(self.call)
        inside = IrBlock(None, head.parent)
        head.parent.blocks.insert(head.parent.blocks.index(rest), inside)
        location, old = self.call.metadata.get("dbg"), list(self.values)
        Builder(head, debug_location=location).cond_br(condition, inside, rest)
        self.emit.builder = Builder(inside, debug_location=location)
        self._assign(step, self._evaluate(step))
        self.emit.builder.br(rest)
        self.emit.builder = Builder(rest, self.call)
        for register in _written(step):
            new = self.values[register]
            self.values[register] = self.emit.builder.phi(new.type, [(new, inside), (old[register], head)])

    def _evaluate(self, step: Step) -> Value | None:
        result: Value | None = step.form.meaning(self.emit, step.form.type, *map(self._read, step.sources))
        return result

    def _assign(self, step: Step, value: Value | None) -> None:
        for place in step.results:
            assert value is not None
            bits = self._bits(value)
            part = width(bits) // len(place.registers)
            for number, register in enumerate(place.registers):
                moved = self.emit.op("lshr", bits, number * part) if number else bits
                piece = self.emit.resize(moved, part)
                self.values[register] = self.emit.resize(piece, self.registers[register].bits, place.type.signed)

    def _read(self, source: Source) -> Value:
        if isinstance(source, Place):
            return self._read_registers(source)
        if isinstance(source, Special):
            clock = "clock" in source.operation  # differs from read to read
            return self.emit.call(source.operation, IntType(source.bits), convergent=clock)
        return self._pointer(source) if isinstance(source, Address) else source

    def _read_registers(self, place: Place) -> Value:
        value = self.values[place.registers[0]]
        if len(place.registers) > 1:
            value = self._joined([self.values[r] for r in place.registers], place.type.bits)
        value = self.emit.resize(value, place.type.bits)
        if place.inverted:
            return self.emit.invert(value)
        if place.type.kind == "f":
            return self._as(value, FLOAT if place.type.bits == 32 else DOUBLE)
        return value

    def _joined(self, parts: list[Value], bits: int) -> Value:
        whole = self.emit.resize(parts[0], bits)
        for number, part in enumerate(parts[1:], 1):
            moved = self.emit.op("shl", self.emit.resize(part, bits), number * bits // len(parts))
            whole = self.emit.op("or", whole, moved)
        return whole

    def _pointer(self, address: Address) -> Value:
        value = self.values[address.register]
        if address.offset:
            value = self.emit.op("add", value, address.offset)
        return self.emit.builder.cast("inttoptr", value, PointerType(address.space))


def _written(step: Step) -> list[int]:
    return [register for place in step.results for register in place.registers]

"""Finds record and registers of each instruction, and checks types and state spaces, before any IR is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from crosswarp.ir.constants import ConstantFloat, ConstantInt
from crosswarp.ir.ptx.constraints import Input, Operands
from crosswarp.ir.ptx.form import Form
from crosswarp.ir.ptx.records import FORMS
from crosswarp.ir.ptx.records.threads import SPECIAL
from crosswarp.ir.ptx.syntax import (
    Argument,
    Block,
    Declaration,
    Immediate,
    Instruction,
    Memory,
    Name,
    Negated,
    Operand,
    PtxError,
    PtxType,
    Reference,
    Vector,
)
from crosswarp.ir.types import DOUBLE, FLOAT, IntType
from crosswarp.ir.values import Value

PREDICATE = PtxType("p", 1)
ADDRESS_SPACES = {"generic": 0, "global": 1, "shared": 3}


@dataclass(frozen=True)
class Place:
    """Registers by number, lowest part first; `type` is what the instruction takes them for."""

    registers: tuple[int, ...]
    type: PtxType
    inverted: bool = False


@dataclass(frozen=True)
class Special:
    """A special register: the operation that reads it."""

    operation: str
    bits: int


@dataclass(frozen=True)
class Address:
    """Memory at a register and an offset."""

    register: int
    offset: int
    space: int


Source = Place | Special | Address | Value


@dataclass(frozen=True)
class Step:
    """One instruction, ready to be emitted."""

    form: Form
    results: tuple[Place, ...]
    sources: tuple[Source, ...]
    guard: Place | None


@dataclass
class Binder:
    """Binds the statements of one asm call. `registers` are the types of all registers, those of the operands first."""

    operands: Operands
    shared_bits: int
    keeps_denormals: bool
    registers: list[PtxType] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    def bind(self, block: Block) -> list[Step]:
        """The steps of the whole text. Raises `PtxError` for anything without an exact meaning."""
        self.registers = [o.register for o in self.operands.outputs]
        self.registers += [PREDICATE if isinstance(i, Immediate) else i.register for i in self.operands.inputs]
        self._block(block, {})
        return self.steps

    def _block(self, block: Block, outer: dict[str, int]) -> None:
        scope, own = dict(outer), set[str]()
        for statement in block.statements:
            if isinstance(statement, Declaration):
                self._declare(statement, scope, own)
            elif isinstance(statement, Block):
                self._block(statement, scope)
            else:
                self.steps.append(self._instruction(statement, scope))

    def _declare(self, declaration: Declaration, scope: dict[str, int], own: set[str]) -> None:
        for name in declaration.names:
            if name in own:
                raise PtxError(f"a second register '{name}'")
            own.add(name)
            scope[name] = len(self.registers)
            self.registers.append(declaration.type)

    def _instruction(self, instruction: Instruction, scope: dict[str, int]) -> Step:
        form = FORMS.get((instruction.mnemonic, len(instruction.operands)))
        if form is None or (form.rounds and form.type.bits == 32 and not self.keeps_denormals):
            raise PtxError(f"'{instruction.mnemonic}'")
        results = tuple(self._result(o, w, scope) for o, w in zip(instruction.operands, form.results, strict=False))
        rest = instruction.operands[len(results):]
        sources = tuple(self._source(o, w, scope) for o, w in zip(rest, form.sources, strict=True))
        guard = instruction.guard
        place = None if guard is None else replace(self._place(guard.reference, PREDICATE, scope), inverted=guard.inverted)
        return Step(form, results, sources, place)

    def _result(self, operand: Operand, word: str, scope: dict[str, int]) -> Place:
        place = self._register_source(operand, word, scope)
        if place.inverted or any(len(self.operands.outputs) <= r < self._arguments for r in place.registers):
            raise PtxError("a result in an operand that is not an output")
        return place

    @property
    def _arguments(self) -> int:
        return len(self.operands.outputs) + len(self.operands.inputs)

    def _source(self, operand: Operand, word: str, scope: dict[str, int]) -> Source:
        if word.startswith("["):
            return self._address(operand, word.strip("[]"), scope)
        immediate = self._immediate(operand)
        if word.startswith("imm"):
            return _bounded(immediate, word.removeprefix("imm"))
        if immediate is not None:
            return _constant(immediate, PtxType.parse(word.strip("~!{}")))
        if isinstance(operand, Name) and operand.text not in scope:
            return _special(operand.text, PtxType.parse(word.strip("~!{}")))
        return self._register_source(operand, word, scope)

    def _immediate(self, operand: Operand) -> Immediate | None:
        if isinstance(operand, Immediate):
            return operand
        if isinstance(operand, Argument) and len(self.operands.outputs) <= operand.index < self._arguments:
            given = self.operands.inputs[operand.index - len(self.operands.outputs)]
            return given if isinstance(given, Immediate) else None
        return None

    def _register_source(self, operand: Operand, word: str, scope: dict[str, int]) -> Place:
        type_ = PtxType.parse(word.strip("~!{}"))
        if isinstance(operand, Negated) and word.startswith("!"):
            return replace(self._place(operand.reference, type_, scope), inverted=True)
        if isinstance(operand, Vector) and not operand.pair and word.endswith("{}"):
            return self._parts(operand.elements, type_, scope)
        if not isinstance(operand, Name | Argument):
            raise PtxError("an operand of this form")
        return self._place(operand, type_, scope, wider=word.startswith("~"))

    def _parts(self, elements: Sequence[Reference], whole: PtxType, scope: dict[str, int]) -> Place:
        part = PtxType("b", whole.bits // len(elements))
        if len(elements) not in (2, 4) or part.bits < 16:
            raise PtxError(f"a vector of {len(elements)} parts")
        return Place(tuple(self._place(e, part, scope).registers[0] for e in elements), whole)

    def _place(self, operand: Reference, type_: PtxType, scope: dict[str, int], wider: bool = False) -> Place:
        register = self._register(operand, scope)
        held = self.registers[register]
        fits = type_.bits <= held.bits if wider else type_.bits == held.bits
        if not fits or (held.kind == "p") != (type_.kind == "p") or {"f"} < {held.kind, type_.kind} <= {"f", "u", "s"}:
            raise PtxError(f"a register of type .{held.kind}{held.bits} for .{type_.kind}{type_.bits}")
        return Place((register,), type_)

    def _register(self, operand: Reference, scope: dict[str, int]) -> int:
        if isinstance(operand, Name):
            if operand.text not in scope:
                raise PtxError(f"the name '{operand.text}'")
            return scope[operand.text]
        if operand.index >= self._arguments or self._immediate(operand) is not None:
            raise PtxError(f"the operand %{operand.index}")
        first = len(self.operands.outputs)
        given = self.operands.inputs[operand.index - first] if operand.index >= first else None
        return given.tied if isinstance(given, Input) and given.tied is not None else operand.index

    def _address(self, operand: Operand, space: str, scope: dict[str, int]) -> Address:
        if not isinstance(operand, Memory):
            raise PtxError("an address that is not in brackets")
        register = self._register(operand.base, scope)
        bits, kind = self.registers[register].bits, self.registers[register].kind
        if kind in "fp" or bits not in ((64, 32) if space == "shared" and self.shared_bits == 32 else (64,)):
            raise PtxError(f"an address of {bits} bits in {space} memory")
        return Address(register, _fitting(operand.offset, 32), ADDRESS_SPACES[space])


def _bounded(immediate: Immediate | None, bounds: str) -> ConstantInt:
    low, high = map(int, bounds.split(".."))
    if immediate is None or immediate.float_bits or not low <= immediate.value <= high:
        raise PtxError(f"an operand that must be a constant from {low} to {high}")
    return ConstantInt(IntType(32), immediate.value)


def _fitting(value: int, bits: int) -> int:
    if not -(1 << bits - 1) <= value < 1 << bits:
        raise PtxError(f"the constant {value}")
    return value


def _constant(immediate: Immediate, type_: PtxType) -> Value:
    if type_.kind == "f":
        if immediate.float_bits != type_.bits:
            raise PtxError(f"the constant {immediate.value}")
        return ConstantFloat.from_bits(FLOAT if type_.bits == 32 else DOUBLE, immediate.value)
    if type_.kind == "p" or (immediate.float_bits and (type_.kind != "b" or immediate.float_bits != type_.bits)):
        raise PtxError(f"the constant {immediate.value}")
    return ConstantInt(IntType(type_.bits), _fitting(immediate.value, type_.bits))


def _special(name: str, type_: PtxType) -> Special:
    operation, bits = SPECIAL.get(name, ("", 0))
    if bits != type_.bits or type_.kind not in "bus":
        raise PtxError(f"the name '{name}'")
    return Special(operation, bits)

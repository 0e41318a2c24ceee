"""Finds record and registers of each instruction, and checks types and state spaces, before any IR is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.ptx.constraints import Input, Operands
from crosswarp.ir.ptx.form import UNWRITTEN, Form, Use, filled, forms
from crosswarp.ir.ptx.numbers import bounded, constant, fitting, special
from crosswarp.ir.ptx.opcodes import INSTRUCTIONS
from crosswarp.ir.ptx.operands import Action, Address, Chosen, Group, Mark, Place, Source, Special, Step, Text
from crosswarp.ir.ptx.parts import is_part, selector_of, split
from crosswarp.ir.ptx.records import OPCODES, find
from crosswarp.ir.ptx.scope import Entity, Registers, Scope, Variable
from crosswarp.ir.ptx.syntax import (
    Argument,
    Block,
    Declaration,
    Immediate,
    Instruction,
    Label,
    Line,
    Memory,
    Name,
    Negated,
    Operand,
    Pair,
    PtxError,
    Reference,
    Statement,
    Sum,
    Vector,
)
from crosswarp.ir.ptx.types import PREDICATE, PtxType
from crosswarp.ir.ptx.words import count_of, elements, spread, type_of
from crosswarp.ir.types import IntType

_CLASHES = ({"f", "u"}, {"f", "s"})
(_PART,) = forms("mov.T", "b8 b16 b32 b64", "T = T", lambda e, t, a: a)
"""Makes a register of a number in braces. Of eight bits there is no such instruction."""


@dataclass
class Binder:
    """Binds the statements of one text. The first registers are the operands of the asm statement, outputs first."""

    operands: Operands
    registers: Registers = field(default_factory=Registers)
    steps: list[Step | Mark | Action] = field(default_factory=list)
    carry: int = 0

    def bind(self, block: Block, names: Mapping[str, Entity] | None = None) -> list[Step | Mark | Action]:
        """The steps of the whole text. Raises `PtxError` for anything without an exact meaning."""
        for output in self.operands.outputs:
            self.registers.add(output.register)
        for given in self.operands.inputs:
            self.registers.add(PREDICATE if isinstance(given, Immediate) else given.register)
        self.carry = self.registers.add(PREDICATE)
        self._block(block, Scope(self.registers, dict(names or {})))
        return self.steps

    def _block(self, block: Block, outer: Scope) -> None:
        scope = outer.inner(block)
        for statement in block.statements:
            if isinstance(statement, Block):
                self._block(statement, scope)
                continue
            try:
                self._statement(statement, scope)
            except PtxError as error:
                self._problem(error.within(statement.at))

    def _problem(self, error: PtxError) -> None:
        raise error from None

    def _statement(self, statement: Statement, scope: Scope) -> None:
        if isinstance(statement, Declaration):
            scope.declare(statement)
        elif isinstance(statement, Label):
            self.steps.append(Mark(str(scope.names[statement.name])))
        elif isinstance(statement, Instruction):
            self.steps.append(self._instruction(statement, scope))
        elif not isinstance(statement, Line):
            raise PtxError("variables, prototypes and tables of targets in an asm statement")

    def _instruction(self, instruction: Instruction, scope: Scope) -> Step | Action:
        candidates = find(instruction.mnemonic)
        if not candidates:
            raise PtxError(_unknown(instruction.mnemonic))
        written, paired = len(spread(instruction.operands)), isinstance(next(iter(instruction.operands), None), Pair)
        fitting = [(form, use) for form, use in candidates if form.operands == written and form.paired == paired]
        if not fitting:
            raise PtxError(f"'{instruction.mnemonic}' with {'two results and ' * paired}{written - 2 * paired} operands")
        errors: list[PtxError] = []
        for form, use in fitting:
            try:
                return self._bound(instruction, form, use, scope)
            except PtxError as error:
                errors.append(error)
        raise errors[0]

    def _bound(self, instruction: Instruction, form: Form, use: Use, scope: Scope) -> Step:
        words = iter(spread(instruction.operands))
        results = tuple(self._result(next(words) if w not in UNWRITTEN else None, filled(w, use), use, scope) for w in form.results)
        sources = tuple(self._source(next(words) if w not in UNWRITTEN else None, filled(w, use), use, scope) for w in form.sources)
        sources = tuple(Text(selector_of(instruction.operands[0])) if w == "dsel" else s
                        for w, s in zip(form.sources, sources, strict=True))
        if form.opcode not in ("mov", "cvt") and any(isinstance(one, Special) for one in sources):
            raise PtxError(f"a special register, which only 'mov' and 'cvt' read, in '{instruction.mnemonic}'")
        return Step(form, use, results, sources, self._guard(instruction, scope), instruction.at)

    def _guard(self, instruction: Instruction, scope: Scope) -> Place | None:
        guard = instruction.guard
        return None if guard is None else replace(self._place(guard.reference, PREDICATE, scope), inverted=guard.inverted)

    def _result(self, operand: Operand | None, word: str, use: Use, scope: Scope) -> Place | Group:
        if operand is None:
            return Place((self.carry,), PREDICATE)
        if (count := count_of(word, use)) is not None:
            return Group(tuple(self._one_result(e, word, scope) for e in elements(operand, count, scope)))
        return self._one_result(operand, word, scope)

    def _one_result(self, operand: Operand, word: str, scope: Scope) -> Place:
        if operand == Name("_"):
            return Place((), PREDICATE if word == "_" else type_of(word))
        if word == "_":
            raise PtxError("a result where only '_' may be")
        if is_part(word):
            operand, _, _ = split(operand, word)
        place = self._register_source(operand, word, scope, written=True)
        if place.inverted or any(len(self.operands.outputs) <= r < self._arguments for r in place.registers):
            raise PtxError("a result in an operand that is not an output")
        return place

    @property
    def _arguments(self) -> int:
        return len(self.operands.outputs) + len(self.operands.inputs)

    def _source(self, operand: Operand | None, word: str, use: Use, scope: Scope) -> Source:
        if operand is None:
            return Place((self.carry,), PREDICATE)
        if word.startswith("["):
            return self._address(operand, word.strip("[]"), scope)
        if word == "label":
            return self._target(operand, scope)
        if (count := count_of(word, use)) is not None:
            return Group(tuple(self._one_source(e, word, scope) for e in elements(operand, count, scope)))
        return self._one_source(operand, word, scope)

    def _one_source(self, operand: Operand, word: str, scope: Scope) -> Source:
        if is_part(word):
            base, selector, negated = split(operand, word)
            return Chosen(self._one_source(base, type_of(word).name, scope), selector, negated)
        immediate = self._immediate(operand)
        if word.startswith("imm"):
            return bounded(immediate, word.removeprefix("imm"))
        if immediate is not None:
            return constant(immediate, type_of(word))
        if isinstance(operand, Sum) or (isinstance(operand, Name) and isinstance(scope.names.get(operand.text), Variable)):
            return self._variable_address(operand, type_of(word), scope)
        if isinstance(operand, Name) and operand.text not in scope.names:
            return special(operand.text, type_of(word))
        return self._register_source(operand, word, scope)

    def _variable_address(self, operand: Sum | Name, type_: PtxType, scope: Scope) -> Address:
        """The address of a variable as a number; its state space is the variable's."""
        name, offset = (operand.base.text, operand.offset) if isinstance(operand, Sum) else (operand.text, 0)
        variable = scope.names.get(name)
        if not isinstance(variable, Variable) or type_.kind not in "bus" or type_.bits not in (32, 64):
            raise PtxError(f"the name '{name}'")
        return Address(variable.pointer, offset, f"&{type_.bits}")

    def _target(self, operand: Operand, scope: Scope) -> Text:
        """The label's unique name."""
        label = scope.names.get(operand.text) if isinstance(operand, Name) else None
        if not isinstance(label, str):
            raise PtxError("a label that is not in this text")
        return Text(label)

    def _immediate(self, operand: Operand) -> Immediate | None:
        if isinstance(operand, Immediate):
            return operand
        if isinstance(operand, Argument) and len(self.operands.outputs) <= operand.index < self._arguments:
            given = self.operands.inputs[operand.index - len(self.operands.outputs)]
            return given if isinstance(given, Immediate) else None
        return None

    def _register_source(self, operand: Operand, word: str, scope: Scope, written: bool = False) -> Place:
        type_ = type_of(word)
        if isinstance(operand, Negated) and word.startswith("!"):
            return replace(self._place(operand.reference, type_, scope), inverted=True)
        if isinstance(operand, Vector) and word.endswith("{}"):
            return self._parts(operand.elements, type_, scope, written)
        if not isinstance(operand, Name | Argument):
            raise PtxError("an operand of this form")
        return self._place(operand, type_, scope, wider=word.startswith("~"))

    def _parts(self, elements: Sequence[Reference | Immediate], whole: PtxType, scope: Scope, written: bool) -> Place:
        part = PtxType.parse(f"b{whole.bits // len(elements)}") if len(elements) in (1, 2, 4) else None
        if part is None:
            raise PtxError(f"a vector of {len(elements)} parts")
        return Place(tuple(self._part(e, part, scope, written) for e in elements), whole)

    def _part(self, element: Reference | Immediate, part: PtxType, scope: Scope, written: bool) -> int:
        if written and element == Name("_"):
            return self.registers.add(part)
        is_special = isinstance(element, Name) and element.text.startswith("%") and element.text not in scope.names
        if not written and (is_special or isinstance(element, Immediate)):
            use, register = _PART.use(f"mov.{part.name}"), self.registers.add(part)
            assert use is not None
            source = self._one_source(element, part.name, scope)
            self.steps.append(Step(_PART, use, (Place((register,), part),), (source,), None, None))
            return register
        if isinstance(element, Immediate):
            raise PtxError("a number as a result")
        return self._place(element, part, scope).registers[0]

    def _place(self, operand: Reference, type_: PtxType, scope: Scope, wider: bool = False) -> Place:
        register = self._register(operand, scope)
        held = self.registers.types[register]
        fits = type_.bits <= held.bits if wider else type_.bits == held.bits
        if not fits or (held.kind == "p") != (type_.kind == "p") or {held.kind, type_.kind} in _CLASHES:
            raise PtxError(f"a register of type .{held.name} for .{type_.name}")
        return Place((register,), type_)

    def _register(self, operand: Reference, scope: Scope) -> int:
        if isinstance(operand, Name):
            number = scope.names.get(operand.text)
            if not isinstance(number, int):
                raise PtxError(f"the name '{operand.text}'")
            return number
        if operand.index >= self._arguments or self._immediate(operand) is not None:
            raise PtxError(f"the operand %{operand.index}")
        first = len(self.operands.outputs)
        given = self.operands.inputs[operand.index - first] if operand.index >= first else None
        return given.tied if isinstance(given, Input) and given.tied is not None else operand.index

    def _address(self, operand: Operand, space: str, scope: Scope) -> Address:
        if not isinstance(operand, Memory) or operand.more:
            raise PtxError("an address that is not in brackets")
        offset = fitting(operand.offset, 32)
        if (immediate := self._immediate(operand.base)) is not None:
            return Address(ConstantInt(IntType(64), immediate.value), offset, space)
        variable = scope.names.get(operand.base.text) if isinstance(operand.base, Name) else None
        if isinstance(variable, Variable):
            return Address(variable.pointer, offset, space)
        assert isinstance(operand.base, Name | Argument)
        register = self._register(operand.base, scope)
        held = self.registers.types[register]
        if held.kind in "fp" or held.bits not in ((64, 32) if space == "shared" else (64,)):
            raise PtxError(f"an address of {held.bits} bits in {space} memory")
        return Address(Place((register,), held), offset, space)


def _unknown(mnemonic: str) -> str:
    """Names the instruction; where no record has its opcode, whether PTX has it."""
    opcode = mnemonic.partition(".")[0]
    if opcode in OPCODES:
        return f"'{mnemonic}'"
    return f"'{mnemonic}': {'there is no record of this' if opcode in INSTRUCTIONS else 'PTX has no such'} instruction"

"""Binds the statements of a function: those of asm texts, and variables, calls, returns and tables of targets."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from crosswarp.ir.constants import poison
from crosswarp.ir.function import Function
from crosswarp.ir.ptx.binding import Binder
from crosswarp.ir.ptx.body import Body
from crosswarp.ir.ptx.constraints import Operands
from crosswarp.ir.ptx.module.calls import Call, Passed, emit_call
from crosswarp.ir.ptx.module.frame import Frame
from crosswarp.ir.ptx.module.shapes import shape_of
from crosswarp.ir.ptx.module.symbols import Symbols
from crosswarp.ir.ptx.numbers import constant
from crosswarp.ir.ptx.operands import Action, Mark, Place, Step
from crosswarp.ir.ptx.scope import Entity, Scope, Variable
from crosswarp.ir.ptx.syntax import (
    Immediate,
    Instruction,
    Listed,
    Name,
    Operand,
    Parameter,
    Prototype,
    PtxError,
    Signature,
    Statement,
    Targets,
    Variables,
)
from crosswarp.ir.ptx.types import PtxType
from crosswarp.ir.values import Value

_ADDRESS = PtxType.parse("b64")
_OWN = ("local", "param")
_UNIFORM: tuple[list[str], ...] = ([], ["uni"])
_MODIFIERS = {"call": _UNIFORM, "ret": _UNIFORM, "exit": ([],), "brx": (["idx"], ["idx", "uni"])}
Emit = Callable[[Body], None]


class FunctionBinder(Binder):
    """Problems are collected in `problems`, one for a statement."""

    def __init__(self, symbols: Symbols, frame: Frame, problems: list[PtxError]) -> None:
        super().__init__(Operands((), (), False))
        self.symbols, self.frame, self.problems = symbols, frame, problems
        self.outer = Scope(self.registers, dict(symbols.names))

    def bind_function(self) -> list[Step | Mark | Action]:
        """The steps of the whole body."""
        signature = self.frame.text.signature
        for parameter in (*signature.parameters, *signature.results):
            if parameter.space == "reg":
                self.outer.define(parameter.declarator.name, self.registers.add(PtxType.parse(parameter.type)))
        for name, variable in (*self.frame.parameters.items(), *self.frame.results.items()):
            self.outer.define(name, variable)
        assert self.frame.text.body is not None
        return self.bind(self.frame.text.body, self.outer.names)

    def take_arguments(self, body: Body) -> None:
        """Put arguments into the registers that the function declares for them."""
        for parameter, argument in zip(self.frame.text.signature.parameters, self.frame.function.arguments, strict=True):
            register = self.outer.names[parameter.declarator.name]
            if isinstance(register, int):
                body.write(register, argument)

    def leave(self, body: Body) -> None:
        """Return with what the results hold."""
        builder = body.emit.builder
        values = [self._result_value(body, result) for result in self.frame.text.signature.results]
        kind = self.frame.function.return_type
        whole: Value | None = values[0] if len(values) == 1 else poison(kind) if values else None
        for number, value in enumerate(values if len(values) > 1 else ()):
            assert whole is not None
            whole = builder.insertvalue(whole, value, number)
        builder.ret(whole)

    def _result_value(self, body: Body, result: Parameter) -> Value:
        entity = self.outer.names[result.declarator.name]
        if isinstance(entity, Variable):
            shape = shape_of(result, result.declarator)
            return body.emit.builder.load(shape.type, entity.pointer, align=shape.align)
        assert isinstance(entity, int)
        return body.read(entity)

    def _problem(self, error: PtxError) -> None:
        self.problems.append(error)

    def _statement(self, statement: Statement, scope: Scope) -> None:
        if isinstance(statement, Variables):
            own = statement.space in _OWN
            made = self.frame.variables(statement) if own else self.symbols.variables(statement, self.frame.text.name)
            for name, variable in made.items():
                scope.define(name, variable)
        elif not isinstance(statement, Prototype | Targets):
            super()._statement(statement, scope)

    def _instruction(self, instruction: Instruction, scope: Scope) -> Step | Action:
        words = instruction.mnemonic.split(".")
        bind = {"call": self._call, "ret": self._return, "brx": self._switch}.get(words[0])
        if words[0] == "exit" and self.frame.text.kind == "entry":
            bind = self._return
        if bind is None:
            return super()._instruction(instruction, scope)
        if words[1:] not in _MODIFIERS[words[0]]:
            raise PtxError(f"'{instruction.mnemonic}'")
        return Action(bind(instruction, scope), self._guard(instruction, scope), instruction.at)

    def _return(self, instruction: Instruction, scope: Scope) -> Emit:
        if instruction.operands:
            raise PtxError(f"'{instruction.mnemonic}' with operands")

        def emit(body: Body) -> None:
            self.leave(body)
            body.emit.end()

        return emit

    def _switch(self, instruction: Instruction, scope: Scope) -> Emit:
        if len(instruction.operands) != 2 or not isinstance(table := self._entity(instruction.operands[1], scope), Targets):
            raise PtxError(f"'{instruction.mnemonic}' without an index and a list of targets")
        index = self._one_source(instruction.operands[0], "b32", scope)
        labels = [self._target(Name(name), scope).text for name in table.targets]
        return lambda body: body.emit.switch(body.source(index), labels)

    def _call(self, instruction: Instruction, scope: Scope) -> Emit:
        operands = list(instruction.operands)
        results = _listed(operands.pop(0)) if operands and isinstance(operands[0], Listed) else ()
        callee = self._entity(operands.pop(0), scope) if operands else None
        arguments = _listed(operands.pop(0)) if operands and isinstance(operands[0], Listed | Immediate) else ()
        prototype = self._entity(operands.pop(0), scope) if operands else None
        if operands:
            raise PtxError(f"'{instruction.mnemonic}' with operands of this form")
        target, signature = self._callee(callee, prototype, scope)
        wanted, given = (signature.results, signature.parameters), (results, arguments)
        if [*map(len, wanted)] != [*map(len, given)]:
            raise PtxError(f"a call with {len(arguments)} arguments and {len(results)} results of a function that has "
                           f"{len(signature.parameters)} and {len(signature.results)}")
        passed = [[self._passed(p, o, scope) for p, o in zip(*pair, strict=True)] for pair in zip(wanted, given, strict=True)]
        call = Call(target, signature, tuple(passed[0]), tuple(passed[1]))
        return lambda body: emit_call(body, call)

    def _entity(self, operand: Operand, scope: Scope) -> Entity | None:
        return scope.names.get(operand.text) if isinstance(operand, Name) else None

    def _callee(self, callee: Entity | None, prototype: Entity | None, scope: Scope) -> tuple[Function | Place, Signature]:
        if isinstance(callee, Variable) and isinstance(callee.pointer, Function):
            return callee.pointer, self.symbols.callees[callee.pointer.name].text.signature
        if not isinstance(callee, int):
            raise PtxError("a call of what is no function")
        if self.registers.types[callee].bits != _ADDRESS.bits:
            raise PtxError("a call of a register that holds no address")
        if isinstance(prototype, Targets) and prototype.targets:
            return Place((callee,), _ADDRESS), self._callee(scope.names.get(prototype.targets[0]), None, scope)[1]
        if not isinstance(prototype, Prototype):
            raise PtxError("a call through a register without a prototype")
        return Place((callee,), _ADDRESS), prototype.signature

    def _passed(self, declared: Parameter, operand: Operand, scope: Scope) -> Passed:
        shape = shape_of(declared, declared.declarator)
        entity = self._entity(operand, scope)
        if isinstance(entity, Variable) and entity.space == "param":
            if self.frame.sizes[entity.pointer] != shape.size:
                raise PtxError(f"another variable for a parameter of {shape.size} bytes")
            return Passed(declared, entity)
        if shape.scalar is None:
            raise PtxError("a call that passes memory in a register")
        kind = PtxType.parse(f"b{shape.scalar.bits}")
        if isinstance(operand, Immediate):
            return Passed(declared, constant(operand, kind))
        return Passed(declared, self._register_source(operand, f"~{kind.name}", scope))


def _listed(operand: Operand) -> Sequence[Operand]:
    return operand.elements if isinstance(operand, Listed) else (operand,)

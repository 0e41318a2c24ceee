"""Calls: of functions with a body, of operations of the table, through pointers."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Call
from crosswarp.ir.interpreter.errors import NotInterpreted, PoisonUse, Undefined
from crosswarp.ir.operations import Effects, Operation, find_operation
from crosswarp.ir.operations.requests import ActiveMask, BlockBarrier, GridBarrier, WarpMeeting
from crosswarp.ir.semantics.poison import POISON, is_poison
from crosswarp.ir.types import VOID, VectorType
from crosswarp.ir.values import InlineAsm

if TYPE_CHECKING:
    from crosswarp.ir.interpreter.code import Preparer
    from crosswarp.ir.interpreter.steps import Step
    from crosswarp.ir.interpreter.threads import Thread

_REQUESTS = (BlockBarrier, WarpMeeting, ActiveMask, GridBarrier)
NO_RESULT = 1
"""Slot for results that nobody reads (the returned value's, overwritten by `ret`)."""


@dataclass(eq=False)
class CallSite:
    """A call that may have to wait for other threads. `callee` is a function, or the slot of a pointer."""

    instruction: Call
    callee: Function | int
    arguments: list[int]
    result: int
    defined: list[int]

    def perform(self, slots: list[Any], thread: Thread) -> Generator[Any, Any, Any]:
        """Do the call as part of the thread."""
        from crosswarp.ir.interpreter.code import run

        callee = self.callee if isinstance(self.callee, Function) else thread.machine.function_at(slots[self.callee])
        values = [slots[n] for n in self.arguments]
        for index in self.defined:
            if values[index] is POISON:
                raise PoisonUse(f"argument {index + 1} is poison or uninitialised")
        if callee.function_type is not self.instruction.function_type:
            raise Undefined(f"{callee} is called with another type than its own")
        if not callee.is_declaration:
            return (yield from run(thread.machine.code(callee), values, thread))
        result = evaluator(callee, self.instruction)(thread, *values)
        if isinstance(result, _REQUESTS):
            result = yield result
        return result


def make_call(p: Preparer, call: Call) -> Step | CallSite:
    """A step for an operation that never waits, else a call site."""
    callee = call.callee
    arguments = [p.slot(v) for v in call.arguments]
    result = NO_RESULT if call.type is VOID else p.slot(call)
    if isinstance(callee, InlineAsm):
        return _inline_asm(callee, call, arguments, result)
    if isinstance(callee, Function) and callee.is_declaration:
        record = find_operation(callee.name)
        if record is not None and Effects.CONVERGENT not in record.effects:
            return _plain_step(evaluator(callee, call), arguments, result)
    defined = [n for n, attributes in enumerate(call.argument_attributes) if "noundef" in attributes]
    return CallSite(call, callee if isinstance(callee, Function) else p.slot(callee), arguments, result, defined)


def _plain_step(evaluate: Callable[..., Any], arguments: list[int], result: int) -> Step:
    def step(s: list[Any], t: Thread) -> None:
        s[result] = evaluate(t, *[s[n] for n in arguments])

    return step


def _inline_asm(asm: InlineAsm, call: Call, arguments: list[int], result: int) -> Step:
    """Only an empty template means something without knowing PTX: a result tied to an operand is that operand."""
    constraints = asm.constraints.split(",")
    if asm.template.strip() or (result != NO_RESULT and ("0" not in constraints or len(arguments) != 1)):
        raise NotInterpreted(f"inline PTX: {asm.template.strip()}")
    source = arguments[0] if arguments else NO_RESULT

    def step(s: list[Any], t: Thread) -> None:
        s[result] = s[source]

    return step


def evaluator(callee: Function, call: Call) -> Callable[..., Any]:
    """The evaluator of a declared function, with the rules for poison and vectors applied."""
    record = find_operation(callee.name)
    if record is None or (record.evaluate is None and record.bind is None):
        return _missing(callee.name)
    evaluate = record.bind(call) if record.bind is not None else record.evaluate
    assert evaluate is not None
    if not record.sees_poison:
        evaluate = _guarded(evaluate, record)
    return _elementwise(evaluate, call) if record.elementwise and isinstance(call.type, VectorType) else evaluate


def _missing(name: str) -> Callable[..., Any]:
    def fail(thread: Thread, *arguments: Any) -> Any:
        raise NotInterpreted(f"call of {name}")

    return fail


def _guarded(evaluate: Callable[..., Any], record: Operation) -> Callable[..., Any]:
    pure = record.effects is Effects.PURE
    exchanges = record.name.startswith("llvm.nvvm.shfl.")

    def run(thread: Thread, *arguments: Any) -> Any:
        for position, argument in enumerate(arguments):
            if argument is POISON or (not pure and is_poison(argument)):
                if pure:
                    return POISON
                if not (exchanges and position == 1):
                    raise PoisonUse(f"argument {position + 1} of {record.name} is poison or uninitialised")
        return evaluate(thread, *arguments)

    return run


def _elementwise(evaluate: Callable[..., Any], call: Call) -> Callable[..., Any]:
    vectors = [isinstance(v.type, VectorType) for v in call.arguments]
    assert isinstance(call.type, VectorType)
    count = call.type.count

    def run(thread: Thread, *arguments: Any) -> Any:
        rows = [[a[n] if is_vector and a is not POISON else a for a, is_vector in zip(arguments, vectors, strict=True)]
                for n in range(count)]
        return tuple([evaluate(thread, *row) for row in rows])

    return run

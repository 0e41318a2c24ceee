"""Calls: values in registers or `.param` variables become arguments, results go back to where the call names.

{ .param .b32 p; .param .b32 r;
st.param.b32 [p], %r1;
call.uni (r), f, (p);                 ->     %a = load i32, ptr %p; %v = call i32 @f(i32 %a); store i32 %v, ptr %r
ld.param.b32 %r2, [r]; }
"""

from __future__ import annotations

from dataclasses import dataclass

from crosswarp.ir.function import Function
from crosswarp.ir.ptx.body import Body
from crosswarp.ir.ptx.module.shapes import shape_of
from crosswarp.ir.ptx.module.symbols import attributes_of, function_type
from crosswarp.ir.ptx.operands import Place
from crosswarp.ir.ptx.scope import Variable
from crosswarp.ir.ptx.syntax import Parameter, Signature
from crosswarp.ir.types import PTR, VOID, Type
from crosswarp.ir.values import Value

_ATTRIBUTES = ("convergent", "nounwind")


@dataclass(frozen=True)
class Passed:
    """A parameter or a result: what the callee declares, and where the caller has it."""

    declared: Parameter
    given: Variable | Place | Value


@dataclass(frozen=True)
class Call:
    """A call that is bound. `callee` is a function, or the register that holds its address."""

    callee: Function | Place
    signature: Signature
    results: tuple[Passed, ...]
    arguments: tuple[Passed, ...]


def emit_call(body: Body, call: Call) -> None:
    """Make the call, and store what it gives."""
    builder = body.emit.builder
    if isinstance(call.callee, Function):
        callee: Value = call.callee
        kind = call.callee.function_type
    else:
        callee, kind = builder.cast("inttoptr", body.source(call.callee), PTR), function_type(call.signature)
    arguments = [_argument(body, passed, wanted) for passed, wanted in zip(call.arguments, kind.parameters, strict=True)]
    made = builder.call(callee, arguments, function_type=kind, attributes=_ATTRIBUTES)
    made.argument_attributes = [list(attributes_of(passed.declared)) for passed in call.arguments]
    if kind.result is not VOID:
        _take_results(body, call.results, made)


def _argument(body: Body, passed: Passed, wanted: Type) -> Value:
    builder, shape, value = body.emit.builder, shape_of(passed.declared, passed.declared.declarator), passed.given
    if isinstance(value, Variable):
        value = value.pointer if shape.scalar is None else builder.load(shape.scalar, value.pointer, align=shape.align)
    elif isinstance(value, Place):
        value = body.bits(body.source(value))
    return value if value.type is wanted else builder.cast("inttoptr", value, wanted)


def _take_results(body: Body, results: tuple[Passed, ...], made: Value) -> None:
    for number, passed in enumerate(results):
        value = made if len(results) == 1 else body.emit.builder.extractvalue(made, number)
        if isinstance(passed.given, Variable):
            body.emit.builder.store(value, passed.given.pointer, align=shape_of(passed.declared, passed.declared.declarator).align)
        elif isinstance(passed.given, Place):
            body.assign(passed.given, value)

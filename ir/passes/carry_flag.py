"""The carry flag between asm statements: a variable of the kernel, to which the functions that use the flag get a pointer.

Arithmetic on long numbers is often written with one asm statement for each instruction, in functions of their own:

    add_cc(a, b):  asm volatile("add.cc.u32 %0, %1, %2;" ...)           the flag outlives the statement and the function
    addc(a, b):    asm volatile("addc.u32 %0, %1, %2;" ...)

Before: `define i32 @addc(i32 %a, i32 %b)`, `define ptx_kernel void @k() { call i32 @addc(i32 1, i32 2)`
After:  `define i32 @addc(i32 %a, i32 %b, ptr %carry)`, `define ptx_kernel void @k() { %carry = alloca i1`
        `call i32 @addc(i32 1, i32 2, ptr %carry)`; inlining makes a value of the variable.
"""

from __future__ import annotations

import re

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Call
from crosswarp.ir.module import Module
from crosswarp.ir.passes.asm_calls import asm_calls, functions_with_asm
from crosswarp.ir.types import I1, PTR, FunctionType
from crosswarp.ir.uses import is_nested_use
from crosswarp.ir.values import Value

_GUARD = r"(?P<guard>@!?\s*[\w%$]+\s+)?"
_LINK = re.compile(_GUARD + r"\b(?P<name>(?:add|sub|mad)(?P<reads>c)?)(?:\s*\.\w+)*?\s*(?P<writes>\.cc\b)?\s*\.[us]\d\d\b")


def carry_places(module: Module) -> dict[Function, Value]:
    """A pointer to the flag for every function with asm that uses it; none where no statement reads what another one wrote."""
    users = [f for f in functions_with_asm(module) if any(is_link(asm.template) for _, asm in asm_calls(f))]
    if not any(_reads_first(asm.template) for f in users for _, asm in asm_calls(f)):
        return {}
    places: dict[Function, Value] = {}
    for function in users:
        _give_place(module, function, places)
    return places


def is_link(text: str) -> bool:
    """Whether a text has an instruction that reads or writes the flag."""
    return any(found["reads"] or found["writes"] for found in _LINK.finditer(text))


def _reads_first(text: str) -> bool:
    """Whether the flag may be read before the text itself has written it."""
    links = [found for found in _LINK.finditer(text) if found["reads"] or found["writes"]]
    return any(found["reads"] for found in links) and bool(links[0]["reads"] or links[0]["guard"])


def _give_place(module: Module, function: Function, places: dict[Function, Value]) -> Value:
    """A parameter, given by all callers; a variable in kernels and in functions that are called through pointers."""
    if function in places:
        return places[function]
    calls = [] if function.calling_convention or function.vararg else _calls(module, function)
    if not calls:
        builder = Builder.at_entry(function)
        places[function] = place = builder.alloca(I1, "carry")
        builder.store(ConstantInt(I1, 0), place)
        return place
    places[function] = parameter = function.add_argument(PTR, "carry")
    function.attributes = [a for a in function.attributes if not str(a).startswith("memory(")]
    for call in calls:
        assert call.function is not None
        signature = FunctionType(call.function_type.result, (*call.function_type.parameters, PTR))
        call.attributes = [a for a in call.attributes if not str(a).startswith("memory(")]
        given = parameter if call.function is function else _give_place(module, call.function, places)
        call.set_call(function, signature, [*call.arguments, given], [*call.argument_attributes, []])
    return parameter


def _calls(module: Module, function: Function) -> list[Call]:
    """All calls of a function; none if it is used in any other way as well."""
    values = [v.initializer for v in module.globals.values() if v.initializer is not None]
    values += [alias.aliasee for alias in module.aliases.values()]
    calls: list[Call] = []
    for user in module.functions_mentioning(function):
        for instruction in user.instructions():
            operands = instruction.operands
            if isinstance(instruction, Call) and operands[0] is function and instruction.function_type == function.function_type:
                calls.append(instruction)
                operands = operands[1:]
            values += operands
    return [] if any(value is function or is_nested_use(value, function) for value in values) else calls

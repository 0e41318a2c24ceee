"""Puts portable IR in the place of one asm call.

Before: `%r = call i32 asm "{ .reg .pred p; setp.lt.u32 p, $1, 8; @p add.u32 $0, $1, 1; }", "=r,r"(i32 %x)`
After:  `%p = icmp ult i32 %x, 8`, `%s = add i32 %x, 1`, `%r = select i1 %p, i32 %s, i32 0` (a register that nobody wrote: any
value is right), with the registers in variables of the frame.
"""

from __future__ import annotations

import re

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import Keyword
from crosswarp.ir.instructions import Call
from crosswarp.ir.module import Module
from crosswarp.ir.ptx.binding import Binder
from crosswarp.ir.ptx.body import Body
from crosswarp.ir.ptx.constraints import Operands, operands_of
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.parser import parse
from crosswarp.ir.ptx.scope import Variable
from crosswarp.ir.ptx.spaces import SPACES
from crosswarp.ir.ptx.syntax import Immediate
from crosswarp.ir.types import I1, VOID, FunctionType, PointerType, Type
from crosswarp.ir.values import InlineAsm, Value

_BARRIER = InlineAsm(FunctionType(VOID, ()), "", "~{memory}", ("sideeffect",))
_WORD = re.compile(r"(?<![\w.%$])[a-zA-Z_$][\w$]*")
_UNIQUE, _DOLLAR = "${:uid}", "$$"


def translate(module: Module, call: Call, asm: InlineAsm, flushes: bool, carry: Value | None = None, *,
              opens: bool = False) -> None:
    """Replace the call. Raises `PtxError`, and changes nothing, when a part of it has no exact meaning.

    `carry` points to the carry flag that other statements wrote or will read. `opens`: see `Emitter`.
    """
    operands, text = operands_of(call, asm), template_text(asm)
    binder = Binder(operands)
    steps = binder.bind(parse(text), _named(module, text))
    function = call.function
    assert call.parent is not None and function is not None
    emit = Emitter(module, Builder(call.parent, call), flushes, opens)
    body = Body(emit, function, binder.registers.types)
    body.clear()
    _take_inputs(body, operands)
    _order_memory(emit, operands)
    if carry is not None:
        body.write(binder.carry, emit.builder.load(I1, carry))
    body.run(steps)
    if carry is not None:
        emit.builder.store(body.read(binder.carry), carry)
    _order_memory(emit, operands)
    _give_outputs(body, operands, call)
    call.erase()


def template_text(asm: InlineAsm) -> str:
    """The template with what LLVM's escapes stand for: `%=` makes names unique among asm statements, as the parser does anyway."""
    return asm.template.replace(_UNIQUE, "0").replace(_DOLLAR, "$")


def _named(module: Module, text: str) -> dict[str, Variable]:
    """The module's variables and functions that the text may mean."""
    found = {word: value for word in set(_WORD.findall(text)) if (value := module.get(word)) is not None}
    return {word: Variable(value, SPACES[value.address_space]) for word, value in found.items() if value.address_space in SPACES}


def _order_memory(emit: Emitter, operands: Operands) -> None:
    if operands.memory:
        emit.builder.call(_BARRIER, [])


def _take_inputs(body: Body, operands: Operands) -> None:
    first = len(operands.outputs)
    for number, given in enumerate(operands.inputs):
        if not isinstance(given, Immediate):
            body.write(first + number if given.tied is None else given.tied, given.value)


def _give_outputs(body: Body, operands: Operands, call: Call) -> None:
    builder = body.emit.builder
    results = [_as(builder, body.read(n), output.type) for n, output in enumerate(operands.outputs)]
    if not results or call.function is None:
        return
    whole = results[0]
    if whole.type is not call.type:
        whole = Keyword(call.type, "poison")
        for number, result in enumerate(results):
            whole = builder.insertvalue(whole, result, number)
    call.function.replace_all_uses(call, whole)


def _as(builder: Builder, value: Value, kind: Type) -> Value:
    return builder.cast("inttoptr" if isinstance(kind, PointerType) else "bitcast", value, kind)

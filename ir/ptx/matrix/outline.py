"""Functions of the module for forms that are long: every use calls the same one, and LLVM decides what to inline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import undef
from crosswarp.ir.function import Function
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.types import VOID, FunctionType, StructType, struct_of
from crosswarp.ir.values import Value

Inside = Callable[[Emitter, Sequence[Value]], Sequence[Value]]


def outlined(e: Emitter, name: str, values: Sequence[Value], inside: Inside) -> tuple[Value, ...]:
    """What the module's function `name` returns for these values; it is made of what `inside` emits when it is not there yet."""
    function = made(e, name, values, inside)
    whole = e.builder.call(function, values)
    return tuple(e.builder.extractvalue(whole, n) for n in range(len(struct_of(whole.type).fields)))


def called(e: Emitter, name: str, emit: Callable[..., Sequence[Value]], *fragments: Sequence[Value]) -> tuple[Value, ...]:
    """`outlined`, for what takes whole fragments."""
    ends = [0, *accumulate(map(len, fragments))]

    def inside(e: Emitter, values: Sequence[Value]) -> Sequence[Value]:
        return emit(e, *(values[start:end] for start, end in pairwise(ends)))

    return outlined(e, name, [value for fragment in fragments for value in fragment], inside)


def made(e: Emitter, name: str, values: Sequence[Value], inside: Inside) -> Function:
    """The module's function `name`, of parameters like these values; it is made when it is not there yet."""
    if name in e.module.functions:
        return e.module.functions[name]
    function = Function(name, FunctionType(VOID, tuple(value.type for value in values)))
    function.linkage, function.attributes = "internal", ["convergent", "nounwind"]
    emit = Emitter(e.module, Builder(function.add_block("entry")), e.flushes)
    results = inside(emit, function.arguments)
    if not results:
        emit.builder.ret()
        return e.module.add_function(function)
    function.return_type = StructType(tuple(value.type for value in results))
    whole: Value = undef(function.return_type)
    for n, value in enumerate(results):
        whole = emit.builder.insertvalue(whole, value, n)
    emit.builder.ret(whole)
    return e.module.add_function(function)

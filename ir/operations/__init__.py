"""The operation table: one record for each `llvm.nvvm.*`, `__cw.*` and `llvm.*` function that portable IR may call."""

from __future__ import annotations

from crosswarp.ir.function import Function
from crosswarp.ir.operations import (
    arithmetic,
    barriers,
    core,
    mathematics,
    memory,
    ptx_floats,
    services,
    tensor,
    textures,
    threads,
    warp,
)
from crosswarp.ir.operations.record import Effects, Operation, Uniformity

__all__ = ["OPERATIONS", "Effects", "Operation", "Uniformity", "declaration_problem", "find_operation"]

OPERATIONS: dict[str, Operation] = {}
for _module in (threads, barriers, warp, memory, mathematics, arithmetic, core, services, tensor, textures, ptx_floats):
    for _operation in _module.OPERATIONS:
        assert _operation.name not in OPERATIONS, f"{_operation.name} is in the table twice"
        OPERATIONS[_operation.name] = _operation


def find_operation(name: str) -> Operation | None:
    """The record for a function name, or None. Overloads are found by their longest `name.*`."""
    found = OPERATIONS.get(name)
    stem = name
    while found is None and "." in stem:
        stem = stem.rpartition(".")[0]
        found = OPERATIONS.get(stem + ".*")
    return found


def declaration_problem(function: Function) -> str | None:
    """What is wrong with a declaration in the portable dialect: an unknown operation, or other types than the table's."""
    if not function.name.startswith(("llvm.nvvm.", "__cw.")):
        return None
    record = find_operation(function.name)
    if record is None:
        return f"{function} is not in the operation table"
    kind = function.function_type
    if not record.accepts(kind.result, kind.parameters):
        wanted = f"{record.result} ({', '.join(record.parameters)})"
        return f"{function} is declared as {kind}, the operation is {wanted}"
    return None

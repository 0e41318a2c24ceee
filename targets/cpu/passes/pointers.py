"""Where a pointer can point, found by following it to its roots in SSA form."""

from __future__ import annotations

from collections.abc import Iterator

from crosswarp.ir.attributes import attribute_type
from crosswarp.ir.constants import ConstantExpr
from crosswarp.ir.globals import GlobalValue
from crosswarp.ir.instructions import GetElementPtr, Instruction, Load, Phi
from crosswarp.ir.types import PointerType
from crosswarp.ir.values import Argument, Value

SHARED_SPACE = 3
_MAX_ROOTS = 16


def roots(pointer: Value) -> list[Value] | None:
    """What `pointer` is computed from: arguments, globals, loads, calls, allocas. None when there are too many."""
    seen: list[Value] = []
    found: list[Value] = []
    work = [pointer]
    while work:
        value = work.pop()
        if any(value is other for other in seen):
            continue
        if len(seen) >= _MAX_ROOTS:
            return None
        seen.append(value)
        bases = list(_bases(value))
        work += bases
        if not bases:
            found.append(value)
    return found


def _bases(value: Value) -> Iterator[Value]:
    if isinstance(value, GetElementPtr):
        yield value.pointer
    elif isinstance(value, Phi):
        yield from (incoming for incoming, _ in value.incoming)
    elif isinstance(value, Instruction) and value.opcode in ("addrspacecast", "bitcast", "freeze"):
        yield value.operands[0]
    elif isinstance(value, Instruction) and value.opcode == "select":
        yield from value.operands[1:]
    elif isinstance(value, ConstantExpr) and value.opcode in ("getelementptr", "addrspacecast", "bitcast"):
        yield value.operands[0]


def _is_in_space(root: Value, space: int) -> bool:
    return isinstance(root.type, PointerType) and root.type.space == space


def is_shared_memory(pointer: Value) -> bool:
    """Whether it certainly points to shared memory."""
    found = roots(pointer)
    return bool(found) and all(_is_in_space(root, SHARED_SPACE) for root in found or ())


def is_global_memory(pointer: Value, thread: Value) -> bool:
    """Whether it certainly points to global or constant memory, or into the parameters; `thread` is the thread's context."""
    found = roots(pointer)
    return bool(found) and all(_is_global(root, thread) for root in found or ())


def _is_global(root: Value, thread: Value) -> bool:
    if isinstance(root, Argument):  # a struct by value is a private copy
        return root is not thread and attribute_type(root.attributes, "byval") is None
    if isinstance(root, Load):  # a pointer in a struct parameter that the kernel only reads
        return comes_from_parameter(root, "readonly")
    return isinstance(root, GlobalValue) and not _is_in_space(root, SHARED_SPACE)


def comes_from_parameter(root: Load, attribute: str) -> bool:
    """Whether the value is loaded from a kernel's struct parameter: the host can only have put global memory's address there.

    `attribute` starts one of the parameter's attributes: `readonly` for a struct that nobody changes, `byval` for any.
    """
    found = roots(root.pointer)
    return bool(found) and all(
        isinstance(base, Argument) and any(text.startswith(attribute) for text in base.attributes) for base in found or ()
    )

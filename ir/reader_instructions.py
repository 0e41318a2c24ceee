"""Reads instructions, one function per kind; `READERS` maps LLVM's words to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from crosswarp.ir.constants import CAST_OPCODES
from crosswarp.ir.instructions import (
    BINARY_OPCODES,
    Alloca,
    AtomicRMW,
    Branch,
    CmpXchg,
    Compare,
    Fence,
    GetElementPtr,
    Indexed,
    Instruction,
    LandingPad,
    Load,
    MemoryAccess,
    Phi,
    Store,
    Switch,
)
from crosswarp.ir.names import words
from crosswarp.ir.reader_calls import read_call, read_tail_call
from crosswarp.ir.types import I1, VOID, ArrayType, PointerType, StructType, Type, VectorType, struct_of
from crosswarp.ir.values import Value

if TYPE_CHECKING:
    from crosswarp.ir.reader_function import FunctionReader

_MEMORY_FLAGS = words("volatile atomic weak")


def _binary(r: FunctionReader, opcode: str) -> Instruction:
    flags = r.flags()
    type_ = r.type()
    left = r.value(type_)
    r.expect(",")
    return Instruction(opcode, type_, [left, r.value(type_)], None, flags)


def _unary(r: FunctionReader, opcode: str) -> Instruction:
    flags = r.flags()
    value = r.typed_value()
    return Instruction(opcode, value.type, [value], None, flags)


def _cast(r: FunctionReader, opcode: str) -> Instruction:
    flags = r.flags()
    value = r.typed_value()
    r.expect("to")
    return Instruction(opcode, r.type(), [value], None, flags)


def _compare(r: FunctionReader, opcode: str) -> Instruction:
    flags = r.flags()
    predicate = r.next()
    type_ = r.type()
    left = r.value(type_)
    r.expect(",")
    result = VectorType(type_.count, I1, type_.scalable) if isinstance(type_, VectorType) else I1
    return Compare(opcode, result, predicate, left, r.value(type_), flags=flags)


def _select(r: FunctionReader, opcode: str) -> Instruction:
    flags = r.flags()
    operands = r.operands(3)
    return Instruction(opcode, operands[1].type, operands, None, flags)


def _extract_element(r: FunctionReader, opcode: str) -> Instruction:
    operands = r.operands(2)
    return Instruction(opcode, operands[0].type.elements[0], operands)


def _insert_element(r: FunctionReader, opcode: str) -> Instruction:
    operands = r.operands(3)
    return Instruction(opcode, operands[0].type, operands)


def _shuffle_vector(r: FunctionReader, opcode: str) -> Instruction:
    operands = r.operands(3)
    mask = operands[2].type
    if not isinstance(mask, VectorType):
        raise r.fail(f"shuffle mask of type {mask}")
    return Instruction(opcode, VectorType(mask.count, operands[0].type.elements[0], mask.scalable), operands)


def _indexed(r: FunctionReader, opcode: str) -> Instruction:
    operands = r.operands(1 if opcode == "extractvalue" else 2)
    indices: list[int] = []
    while r.tokens[r.pos] == "," and r.tokens[r.pos + 1][:1] != "!":
        r.pos += 1
        indices.append(r.integer())
    type_ = operands[0].type
    if opcode == "extractvalue":
        for index in indices:
            type_ = type_.element if isinstance(type_, ArrayType) else struct_of(type_).fields[index]
    return Indexed(opcode, type_, operands, tuple(indices))


def _alloca(r: FunctionReader, _: str) -> Instruction:
    inalloca = r.accept("inalloca")
    if r.accept("swifterror"):
        raise r.fail("swifterror allocas are not supported", r.pos - 1)
    result = Alloca(r.type())
    result.inalloca = inalloca
    while option := r.option():
        if option == "align":
            result.align = r.integer()
        elif option == "addrspace":
            r.pos -= 1
            result.type = PointerType(r.address_space())
        else:
            r.pos -= 1
            result.operands = [r.typed_value()]
    return result


def _load(r: FunctionReader, _: str) -> Instruction:
    flags = r.flags(_MEMORY_FLAGS)
    type_ = r.type()
    r.expect(",")
    result = Load(type_, r.typed_value())
    return _finish_access(r, result, flags)


def _store(r: FunctionReader, _: str) -> Instruction:
    flags = r.flags(_MEMORY_FLAGS)
    value = r.typed_value()
    r.expect(",")
    return _finish_access(r, Store(value, r.typed_value()), flags)


def _finish_access(r: FunctionReader, access: MemoryAccess, flags: tuple[str, ...]) -> MemoryAccess:
    if "atomic" in flags:
        access.syncscope = r.syncscope()
        access.ordering = r.ordering()
    access.flags = tuple(f for f in flags if f != "atomic")
    access.align = r.align()
    return access


def _atomicrmw(r: FunctionReader, _: str) -> Instruction:
    flags = r.flags(_MEMORY_FLAGS)
    operation = r.next()
    pointer, value = r.operands(2)
    scope = r.syncscope()
    ordering = r.ordering()
    return AtomicRMW(operation, pointer, value, ordering, syncscope=scope, align=r.align(), flags=flags)


def _cmpxchg(r: FunctionReader, _: str) -> Instruction:
    flags = r.flags(_MEMORY_FLAGS)
    operands = r.operands(3)
    scope = r.syncscope()
    ordering, failure = r.ordering(), r.ordering()
    result = StructType((operands[1].type, I1))
    return CmpXchg(result, operands, ordering, failure, syncscope=scope, align=r.align(), flags=flags)


def _fence(r: FunctionReader, _: str) -> Instruction:
    scope = r.syncscope()
    return Fence(r.ordering(), scope)


def _getelementptr(r: FunctionReader, _: str) -> Instruction:
    flags = r.flags()
    source = r.type()
    operands: list[Value] = []
    while r.tokens[r.pos] == "," and r.tokens[r.pos + 1][:1] != "!":
        r.pos += 1
        operands.append(r.typed_value())
    if not operands:
        raise r.fail("getelementptr without a pointer")
    return GetElementPtr(gep_type(operands), source, operands, flags)


def _phi(r: FunctionReader, _: str) -> Instruction:
    flags = r.flags()
    type_ = r.type()
    phi = Phi(type_, None, None, flags)
    while True:
        r.expect("[")
        value = r.value(type_)
        r.expect(",")
        phi.operands += (value, r.block_reference())
        r.expect("]")
        if r.tokens[r.pos] != "," or r.tokens[r.pos + 1] != "[":
            return phi
        r.pos += 1


def _va_arg(r: FunctionReader, opcode: str) -> Instruction:
    pointer = r.typed_value()
    r.expect(",")
    return Instruction(opcode, r.type(), [pointer])


def _ret(r: FunctionReader, opcode: str) -> Instruction:
    type_ = r.type()
    return Instruction(opcode, VOID, [] if type_ is VOID else [r.value(type_)])


def _br(r: FunctionReader, _: str) -> Instruction:
    if r.tokens[r.pos] == "label":
        return Branch([r.label()])
    condition = r.typed_value()
    r.expect(",")
    if_true = r.label()
    r.expect(",")
    return Branch([condition, if_true, r.label()])


def _switch(r: FunctionReader, _: str) -> Instruction:
    value = r.typed_value()
    r.expect(",")
    result = Switch(value, r.label())
    r.expect("[")
    while not r.accept("]"):
        result.operands.append(r.typed_value())
        r.expect(",")
        result.operands.append(r.label())
    return result


def _indirectbr(r: FunctionReader, opcode: str) -> Instruction:
    operands = [r.typed_value()]
    r.expect(",")
    r.expect("[")
    while not r.accept("]"):
        r.accept(",")
        operands.append(r.label())
    return Instruction(opcode, VOID, operands)


def _resume(r: FunctionReader, opcode: str) -> Instruction:
    return Instruction(opcode, VOID, [r.typed_value()])


def _unreachable(r: FunctionReader, opcode: str) -> Instruction:
    return Instruction(opcode, VOID, [])


def _landingpad(r: FunctionReader, _: str) -> Instruction:
    type_ = r.type()
    flags = ("cleanup",) if r.accept("cleanup") else ()
    clauses, values = [], []
    while r.tokens[r.pos] in ("catch", "filter"):
        clauses.append(r.next())
        values.append(r.typed_value())
    return LandingPad(type_, clauses, values, flags)


def gep_type(operands: list[Value]) -> Type:
    """A vector of pointers as soon as one operand is a vector."""
    base = operands[0].type
    if isinstance(base, VectorType):
        return base
    for index in operands[1:]:
        if isinstance(index.type, VectorType):
            return VectorType(index.type.count, base, index.type.scalable)
    return base


_Reader = Callable[["FunctionReader", str], Instruction]
READERS: dict[str, _Reader] = {
    **dict.fromkeys(BINARY_OPCODES, _binary),
    **dict.fromkeys(CAST_OPCODES, _cast),
    **dict.fromkeys(("tail", "musttail", "notail"), read_tail_call),
    "fneg": _unary, "freeze": _unary,
    "icmp": _compare, "fcmp": _compare,
    "select": _select, "phi": _phi, "va_arg": _va_arg,
    "extractelement": _extract_element, "insertelement": _insert_element,
    "shufflevector": _shuffle_vector,
    "extractvalue": _indexed, "insertvalue": _indexed,
    "alloca": _alloca, "load": _load, "store": _store,
    "atomicrmw": _atomicrmw, "cmpxchg": _cmpxchg, "fence": _fence,
    "getelementptr": _getelementptr,
    "call": read_call, "invoke": read_call, "landingpad": _landingpad,
    "ret": _ret, "br": _br, "switch": _switch,
    "indirectbr": _indirectbr, "resume": _resume, "unreachable": _unreachable,
}

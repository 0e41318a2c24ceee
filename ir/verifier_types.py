"""Type rules of instructions: one generator per kind, yielding a message for each operand that does not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from crosswarp.ir.constants import CAST_OPCODES
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import BINARY_OPCODES, Branch, Indexed, Instruction, Phi, Switch
from crosswarp.ir.types import (
    I1,
    VOID,
    ArrayType,
    FloatType,
    IntType,
    NamedType,
    PointerType,
    StructType,
    Type,
    VectorType,
    bits_of,
    struct_of,
)

Messages = Iterator[str]


def type_problems(instruction: Instruction, function: Function) -> Messages:
    """What is wrong with the types of one instruction."""
    if instruction.opcode == "ret":
        yield from _ret(instruction, function)
        return
    rule = _RULES.get(instruction.opcode)
    if rule is not None:
        yield from rule(instruction)


def scalar(type: Type) -> Type:
    """Element type of a vector, else the type itself."""
    return type.element if isinstance(type, VectorType) else type


def shape(type: Type) -> tuple[int, bool] | None:
    """Number of vector elements and whether scalable; None for scalars."""
    return (type.count, type.scalable) if isinstance(type, VectorType) else None


def _ret(i: Instruction, function: Function) -> Messages:
    given = i.operands[0].type if i.operands else VOID
    if given is not function.return_type:
        yield f"returns {given} from a function that returns {function.return_type}"


def _binary(i: Instruction) -> Messages:
    wanted = FloatType if i.opcode.startswith("f") else IntType
    if not isinstance(scalar(i.type), wanted):
        yield f"{i.opcode} of type {i.type}"
    for operand in i.operands:
        if operand.type is not i.type:
            yield f"operand of type {operand.type} in an operation of type {i.type}"


def _unary(i: Instruction) -> Messages:
    if i.operands[0].type is not i.type:
        yield f"operand of type {i.operands[0].type} in an operation of type {i.type}"
    if i.opcode == "fneg" and not isinstance(scalar(i.type), FloatType):
        yield f"fneg of type {i.type}"


def _compare(i: Instruction) -> Messages:
    left, right = (v.type for v in i.operands)
    if left is not right:
        yield f"compares {left} with {right}"
    wanted = FloatType if i.opcode == "fcmp" else (IntType, PointerType)
    if not isinstance(scalar(left), wanted):
        yield f"{i.opcode} of type {left}"
    if scalar(i.type) is not I1 or shape(i.type) != shape(left):
        yield f"result of type {i.type} from comparing {left}"


def _select(i: Instruction) -> Messages:
    condition, if_true, if_false = (v.type for v in i.operands)
    if scalar(condition) is not I1 or shape(condition) not in (None, shape(i.type)):
        yield f"condition of type {condition}"
    if if_true is not i.type or if_false is not i.type:
        yield f"chooses between {if_true} and {if_false} for {i.type}"


def _pointer_operand(position: int) -> Callable[[Instruction], Messages]:
    def rule(i: Instruction) -> Messages:
        if not isinstance(i.operands[position].type, PointerType):
            yield f"address of type {i.operands[position].type}"

    return rule


def _gep(i: Instruction) -> Messages:
    if not isinstance(scalar(i.operands[0].type), PointerType):
        yield f"address of type {i.operands[0].type}"
    for index in i.operands[1:]:
        if not isinstance(scalar(index.type), IntType):
            yield f"index of type {index.type}"
    if scalar(i.type) is not scalar(i.operands[0].type):
        yield f"result of type {i.type} from an address of type {i.operands[0].type}"


def _atomicrmw(i: Instruction) -> Messages:
    yield from _pointer_operand(0)(i)
    if i.operands[1].type is not i.type:
        yield f"operand of type {i.operands[1].type} for a result of type {i.type}"


def _cmpxchg(i: Instruction) -> Messages:
    yield from _pointer_operand(0)(i)
    if i.operands[1].type is not i.operands[2].type or i.type is not StructType((i.operands[1].type, I1)):
        yield f"exchanges {i.operands[1].type} for {i.operands[2].type}, result {i.type}"


def _phi(i: Phi) -> Messages:
    for value, _ in i.incoming:
        if value.type is not i.type:
            yield f"entry of type {value.type} in a phi of type {i.type}"


def _br(i: Branch) -> Messages:
    if i.condition is not None and i.condition.type is not I1:
        yield f"condition of type {i.condition.type}"


def _switch(i: Switch) -> Messages:
    seen = set()
    for value, _ in i.cases:
        if value.type is not i.value.type:
            yield f"case of type {value.type} for a value of type {i.value.type}"
        if value in seen:
            yield f"case {value} occurs twice"
        seen.add(value)


def _indexed(i: Indexed) -> Messages:
    type_: Type = i.operands[0].type
    for index in i.indices:
        if isinstance(type_, ArrayType) and index < type_.count:
            type_ = type_.element
        elif isinstance(type_, StructType | NamedType) and index < len(struct_of(type_).fields):
            type_ = struct_of(type_).fields[index]
        else:
            yield f"no element {index} in {type_}"
            return
    if i.opcode == "extractvalue" and type_ is not i.type:
        yield f"result of type {i.type} from an element of type {type_}"
    if i.opcode == "insertvalue" and (i.operands[1].type is not type_ or i.type is not i.operands[0].type):
        yield f"inserts {i.operands[1].type} where {type_} belongs"


def _extract_element(i: Instruction) -> Messages:
    vector = i.operands[0].type
    if not isinstance(vector, VectorType) or vector.element is not i.type:
        yield f"element of type {i.type} from {vector}"


def _insert_element(i: Instruction) -> Messages:
    vector = i.operands[0].type
    if not isinstance(vector, VectorType) or vector.element is not i.operands[1].type or i.type is not vector:
        yield f"inserts {i.operands[1].type} into {vector}"


_CASTS: dict[str, tuple[type, type, Callable[[int, int], bool]]] = {
    "trunc": (IntType, IntType, lambda a, b: a > b), "zext": (IntType, IntType, lambda a, b: a < b),
    "sext": (IntType, IntType, lambda a, b: a < b), "fptrunc": (FloatType, FloatType, lambda a, b: a > b),
    "fpext": (FloatType, FloatType, lambda a, b: a < b), "fptoui": (FloatType, IntType, lambda a, b: True),
    "fptosi": (FloatType, IntType, lambda a, b: True), "uitofp": (IntType, FloatType, lambda a, b: True),
    "sitofp": (IntType, FloatType, lambda a, b: True), "ptrtoint": (PointerType, IntType, lambda a, b: True),
    "ptrtoaddr": (PointerType, IntType, lambda a, b: True), "inttoptr": (IntType, PointerType, lambda a, b: True),
}


def _cast(i: Instruction) -> Messages:
    source, target = i.operands[0].type, i.type
    wrong = f"{i.opcode} from {source} to {target}"
    if i.opcode == "bitcast":
        if source is not target and (bits_of(source) is None or bits_of(source) != bits_of(target)):
            yield wrong
        return
    a, b = scalar(source), scalar(target)
    if i.opcode == "addrspacecast":
        if not (isinstance(a, PointerType) and isinstance(b, PointerType) and a.space != b.space):
            yield wrong
    elif shape(source) != shape(target):
        yield wrong
    else:
        from_kind, to_kind, fits = _CASTS[i.opcode]
        ok = isinstance(a, from_kind) and isinstance(b, to_kind)
        if not ok or not fits(getattr(a, "bits", 0), getattr(b, "bits", 0)):
            yield wrong


_RULES: dict[str, Callable[[Any], Messages]] = {
    **dict.fromkeys(BINARY_OPCODES, _binary), **dict.fromkeys(CAST_OPCODES, _cast),
    "fneg": _unary, "freeze": _unary, "icmp": _compare, "fcmp": _compare, "select": _select,
    "load": _pointer_operand(0), "store": _pointer_operand(1), "getelementptr": _gep, "atomicrmw": _atomicrmw,
    "cmpxchg": _cmpxchg, "phi": _phi, "br": _br, "switch": _switch, "extractvalue": _indexed, "insertvalue": _indexed,
    "extractelement": _extract_element, "insertelement": _insert_element,
}

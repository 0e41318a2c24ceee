"""Reads calls, with all their decoration, and debug records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosswarp.ir.attributes import FUNCTION_ATTRIBUTES
from crosswarp.ir.constants import CAST_OPCODES
from crosswarp.ir.instructions import FAST_MATH_FLAGS, Call, DebugRecord, Instruction
from crosswarp.ir.names import words
from crosswarp.ir.types import METADATA, FunctionType, PointerType
from crosswarp.ir.values import InlineAsm, Value

if TYPE_CHECKING:
    from crosswarp.ir.reader_function import FunctionReader

_ASM_FLAGS = words("sideeffect alignstack inteldialect unwind")


def read_tail_call(r: FunctionReader, tail: str) -> Instruction:
    """A call with a tail-call mark, which is read already."""
    r.expect("call")
    call = read_call(r, "call")
    call.tail = tail
    return call


def read_call(r: FunctionReader, opcode: str) -> Call:
    """`call` or `invoke`."""
    flags = r.flags(FAST_MATH_FLAGS)
    convention = r.calling_convention()
    return_attributes = r.attributes()
    space = r.address_space()
    type_ = r.type()
    callee_at = r.pos
    _skip_callee(r)
    arguments, attributes = _call_arguments(r)
    kind = type_ if isinstance(type_, FunctionType) else FunctionType(type_, [a.type for a in arguments])
    after, r.pos = r.pos, callee_at
    callee = _callee(r, kind, space)
    r.pos = after
    call = Call(kind, callee, arguments, None, opcode)
    call.flags, call.calling_convention, call.return_attributes = flags, convention, return_attributes
    call.argument_attributes, call.address_space = attributes, space
    _call_suffix(r, call)
    if opcode == "invoke":
        r.expect("to")
        normal = r.label()
        r.expect("unwind")
        call.operands += (normal, r.label())
    return call


def _skip_callee(r: FunctionReader) -> None:
    """Go to the argument list: the callee's type is known only after the arguments."""
    token = r.next()
    if token[:1] in "%@":
        return
    if token == "asm":
        while r.tokens[r.pos] != "(":
            r.pos += 1
    elif token in CAST_OPCODES or token == "getelementptr":
        while r.tokens[r.pos] != "(":
            r.pos += 1
        r.balanced()
    elif token in ("dso_local_equivalent", "no_cfi"):
        r.pos += 1
    elif token not in ("null", "undef", "poison"):
        raise r.fail(f"expected a callee, found '{token}'", r.pos - 1)


def _callee(r: FunctionReader, kind: FunctionType, space: int) -> Value:
    if r.tokens[r.pos] != "asm":
        return r.value(PointerType(space))
    r.pos += 1
    flags = r.flags(_ASM_FLAGS)
    template = r.string()
    r.expect(",")
    return InlineAsm(kind, template, r.string(), flags)


def _call_arguments(r: FunctionReader) -> tuple[list[Value], list[list[str]]]:
    r.expect("(")
    values: list[Value] = []
    attributes: list[list[str]] = []
    while not r.accept(")"):
        if values:
            r.expect(",")
        type_ = r.type()
        if type_ is METADATA:
            attributes.append([])
            values.append(r.metadata_operand())
        else:
            attributes.append(r.attributes())
            values.append(r.value(type_))
    return values, attributes


def _call_suffix(r: FunctionReader, call: Call) -> None:
    groups = r.context.module.attribute_groups
    while True:
        token = r.tokens[r.pos]
        if token[:1] == "#" and token[1:].isdigit():
            r.pos += 1
            if int(token[1:]) not in groups:
                raise r.fail(f"undefined attribute group {token}", r.pos - 1)
            call.attributes += groups[int(token[1:])]
        elif token in FUNCTION_ATTRIBUTES or (token[:1] == '"' and token[-1] != ":"):
            call.attributes += r.attributes(FUNCTION_ATTRIBUTES)
        else:
            break
    if r.tokens[r.pos] == "[":
        r.pos += 1
        _bundles(r, call)


def _bundles(r: FunctionReader, call: Call) -> None:
    while not r.accept("]"):
        if call.bundles:
            r.expect(",")
        tag = r.string()
        r.expect("(")
        values = r.elements(")")
        call.bundles.append((tag, len(values)))
        call.operands += values


def read_debug_record(r: FunctionReader, word: str) -> Instruction:
    """`#dbg_declare(...)` and its like."""
    parts: list[str | int | range] = []
    operands: list[Value] = []
    r.expect("(")
    while not r.accept(")"):
        if parts:
            r.expect(",")
        if r.accept("!DIArgList"):
            r.expect("(")
            first = len(operands)
            operands += r.elements(")")
            parts.append(range(first, len(operands)))
        elif r.tokens[r.pos][:1] == "!":
            parts.append(r.metadata_node())
        else:
            parts.append(len(operands))
            operands.append(r.typed_value())
    return DebugRecord(word, parts, operands)

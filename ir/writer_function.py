"""Prints a function's body from its objects."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from crosswarp.ir.constants import CAST_OPCODES
from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import (
    Alloca,
    AtomicRMW,
    Call,
    CmpXchg,
    Compare,
    DebugRecord,
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
from crosswarp.ir.names import quoted, spell, words
from crosswarp.ir.types import VOID
from crosswarp.ir.values import MetadataValue, Value

if TYPE_CHECKING:
    from crosswarp.ir.writer import AttributeGroups


class FunctionWriter:
    """Gives each local value its printed name, then prints. `names` maps values to `%name`."""

    def __init__(self, function: Function, groups: AttributeGroups | None = None) -> None:
        self.function = function
        self.groups = groups
        self.names: dict[Value, str] = {}
        self._taken: set[str] = set()
        self._number = 0
        for argument in function.arguments:
            self._name(argument)
        for block in function.blocks:
            self._name(block)
            for instruction in block.instructions:
                if instruction.type is not VOID:
                    self._name(instruction)

    def _name(self, value: Value) -> None:
        name = value.name
        if name is None:
            self.names[value] = f"%{self._number}"
            self._number += 1
            return
        taken = self._taken
        if name in taken:
            stem, count = name, 0
            while name in taken:
                name, count = f"{stem}.{count}", count + 1
        taken.add(name)
        self.names[value] = "%" + spell(name)

    def body(self) -> str:
        """All blocks."""
        return "\n\n".join(self._block(block) for block in self.function.blocks)

    def _block(self, block: Block) -> str:
        lines = [f"{self.names[block][1:]}:"]
        lines += [self.line(i) for i in block.instructions]
        return "\n".join(lines)

    def line(self, instruction: Instruction) -> str:
        """One instruction, indented by two (debug records by four)."""
        text = _WRITERS.get(type(instruction), _plain)(self, instruction)
        if instruction.metadata:
            text += "".join([f", !{kind} {node}" for kind, node in instruction.metadata.items()])
        if instruction.type is not VOID:
            return f"  {self.names.get(instruction, '%<unnamed>')} = {text}"
        return ("    " if text[0] == "#" else "  ") + text

    def ref(self, value: Value) -> str:
        """A value without its type."""
        name = self.names.get(value)
        if name is not None:
            return name
        if isinstance(value, MetadataValue) and value.wrapped is not None:
            return self.typed(value.wrapped)
        return str(value)

    def typed(self, value: Value) -> str:
        """`type value`."""
        name = self.names.get(value)
        return f"{value.type.text} {name if name is not None else self.ref(value)}"

    def typed_list(self, values: list[Value]) -> str:
        """`type value, type value`."""
        return ", ".join([self.typed(v) for v in values])

    def attribute_group(self, attributes: list[str]) -> str:
        """` #n`, or the attributes themselves when there is no module."""
        if not attributes:
            return ""
        return " " + (self.groups.reference(attributes) if self.groups else " ".join(attributes))


def _head(instruction: Instruction) -> str:
    return f"{instruction.opcode} {' '.join(instruction.flags)} " if instruction.flags else f"{instruction.opcode} "


def _plain(writer: FunctionWriter, instruction: Instruction) -> str:
    opcode, operands = instruction.opcode, instruction.operands
    if opcode in CAST_OPCODES:
        return f"{_head(instruction)}{writer.typed(operands[0])} to {instruction.type}"
    if opcode in _TYPED_OPERANDS:
        return _head(instruction) + writer.typed_list(operands)
    if opcode == "indirectbr":
        return f"indirectbr {writer.typed(operands[0])}, [{writer.typed_list(operands[1:])}]"
    if opcode == "va_arg":
        return f"va_arg {writer.typed(operands[0])}, {instruction.type}"
    if not operands:
        return "ret void" if opcode == "ret" else opcode
    return f"{_head(instruction)}{operands[0].type} {', '.join([writer.ref(v) for v in operands])}"


_TYPED_OPERANDS = words("br select extractelement insertelement shufflevector resume freeze fneg")


def _alloca(writer: FunctionWriter, i: Alloca) -> str:
    text = f"alloca {'inalloca ' if i.inalloca else ''}{i.allocated_type}"
    if i.operands:
        text += f", {writer.typed(i.operands[0])}"
    if i.align is not None:
        text += f", align {i.align}"
    return text + (f", addrspace({i.address_space})" if i.address_space else "")


def _access_head(i: MemoryAccess) -> str:
    words = [i.opcode, "atomic" if i.ordering and i.opcode in ("load", "store") else "", *i.flags]
    return " ".join(w for w in words if w) + " "


def _order(scope: str, *orderings: str) -> str:
    words = ([f"syncscope({quoted(scope)})"] if scope else []) + [o for o in orderings if o]
    return " " + " ".join(words) if words else ""


def _align(i: MemoryAccess) -> str:
    return f", align {i.align}" if i.align is not None else ""


def _load(writer: FunctionWriter, i: Load) -> str:
    return f"{_access_head(i)}{i.type}, {writer.typed(i.operands[0])}{_order(i.syncscope, i.ordering)}{_align(i)}"


def _store(writer: FunctionWriter, i: Store) -> str:
    return f"{_access_head(i)}{writer.typed_list(i.operands)}{_order(i.syncscope, i.ordering)}{_align(i)}"


def _atomicrmw(writer: FunctionWriter, i: AtomicRMW) -> str:
    return f"{_access_head(i)}{i.operation} {writer.typed_list(i.operands)}{_order(i.syncscope, i.ordering)}{_align(i)}"


def _cmpxchg(writer: FunctionWriter, i: CmpXchg) -> str:
    order = _order(i.syncscope, i.ordering, i.failure_ordering)
    return f"{_access_head(i)}{writer.typed_list(i.operands)}{order}{_align(i)}"


def _fence(_: FunctionWriter, i: Fence) -> str:
    return f"fence{_order(i.syncscope, i.ordering)}"


def _getelementptr(writer: FunctionWriter, i: GetElementPtr) -> str:
    return f"{_head(i)}{i.source_type.text}, {writer.typed_list(i.operands)}"


def _compare(writer: FunctionWriter, i: Compare) -> str:
    left, right = i.operands
    return f"{_head(i)}{i.predicate} {writer.typed(left)}, {writer.ref(right)}"


def _indexed(writer: FunctionWriter, i: Indexed) -> str:
    return f"{i.opcode} {writer.typed_list(i.operands)}, {', '.join(map(str, i.indices))}"


def _phi(writer: FunctionWriter, i: Phi) -> str:
    pairs = ", ".join(f"[ {writer.ref(v)}, {writer.ref(b)} ]" for v, b in i.incoming)
    return f"{_head(i)}{i.type} {pairs}"


def _switch(writer: FunctionWriter, i: Switch) -> str:
    cases = "".join([f"    {writer.typed(v)}, {writer.typed(b)}\n" for v, b in i.cases])
    return f"switch {writer.typed_list(i.operands[:2])} [\n{cases}  ]"


def _call(writer: FunctionWriter, i: Call) -> str:
    arguments = ", ".join([_argument(writer, v, a) for v, a in zip(i.arguments, i.argument_attributes, strict=True)])
    shown = i.function_type if i.function_type.vararg else i.function_type.result
    words = [i.tail, i.opcode, *i.flags, i.calling_convention, *i.return_attributes]
    if i.address_space:
        words.append(f"addrspace({i.address_space})")
    text = " ".join([w for w in words if w])
    text = f"{text} {shown} {writer.ref(i.operands[0])}({arguments}){writer.attribute_group(i.attributes)}"
    if i.bundles:
        text += f" [ {', '.join(f'{quoted(tag)}({writer.typed_list(v)})' for tag, v in i.bundle_values())} ]"
    if i.opcode == "invoke":
        text += f"\n          to {writer.typed(i.operands[-2])} unwind {writer.typed(i.operands[-1])}"
    return text


def _argument(writer: FunctionWriter, value: Value, attributes: list[str]) -> str:
    if attributes:
        return f"{value.type.text} {' '.join(attributes)} {writer.ref(value)}"
    return writer.typed(value)


def _landingpad(writer: FunctionWriter, i: LandingPad) -> str:
    clauses = [f" {word} {writer.typed(v)}" for word, v in zip(i.clauses, i.operands, strict=True)]
    return f"landingpad {i.type}{' cleanup' * bool(i.flags)}{''.join(clauses)}"


def _debug_record(writer: FunctionWriter, i: DebugRecord) -> str:
    def show(part: str | int | range) -> str:
        if isinstance(part, range):
            return f"!DIArgList({writer.typed_list([i.operands[n] for n in part])})"
        return part if isinstance(part, str) else writer.typed(i.operands[part])

    return f"{i.opcode}({', '.join(show(part) for part in i.parts)})"


_WRITERS: dict[type[Instruction], Callable[[FunctionWriter, Any], str]] = {
    Alloca: _alloca, Load: _load, Store: _store, AtomicRMW: _atomicrmw, CmpXchg: _cmpxchg, Fence: _fence,
    GetElementPtr: _getelementptr, Compare: _compare, Indexed: _indexed, Phi: _phi, Switch: _switch, Call: _call,
    LandingPad: _landingpad, DebugRecord: _debug_record,
}

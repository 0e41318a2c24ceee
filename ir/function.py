"""Functions and blocks. The body of a function that was read from text is parsed when `blocks` is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from crosswarp.ir.constants import (
    BlockAddress,
    Constant,
    ConstantAggregate,
    ConstantExpr,
    ConstantSplat,
    GlobalReference,
    rebuild,
)
from crosswarp.ir.globals import GlobalObject
from crosswarp.ir.instructions import Instruction, Phi
from crosswarp.ir.types import LABEL, FunctionType, PointerType, Type
from crosswarp.ir.values import Argument, MetadataValue, Value

if TYPE_CHECKING:
    from crosswarp.ir.uses import UseMap


class Block(Value):
    """A basic block; a value of type `label`."""

    __slots__ = ("_near", "instructions", "parent")

    def __init__(self, name: str | None = None, parent: Function | None = None) -> None:
        super().__init__(LABEL, name)
        self.instructions: list[Instruction] = []
        self.parent = parent
        self._near = 0

    def owner(self) -> Function | None:
        """The function."""
        return self.parent

    @property
    def terminator(self) -> Instruction | None:
        """The last instruction if it ends the block."""
        if self.instructions and self.instructions[-1].is_terminator:
            return self.instructions[-1]
        return None

    def successors(self) -> list[Block]:
        """Blocks the terminator may go to, without repeats."""
        last = self.terminator
        return list(dict.fromkeys(last.successors())) if last else []

    def predecessors(self) -> list[Block]:
        """Blocks that may come here, in the function's order. Looks at every terminator: for many queries use `cfg`."""
        assert self.parent is not None
        return [block for block in self.parent.blocks if self in block.successors()]

    def phis(self) -> list[Phi]:
        """The leading phis."""
        return [i for i in self.instructions if isinstance(i, Phi)]

    def append(self, instruction: Instruction) -> Instruction:
        """Put `instruction` at the end."""
        instruction.parent = self
        self.instructions.append(instruction)
        return instruction

    def insert_before(self, instruction: Instruction, before: Instruction) -> Instruction:
        """Put `instruction` in front of `before`."""
        instruction.parent = self
        at = self.index(before)
        self.instructions.insert(at, instruction)
        self._near = at + 1
        return instruction

    def insert_after(self, instruction: Instruction, after: Instruction) -> Instruction:
        """Put `instruction` behind `after`."""
        instruction.parent = self
        self.instructions.insert(self.index(after) + 1, instruction)
        return instruction

    def index(self, instruction: Instruction) -> int:
        """The place of one of `instructions`. Looks first where it looked last: passes insert and erase many in a row."""
        near = max(self._near - 1, 0)
        try:
            self._near = self.instructions.index(instruction, near)
        except ValueError:
            self._near = self.instructions.index(instruction, 0, near)
        return self._near

    def split_before(self, instruction: Instruction, name: str | None = None) -> Block:
        """Move `instruction` and all after it to a new block behind this one; phis of the successors follow.

        This block is left without a terminator.
        """
        assert self.parent is not None
        tail = Block(name, self.parent)
        at = self.index(instruction)
        tail.instructions, self.instructions = self.instructions[at:], self.instructions[:at]
        for moved in tail.instructions:
            moved.parent = tail
        blocks = self.parent.blocks
        blocks.insert(blocks.index(self) + 1, tail)
        for successor in tail.successors():
            for phi in successor.phis():
                phi.replace_operand(self, tail)
        return tail


class Function(GlobalObject):
    """A function definition or declaration.

    `type` is the pointer type it has as an operand; `function_type` its signature, made of `return_type`, the arguments'
    types and `vararg`. `attributes` are resolved: groups are written again when the module is written.
    """

    __slots__ = ("_arguments", "_blocks", "_read_body", "argument_names_in_text", "attributes", "body_text", "calling_convention",
                 "gc", "personality", "prefix", "prologue", "return_attributes", "return_type", "vararg")

    def __init__(self, name: str, type: FunctionType, address_space: int = 0) -> None:
        super().__init__(name, PointerType(address_space))
        self.return_type: Type = type.result
        self.vararg = type.vararg
        self._arguments = [Argument(t, None, [], self) for t in type.parameters]
        self.attributes: list[str] = []
        self.return_attributes: list[str] = []
        self.calling_convention = ""
        self.gc = ""
        self.prefix: Value | None = None
        self.prologue: Value | None = None
        self.personality: Value | None = None
        self._blocks: list[Block] = []
        self.body_text: str | None = None
        self.argument_names_in_text: tuple[str | None, ...] = ()
        self._read_body: Callable[[Function], list[Block]] | None = None

    @property
    def function_type(self) -> FunctionType:
        """The signature."""
        return FunctionType(self.return_type, tuple(a.type for a in self._arguments), self.vararg)

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """The parameters. Assign a list to change them (the body is read first)."""
        return tuple(self._arguments)

    @arguments.setter
    def arguments(self, arguments: list[Argument] | tuple[Argument, ...]) -> None:
        self._force()
        for argument in arguments:
            argument.parent = self
        self._arguments = list(arguments)

    def add_argument(self, type: Type, name: str | None = None, attributes: list[str] | None = None,
                     index: int | None = None) -> Argument:
        """Insert a parameter (at the end unless `index` is given). Calls are not changed: see `Module.calls_to`."""
        argument = Argument(type, name, attributes, self)
        arguments = list(self._arguments)
        arguments.insert(len(arguments) if index is None else index, argument)
        self.arguments = arguments
        return argument

    @property
    def is_declaration(self) -> bool:
        """Whether there is no body."""
        return self.body_text is None and not self._blocks

    @property
    def is_read(self) -> bool:
        """Whether the body is held as objects."""
        return self.body_text is None

    @property
    def is_verbatim(self) -> bool:
        """Whether `body_text` can be written as it is: the body is not read, and no argument was renamed."""
        return self.body_text is not None and tuple(a.name for a in self._arguments) == self.argument_names_in_text

    def defer_body(self, text: str, read: Callable[[Function], list[Block]]) -> None:
        """Give the body as text, to be parsed by `read` on first use."""
        self.body_text, self._read_body = text, read
        self.argument_names_in_text = tuple(a.name for a in self._arguments)

    def _force(self) -> None:
        if self.body_text is not None:
            assert self._read_body is not None
            self._blocks = self._read_body(self)
            self.body_text = self._read_body = None

    @property
    def blocks(self) -> list[Block]:
        """The blocks, entry first. Reading this property parses a deferred body; raises `ReadError` on unknown syntax."""
        if self.body_text is not None:
            self._force()
        return self._blocks

    @blocks.setter
    def blocks(self, blocks: list[Block]) -> None:
        self.body_text = self._read_body = None
        self._blocks = blocks

    @property
    def entry(self) -> Block:
        """The first block."""
        return self.blocks[0]

    def instructions(self) -> Iterator[Instruction]:
        """All instructions and debug records, in order. Blocks may be edited meanwhile: each is copied when reached."""
        for block in list(self.blocks):
            yield from list(block.instructions)

    def add_block(self, name: str | None = None, before: Block | None = None) -> Block:
        """A new, empty block, at the end or in front of `before`."""
        block = Block(name, self)
        blocks = self.blocks
        blocks.insert(len(blocks) if before is None else blocks.index(before), block)
        return block

    def use_map(self) -> UseMap:
        """All uses in this function, as they are now."""
        from crosswarp.ir.uses import UseMap

        return UseMap(self)

    def replace_all_uses(self, old: Value, new: Value) -> int:
        """Use `new` wherever this function uses `old`, inside constants and metadata operands too. Returns how many."""
        return self.replace_uses({old: new})

    def replace_uses(self, replacements: Mapping[Value, Value]) -> int:
        """Replace several values in one walk over the function: far cheaper than one walk for each.

        The replacements themselves are not looked up again: a chain a -> b, b -> c needs a -> c.
        """
        wanted = {id(old): new for old, new in replacements.items()}
        nesting = _NESTING if any(isinstance(old, Constant) for old in replacements) else (MetadataValue,)
        swap = _swapper(wanted)
        count = 0
        for block in self.blocks:
            for instruction in block.instructions:
                operands = instruction.operands
                for index, operand in enumerate(operands):
                    new = wanted.get(id(operand))
                    if new is None and isinstance(operand, nesting):
                        new = swap(operand)
                        new = None if new is operand else new
                    if new is not None:
                        operands[index] = new
                        count += 1
        return count

    def has_attribute(self, name: str) -> bool:
        """Whether a function attribute is there, by its bare name (`noinline`, `"target-cpu"` without quotes)."""
        return self.attribute(name) is not None

    def attribute(self, name: str) -> str | None:
        """The text of an attribute: `noinline`, or the value of `"name"="value"`."""
        for text in self.attributes:
            if text == name:
                return text
            if text.startswith(f'"{name}"'):
                return text[len(name) + 4 : -1]
        return None

    def remove_attribute(self, *names: str) -> None:
        """Remove attributes by bare name."""
        quoted = tuple(f'"{n}"' for n in names)
        self.attributes = [t for t in self.attributes if t not in names and not t.startswith(quoted)]

    def set_attribute(self, name: str, value: str | None = None) -> None:
        """Add `name`, or `"name"="value"`, in place of what is there under that name."""
        self.remove_attribute(name)
        self.attributes.append(name if value is None else f'"{name}"="{value}"')


_NESTING = (MetadataValue, ConstantExpr, ConstantAggregate, ConstantSplat, GlobalReference, BlockAddress)
"""Operands that may contain other values; only metadata can contain local ones."""


def _swapper(wanted: dict[int, Value]) -> Callable[[Value], Value]:
    def swap(operand: Value) -> Value:
        if not isinstance(operand, MetadataValue):
            return rebuild(operand, lambda part: wanted.get(id(part), part))
        if operand.wrapped is None:
            return operand
        inner = swap(operand.wrapped)
        return operand if inner is operand.wrapped else MetadataValue(None, inner)

    return swap

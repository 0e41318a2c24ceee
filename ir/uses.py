"""Who uses what, inside one function."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crosswarp.ir.constants import Constant
from crosswarp.ir.instructions import Instruction
from crosswarp.ir.values import MetadataValue, Value

if TYPE_CHECKING:
    from crosswarp.ir.function import Function


@dataclass(frozen=True)
class Use:
    """Operand number `index` of `user` is the value, or contains it (`nested`: in a constant or metadata operand)."""

    user: Instruction
    index: int
    nested: bool = False

    def set(self, value: Value) -> None:
        """Use another value here. Only for uses that are not nested."""
        assert not self.nested, "the value is part of a constant: use Function.replace_all_uses"
        self.user.operands[self.index] = value


def parts_of(operand: Value) -> Iterator[Value]:
    """The values inside a constant or metadata operand, at any depth."""
    if isinstance(operand, MetadataValue):
        if operand.wrapped is not None:
            yield operand.wrapped
            yield from parts_of(operand.wrapped)
    elif isinstance(operand, Constant):
        for part in operand.operands:
            yield part
            yield from parts_of(part)


def is_nested_use(operand: Value, value: Value) -> bool:
    """Whether `operand` contains `value` without being it."""
    return any(part is value for part in parts_of(operand))


class UseMap:
    """All uses in a function at the time it was built; editing operands does not update it."""

    def __init__(self, function: Function) -> None:
        self._uses: dict[int, list[Use]] = {}
        self._alive: list[Value] = []
        for block in function.blocks:
            for instruction in block.instructions:
                for index, operand in enumerate(instruction.operands):
                    self._add(operand, Use(instruction, index))
                    for part in parts_of(operand):
                        self._add(part, Use(instruction, index, True))

    def _add(self, value: Value, use: Use) -> None:
        self._uses.setdefault(id(value), []).append(use)
        self._alive.append(value)

    def of(self, value: Value) -> list[Use]:
        """The uses of `value` (the same object), in order."""
        return list(self._uses.get(id(value), ()))

    def is_used(self, value: Value) -> bool:
        """Whether there is any use."""
        return id(value) in self._uses

"""Names in PTX: registers, labels and variables, each in the block that declares it."""

from __future__ import annotations

from dataclasses import dataclass, field

from crosswarp.ir.ptx.syntax import Block, Declaration, Label, Prototype, PtxError, Targets
from crosswarp.ir.ptx.types import PtxType
from crosswarp.ir.values import Value

_AXES = ("xr", "yg", "zb", "wa")


@dataclass(frozen=True)
class Variable:
    """Memory with a name: a pointer to it, and the state space that its declaration names."""

    pointer: Value
    space: str


Entity = int | str | Variable | Prototype | Targets
"""A register's number, a label's unique name, a variable, or what calls and branches through registers name."""


@dataclass
class Registers:
    """The types of all registers of one text, by number."""

    types: list[PtxType] = field(default_factory=list)

    def add(self, kind: PtxType) -> int:
        """The number of a new one."""
        self.types.append(kind)
        return len(self.types) - 1


@dataclass
class Scope:
    """The names that a block can see. Labels of a block are known from its beginning, registers from their declaration."""

    registers: Registers
    names: dict[str, Entity] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)

    def inner(self, block: Block) -> Scope:
        """The scope of a block in this one."""
        scope = Scope(self.registers, dict(self.names))
        for statement in block.statements:
            if isinstance(statement, Label):
                scope.define(statement.name, f"{statement.name}#{len(self.registers.types)}.{len(scope.own)}")
            elif isinstance(statement, Prototype | Targets):
                scope.define(statement.name, statement)
        return scope

    def define(self, name: str, entity: Entity) -> None:
        """Give a name a meaning in this block. Raises `PtxError` when the block has it already."""
        if name in self.own:
            raise PtxError(f"a second '{name}'")
        self.own.add(name)
        self.names[name] = entity

    def declare(self, declaration: Declaration) -> None:
        """New registers; those of `.v2` and `.v4` are called `name.x` and so on, by themselves."""
        kind = PtxType.parse(declaration.type)
        for name in declaration.names:
            if declaration.lanes == 1:
                self.define(name, self.registers.add(kind))
            for letters in _AXES[: declaration.lanes] if declaration.lanes > 1 else ():
                number = self.registers.add(kind)
                for letter in letters:
                    self.define(f"{name}.{letter}", number)

"""Values: what an instruction's operand can be. Constants are in `constants`, globals in `module`, blocks in `function`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosswarp.ir.names import quoted, spell
from crosswarp.ir.types import METADATA, FunctionType, PointerType, Type

if TYPE_CHECKING:
    from crosswarp.ir.function import Function
    from crosswarp.ir.uses import Use


class Value:
    """Anything with a type. `name` is a wish: the writer makes local names unique, and numbers values without one."""

    __slots__ = ("name", "type")
    type: Type
    name: str | None

    def __init__(self, type: Type, name: str | None = None) -> None:
        self.type = type
        self.name = name

    def owner(self) -> Function | None:
        """The function a local value belongs to."""
        return None

    def uses(self) -> list[Use]:
        """Where a local value is used. Scans the function: for many queries build one `UseMap` and ask that."""
        from crosswarp.ir.uses import UseMap

        function = self.owner()
        if function is None:
            raise ValueError(f"{self} belongs to no function; ask a UseMap of the function in question")
        return UseMap(function).of(self)

    def __str__(self) -> str:
        return f"%{spell(self.name)}" if self.name is not None else "%<unnamed>"

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.type} {self}>"


class Argument(Value):
    """A parameter of a function. `attributes` are LLVM's texts, in order (`noundef`, `align 8`, `byval(%struct.P)`)."""

    __slots__ = ("attributes", "parent")

    def __init__(self, type: Type, name: str | None = None, attributes: list[str] | None = None,
                 parent: Function | None = None) -> None:
        super().__init__(type, name)
        self.attributes = attributes if attributes is not None else []
        self.parent = parent

    def owner(self) -> Function | None:
        """The function this is a parameter of."""
        return self.parent


class InlineAsm(Value):
    """An `asm` callee. `flags`: `sideeffect alignstack inteldialect unwind`."""

    __slots__ = ("constraints", "flags", "function_type", "template")

    def __init__(self, function_type: FunctionType, template: str, constraints: str, flags: tuple[str, ...] = ()) -> None:
        super().__init__(PointerType())
        self.function_type, self.template, self.constraints, self.flags = function_type, template, constraints, flags

    def __str__(self) -> str:
        return " ".join(("asm", *self.flags, f"{quoted(self.template)}, {quoted(self.constraints)}"))


class Metadata(str):
    """A piece of metadata as text: a reference `!7`, or an inline node `!DILocation(line: 1, scope: !4)`."""

    __slots__ = ()

    @property
    def number(self) -> int | None:
        """The number of a reference `!7`, None for an inline node."""
        return int(self[1:]) if self[1:].isdigit() else None


class MetadataValue(Value):
    """Metadata as an operand: text, or a wrapped value (`metadata ptr %x`, of type and text `ptr %x`)."""

    __slots__ = ("text", "wrapped")

    def __init__(self, text: Metadata | None, wrapped: Value | None = None) -> None:
        super().__init__(METADATA)
        self.text, self.wrapped = text, wrapped

    def __str__(self) -> str:
        return f"{self.wrapped.type} {self.wrapped}" if self.wrapped is not None else str(self.text)

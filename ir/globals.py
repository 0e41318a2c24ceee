"""Global variables and aliases, and what all globals share: linkage, visibility, section, comdat."""

from __future__ import annotations

from typing import Any

from crosswarp.ir.constants import Constant
from crosswarp.ir.names import spell_global
from crosswarp.ir.types import PointerType, Type
from crosswarp.ir.values import Metadata, Value


class GlobalValue(Constant):
    """A global. `type` is the pointer type it has as an operand. Words are LLVM's, "" means the default is not printed."""

    __slots__ = ("dll_storage", "dso_local", "linkage", "metadata", "partition", "section", "thread_local", "unnamed_addr",
                 "visibility")
    name: str
    type: PointerType

    def __init__(self, name: str, type: PointerType) -> None:
        super().__init__(type)
        self.name = name
        self.linkage = ""
        self.dso_local = ""
        self.visibility = ""
        self.dll_storage = ""
        self.thread_local = ""
        self.unnamed_addr = ""
        self.section = ""
        self.partition = ""
        self.metadata: dict[str, Metadata] = {}

    @property
    def address_space(self) -> int:
        """Address space of the global."""
        return self.type.space

    @property
    def is_local(self) -> bool:
        """Whether other modules cannot see it."""
        return self.linkage in ("internal", "private")

    def key(self) -> Any:
        """Globals are equal only to themselves."""
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self) >> 4

    def __str__(self) -> str:
        return spell_global(self.name)


class GlobalObject(GlobalValue):
    """A global that occupies memory: alignment in bytes (None when not printed) and comdat (its name)."""

    __slots__ = ("align", "comdat")

    def __init__(self, name: str, type: PointerType) -> None:
        super().__init__(name, type)
        self.align: int | None = None
        self.comdat: str | None = None


class GlobalVariable(GlobalObject):
    """`@x = ... global T initializer`. `initializer` is None for an external declaration. `extras` are further
    printed properties (`no_sanitize_address`, `code_model "large"`), `attributes` those of an attribute group.
    """

    __slots__ = ("attributes", "externally_initialized", "extras", "initializer", "is_constant", "value_type")

    def __init__(self, name: str, value_type: Type, address_space: int = 0, initializer: Value | None = None,
                 is_constant: bool = False) -> None:
        super().__init__(name, PointerType(address_space))
        self.value_type = value_type
        self.initializer = initializer
        self.is_constant = is_constant
        self.externally_initialized = False
        self.extras: list[str] = []
        self.attributes: list[str] = []

    @property
    def is_declaration(self) -> bool:
        """Whether it is defined elsewhere."""
        return self.initializer is None


class Alias(GlobalValue):
    """`@x = alias T, ptr @y`, or an `ifunc` (`word`)."""

    __slots__ = ("aliasee", "value_type", "word")

    def __init__(self, name: str, value_type: Type, aliasee: Value, type: PointerType, word: str = "alias") -> None:
        super().__init__(name, type)
        self.value_type, self.aliasee, self.word = value_type, aliasee, word

"""The module: everything of one LLVM text file, in the order it was read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from crosswarp.ir.constants import rebuild
from crosswarp.ir.function import Function
from crosswarp.ir.globals import Alias, GlobalValue, GlobalVariable
from crosswarp.ir.instructions import Call
from crosswarp.ir.names import spell_global
from crosswarp.ir.types import FunctionType, NamedType, StructType, Type
from crosswarp.ir.values import Metadata, Value

_GLOBAL_TOKEN = re.compile(r'@(?:"[^"]*"|[-a-zA-Z$._0-9]+)|"[^"]*"')


_G = TypeVar("_G", bound=GlobalValue)


def _rename_in(table: dict[str, _G], names: Mapping[str, str]) -> None:
    if any(old in table for old in names):
        values = list(table.values())
        for value in values:
            value.name = names.get(value.name, value.name)
        table.clear()
        table.update((value.name, value) for value in values)


@dataclass(eq=False)
class Module:
    """An LLVM module. Dictionaries map names (without sigil, unquoted) to objects and keep the printed order.

    `metadata` maps numbers to the node's text, `named_metadata` a name to its list of references, `comdats` a name to
    its selection kind, `attribute_groups` a number to the list of attribute texts.
    """

    source_filename: str = ""
    datalayout: str = ""
    triple: str = ""
    module_asm: list[str] = field(default_factory=list)
    types: dict[str, NamedType] = field(default_factory=dict)
    comdats: dict[str, str] = field(default_factory=dict)
    globals: dict[str, GlobalVariable] = field(default_factory=dict)
    aliases: dict[str, Alias] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)
    attribute_groups: dict[int, list[str]] = field(default_factory=dict)
    named_metadata: dict[str, list[Metadata]] = field(default_factory=dict)
    metadata: dict[int, str] = field(default_factory=dict)
    names_in_text: dict[str, GlobalValue] = field(default_factory=dict, repr=False)
    """What a name means in bodies that are still text: renaming a global does not touch them until they are written."""

    def get(self, name: str) -> GlobalValue | None:
        """The global of that name."""
        return self.functions.get(name) or self.globals.get(name) or self.aliases.get(name)

    def global_values(self) -> Iterator[GlobalValue]:
        """All variables, aliases and functions."""
        yield from self.globals.values()
        yield from self.aliases.values()
        yield from self.functions.values()

    def resolve_in_text(self, name: str) -> GlobalValue | None:
        """What `name` means in a body that was not read yet."""
        value = self.names_in_text.get(name)
        if value is not None and self.get(value.name) is value:
            return value
        return self.get(name)

    def definitions(self) -> Iterator[Function]:
        """Functions with a body."""
        return (f for f in list(self.functions.values()) if not f.is_declaration)

    def declare(self, name: str, type: FunctionType, attributes: list[str] | tuple[str, ...] = (),
                address_space: int = 0) -> Function:
        """The function of that name, declared with `attributes` if it is new. Raises `ValueError` on another signature."""
        found = self.get(name)
        if found is None:
            found = self.functions[name] = Function(name, type, address_space)
            found.attributes = list(attributes)
        if not isinstance(found, Function) or found.function_type is not type:
            raise ValueError(f"@{name} exists with another type")
        return found

    def add_function(self, function: Function) -> Function:
        """Insert a function made elsewhere. Raises `ValueError` when the name is taken."""
        self._check_free(function.name)
        self.functions[function.name] = function
        return function

    def add_global(self, name: str, value_type: Type, initializer: Value | None = None, *, address_space: int = 0,
                   is_constant: bool = False, linkage: str = "", align: int | None = None) -> GlobalVariable:
        """A new global variable. Without initializer it is an external declaration."""
        self._check_free(name)
        variable = GlobalVariable(name, value_type, address_space, initializer, is_constant)
        variable.linkage = linkage or ("external" if initializer is None else "")
        variable.align = align
        self.globals[name] = variable
        return variable

    def add_type(self, name: str, body: StructType | None = None) -> NamedType:
        """A new named struct type under a free name made from `name`."""
        stem, count = name, 0
        while name in self.types:
            name, count = f"{stem}.{count}", count + 1
        self.types[name] = NamedType(name, body)
        return self.types[name]

    def add_metadata(self, text: str) -> Metadata:
        """A new numbered node with this text; returns the reference to it."""
        number = max(self.metadata, default=-1) + 1
        self.metadata[number] = text
        return Metadata(f"!{number}")

    def _check_free(self, name: str) -> None:
        if self.get(name) is not None:
            raise ValueError(f"@{name} exists")

    def rename(self, value: GlobalValue, new: str) -> None:
        """Give a global another name, everywhere. Raises `ValueError` when the name is taken."""
        self.rename_many({value.name: new})

    def rename_many(self, names: Mapping[str, str]) -> None:
        """Rename several globals, old name to new name, at once."""
        for old, new in names.items():
            if old != new and self.get(new) is not None and new not in names:
                raise ValueError(f"cannot rename @{old}: @{new} exists")
        if len(set(names.values())) != len(names):
            raise ValueError("two globals would get the same name")
        _rename_in(self.globals, names)
        _rename_in(self.aliases, names)
        _rename_in(self.functions, names)

    def remove(self, value: GlobalValue) -> None:
        """Take a global out. Nothing may use it any more; the verifier reports what does."""
        for table in (self.globals, self.aliases, self.functions):
            if table.get(value.name) is value:
                del table[value.name]
                return
        raise KeyError(value.name)

    def fresh_name(self, stem: str) -> str:
        """A free global name: `stem`, or `stem.N`."""
        name, count = stem, 0
        while self.get(name) is not None or name in self.names_in_text:
            name, count = f"{stem}.{count}", count + 1
        return name

    def functions_mentioning(self, *values: GlobalValue) -> Iterator[Function]:
        """Defined functions whose body may use one of `values` directly. Bodies that are text are searched once, not read."""
        wanted = {id(value) for value in values}
        tokens = {str(value) for value in values if self.names_in_text.get(value.name, value) is value}
        tokens |= {spell_global(old) for old, new in self.names_in_text.items() if id(new) in wanted}
        pattern = re.compile("(?:" + "|".join(re.escape(t) for t in sorted(tokens)) + r")(?![-a-zA-Z$._0-9])")
        for function in self.definitions():
            if values and (function.body_text is None or (tokens and pattern.search(function.body_text))):
                yield function

    def calls_to(self, function: Function) -> list[Call]:
        """All direct calls of `function`. Reads the bodies that mention it, and no others."""
        return [i for f in self.functions_mentioning(function) for i in f.instructions()
                if isinstance(i, Call) and i.operands[0] is function]

    def replace_all_uses(self, old: GlobalValue, new: Value) -> int:
        """Use `new` for the global `old` in every body and initializer. Returns how many places changed."""
        return self.replace_uses({old: new})

    def replace_uses(self, replacements: Mapping[GlobalValue, Value]) -> int:
        """Replace several globals in one walk over the bodies that mention one of them. Returns how many places changed."""
        uses: dict[Value, Value] = dict(replacements.items())
        count = sum(f.replace_uses(uses) for f in list(self.functions_mentioning(*replacements)))
        wanted = {id(old): new for old, new in replacements.items()}
        for variable in self.globals.values():
            if variable.initializer is not None:
                changed = rebuild(variable.initializer, lambda part: wanted.get(id(part), part))
                count += changed is not variable.initializer
                variable.initializer = changed
        for alias in self.aliases.values():
            alias.aliasee = rebuild(alias.aliasee, lambda part: wanted.get(id(part), part))
        return count

    def text_renamer(self) -> re.Pattern[str] | None:
        """None when text can be copied as it is, else the pattern for `rename_in_text`."""
        return _GLOBAL_TOKEN if any(old != value.name for old, value in self.names_in_text.items()) else None

    def rename_in_text(self, text: str) -> str:
        """Text that was never parsed, with the globals' present names."""
        if "@" not in text:
            return text
        changed = {spell_global(old): str(value) for old, value in self.names_in_text.items() if old != value.name}
        return _GLOBAL_TOKEN.sub(lambda m: changed.get(m[0], m[0]), text)

"""Makes syntax of the rules for whole modules: headers, functions, variables and their initialisers."""

from __future__ import annotations

from typing import Any

from crosswarp.ir.ptx.items import AliasText, FunctionText, Header, Item, SourceFile
from crosswarp.ir.ptx.syntax import (
    Block,
    Declarator,
    Immediate,
    Initial,
    Line,
    Name,
    Parameter,
    Position,
    Prototype,
    PtxError,
    Signature,
    Sum,
    Symbol,
    Targets,
    Variables,
)
from lark import Token, Transformer


def position(token: Token) -> Position:
    """Where a token stands."""
    return Position(token.line or 1, token.column or 1)


class _Align(int):
    """`.align N`."""


class _Linkage(tuple[str, ...]):
    """`.visible .extern`."""


class _Attributes(frozenset[str]):
    """`.attribute(.managed)`."""


class _Properties(dict[str, tuple[int, ...]]):
    """One directive of a function."""


class ToItems(Transformer[Token, Any]):
    """One method for each rule that statements inside asm do not need."""

    def module(self, items: list[Any]) -> tuple[Item, ...]:
        return tuple(i for i in items if i is not None and not isinstance(i, Token))

    def header(self, items: list[Any]) -> Header:
        values = tuple(i.text if isinstance(i, Name) else str(i.value if isinstance(i, Immediate) else i) for i in items[1:])
        return Header(str(items[0][1:]), values, position(items[0]))

    def file(self, items: list[Any]) -> SourceFile:
        return SourceFile(items[0].value, items[1])

    def alias(self, items: list[Any]) -> AliasText:
        return AliasText(items[0].text, items[1].text)

    def pragma(self, items: list[Any]) -> None:
        """Pragmas are hints."""

    def location(self, items: list[Any]) -> Line:
        return Line(*(i.value for i in items[:3]))

    def function(self, items: list[Any]) -> FunctionText:
        kind = next(i for i in items if isinstance(i, Token))
        name = next(i for i in items if isinstance(i, Name))
        properties = {k: v for i in items if isinstance(i, _Properties) for k, v in i.items()}
        body = items[-1] if isinstance(items[-1], Block) else None
        return FunctionText(str(kind[1:]), name.text, _signature(items, name), items[0], properties, body, position(kind))

    def parameters(self, items: list[Any]) -> list[Parameter]:
        return items

    def parameter(self, items: list[Any]) -> Parameter:
        *head, name = items if isinstance(items[-1], Name) else items[:-1]
        dimensions = () if isinstance(items[-1], Name) else items[-1]
        declarator = Declarator(name.text, tuple(dimensions))
        return Parameter(_space(head[0]), str(_type(head)[1:]), declarator, _align(head), _lanes(head), position(head[0]))

    def pointer(self, items: list[Any]) -> None:
        """What the pointer points to is no matter of its own size."""

    def property(self, items: list[Any]) -> _Properties:
        return _Properties({str(items[0][1:]): tuple(i.value for i in items[1:])})

    def variables(self, items: list[Any]) -> Variables:
        linkage, space = items[0], items[1]
        declarators = tuple(i for i in items if isinstance(i, Declarator))
        managed = any(isinstance(i, _Attributes) and "managed" in i for i in items)
        return Variables(_space(space), str(_type(items)[1:]), declarators, _align(items), _lanes(items), linkage, managed,
                         position(space))

    def linkage(self, items: list[Any]) -> _Linkage:
        return _Linkage(str(i[1:]) for i in items)

    def bank(self, items: list[Any]) -> None:
        """Banks of constant memory are one space."""

    def alignment(self, items: list[Any]) -> _Align:
        return _Align(items[0].value)

    def attribute(self, items: list[Any]) -> _Attributes:
        """`.unified` is a hint."""
        return _Attributes(str(i[1:]) for i in items if isinstance(i, Token))

    def declarator(self, items: list[Any]) -> Declarator:
        name, *rest = items
        dimensions = rest.pop(0) if rest and isinstance(rest[0], list) else ()
        return Declarator(name.text, tuple(dimensions), _initial(rest[0]) if rest else None)

    def dimensions(self, items: list[Any]) -> list[int | None]:
        return items

    def dimension(self, items: list[Any]) -> int | None:
        number: int | None = items[0].value if items else None
        return number

    def initials(self, items: list[Any]) -> tuple[Initial, ...]:
        return tuple(map(_initial, items))

    def generic(self, items: list[Any]) -> Symbol:
        return Symbol(items[0].text, items[1].value if len(items) > 1 else 0, generic=True)

    def masked(self, items: list[Any]) -> Symbol:
        symbol = _initial(items[1])
        assert isinstance(symbol, Symbol)
        return Symbol(symbol.name, symbol.offset, symbol.generic, items[0].value)

    def prototype(self, items: list[Any]) -> Prototype:
        name = next(i for i in items if isinstance(i, Name))
        return Prototype(str(items[0])[:-1].rstrip(), _signature(items, name), position(items[0]))

    def targets(self, items: list[Any]) -> Targets:
        return Targets(str(items[0])[:-1].rstrip(), tuple(n for names in items[1:] for n in names), position(items[0]))

    def STRING(self, token: Token) -> str:
        return str(token[1:-1])


def _signature(items: list[Any], name: Name) -> Signature:
    """Parameters in front of the name are results."""
    at = items.index(name)
    lists = {i < at: tuple(item) for i, item in enumerate(items) if type(item) is list}
    return Signature(lists.get(True, ()), lists.get(False, ()))


def _initial(item: Any) -> Initial:
    if isinstance(item, Name):
        return Symbol(item.text)
    if isinstance(item, Sum):
        return Symbol(item.base.text, item.offset)
    if not isinstance(item, Immediate | Symbol | tuple):
        raise PtxError("an initialiser of this form")
    return item


def _space(token: Token) -> str:
    return str(token[1:]).partition("::")[0]


def _type(items: list[Any]) -> Token:
    return next(i for i in items if isinstance(i, Token) and i.type == "TYPE")


def _align(items: list[Any]) -> int | None:
    return next((int(i) for i in items if isinstance(i, _Align)), None)


def _lanes(items: list[Any]) -> int:
    return next((int(i[2:]) for i in items if isinstance(i, Token) and i.type == "VECTOR"), 1)

"""What a PTX module is made of, besides variables: functions, aliases and headers."""

from __future__ import annotations

from dataclasses import dataclass, field

from crosswarp.ir.ptx.syntax import Block, Line, Position, Signature, Variables


@dataclass(frozen=True)
class FunctionText:
    """`.entry` or `.func`; `properties` are its directives (`maxntid`: 128, 1). Without `body` it is defined elsewhere."""

    kind: str
    name: str
    signature: Signature
    linkage: tuple[str, ...]
    properties: dict[str, tuple[int, ...]]
    body: Block | None
    at: Position | None = field(default=None, compare=False)


@dataclass(frozen=True)
class AliasText:
    """`.alias name, aliasee;`."""

    name: str
    aliasee: str


@dataclass(frozen=True)
class Header:
    """`.version`, `.target` or `.address_size`."""

    word: str
    values: tuple[str, ...]
    at: Position | None = field(default=None, compare=False)


@dataclass(frozen=True)
class SourceFile:
    """`.file 1 "name"`."""

    number: int
    name: str


Item = Header | SourceFile | FunctionText | Variables | AliasText | Line

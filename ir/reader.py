"""Reads LLVM text. `read_module` parses everything but the bodies of functions, which are parsed on first use.

As LLVM prints it, every entity outside functions stands on one line (bracketed parts may run over several), and a body's
closing brace stands at the start of a line. Globals may refer to each other in any order, so lines are collected first,
then each global is entered by name, then their contents are read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crosswarp.ir.function import Block, Function
from crosswarp.ir.globals import Alias, GlobalValue, GlobalVariable
from crosswarp.ir.lexer import ReadError, depth_change, tokenize
from crosswarp.ir.module import Module
from crosswarp.ir.names import decode, unspell
from crosswarp.ir.reader_function import FunctionReader
from crosswarp.ir.reader_globals import HeaderReader, read_alias, read_function, read_variable
from crosswarp.ir.reader_values import ReadContext
from crosswarp.ir.types import PTR, VOID, FunctionType, StructType
from crosswarp.ir.values import Metadata

_GLOBAL_NAME = re.compile(r'@("[^"]*"|[-a-zA-Z$._0-9]+)')
_BODY_END = re.compile(r"^\}", re.M)
_METADATA_LINE = re.compile(r"!(\d+) = (.*)")
_NAMED_METADATA = re.compile(r"!([-a-zA-Z$._0-9\\]+) = !\{(.*)\}\s*\Z")


def read_module(text: str | bytes) -> Module:
    """Read a module. Raises `ReadError` with the line for anything this reader does not know."""
    if isinstance(text, bytes):
        text = text.decode("utf-8", "surrogateescape")
    return _ModuleReader(text).read()


def read_all(text: str | bytes) -> Module:
    """Read a module, bodies included: errors in bodies are raised here."""
    module = read_module(text)
    for function in module.definitions():
        _ = function.blocks
    return module


@dataclass
class _Entity:
    """A global whose name is known and whose line is still to be read: the text and where it starts."""

    value: GlobalValue
    start: int
    end: int


class _ModuleReader:
    """Walks over the top level of the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.module = Module()
        self.context = ReadContext(self.module)
        self.entities: list[_Entity] = []
        self.headers: list[tuple[Function, int, int, int]] = []

    def fail(self, message: str, at: int) -> ReadError:
        """An error at an offset of the text."""
        end = self.text.find("\n", at)
        return ReadError(message, self.text.count("\n", 0, at) + 1, self.text[at : end if end >= 0 else None].strip()[:160])

    def read(self) -> Module:
        """Read the module."""
        text, pos, size = self.text, 0, len(self.text)
        while pos < size:
            end = text.find("\n", pos)
            end = size if end < 0 else end
            first = text[pos]
            if first == "!":
                self._metadata(pos, end)
            elif first not in "\n;\r":
                end = self._entity(pos, end)
            pos = end + 1
        self._read_contents()
        self.module.names_in_text = {v.name: v for v in self.module.global_values()}
        return self.module

    def _metadata(self, start: int, end: int) -> None:
        line = self.text[start:end]
        if match := _METADATA_LINE.match(line):
            self.module.metadata[int(match[1])] = match[2]
        elif match := _NAMED_METADATA.match(line):
            self.module.named_metadata[match[1]] = [Metadata(m.strip()) for m in _split_nodes(match[2])]
        else:
            raise self.fail("unknown metadata definition", start)

    def _entity(self, start: int, end: int) -> int:
        """Read or note the entity at `start`; returns where it ends."""
        if self.text.startswith("define", start):
            return self._define(start, end)
        tokens = tokenize(self.text[start:end])
        while depth_change(tokens) > 0 and end < len(self.text):
            end = self.text.find("\n", end + 1)
            end = len(self.text) if end < 0 else end
            tokens = tokenize(self.text[start:end])
        if not tokens:
            return end
        word = tokens[0]
        if word == "declare":
            self._enter_function(start, end, 0)
        elif word[0] == "@":
            self._enter_global(tokens, start, end)
        elif word[0] == "%":
            self._type(start, end)
        elif word[0] == "$":
            self.module.comdats[unspell(word[1:])] = tokens[-1]
        elif word == "attributes":
            self._attribute_group(start, end)
        else:
            self._property(tokens, start)
        return end

    def _property(self, tokens: list[str], start: int) -> None:
        match tokens:
            case ["source_filename", "=", value]:
                self.module.source_filename = decode(value[1:-1])
            case ["target", "datalayout", "=", value]:
                self.module.datalayout = decode(value[1:-1])
            case ["target", "triple", "=", value]:
                self.module.triple = decode(value[1:-1])
            case ["module", "asm", value]:
                self.module.module_asm.append(decode(value[1:-1]))
            case _:
                raise self.fail(f"unknown top-level entity '{tokens[0]}'", start)

    def _type(self, start: int, end: int) -> None:
        reader = HeaderReader(self.context, self.text, start, end)
        named = self.context.named_type(reader.next())
        # A type used before its definition was entered at its first use: print order is the definitions' order.
        self.module.types[named.name] = self.module.types.pop(named.name)
        reader.expect("=")
        reader.expect("type")
        if not reader.accept("opaque"):
            body = reader.type()
            if not isinstance(body, StructType):
                raise reader.fail(f"{named} is not a struct")
            named.body = body
        reader.end()

    def _attribute_group(self, start: int, end: int) -> None:
        reader = HeaderReader(self.context, self.text, start, end)
        reader.expect("attributes")
        number = int(reader.next()[1:])
        reader.expect("=")
        reader.expect("{")
        attributes: list[str] = []
        while not reader.accept("}"):
            token = reader.tokens[reader.pos]
            if token[:1] == '"':
                attributes.append(reader.string_attribute())
            elif not token:
                raise reader.fail("attribute group is never closed")
            else:
                attributes.append(reader.group_attribute())
        self.module.attribute_groups[number] = attributes

    def _enter_global(self, tokens: list[str], start: int, end: int) -> None:
        name = unspell(tokens[0][1:])
        self._check_new(name, start)
        head = tokens[2 : tokens.index("alias") + 1] if "alias" in tokens[2:9] else tokens[2:9]
        if "alias" in head or "ifunc" in head:
            alias = Alias(name, VOID, Function("", FunctionType(VOID, ())), PTR)
            self.module.aliases[name] = alias
            self.entities.append(_Entity(alias, start, end))
        else:
            variable = GlobalVariable(name, VOID)
            self.module.globals[name] = variable
            self.entities.append(_Entity(variable, start, end))

    def _check_new(self, name: str, start: int) -> None:
        if name.isdigit() and self.text.find(f'@"{name}"', start, start + 300) >= 0:
            raise self.fail(f'a global with the name @"{name}" is not supported', start)
        if self.module.get(name) is not None:
            raise self.fail(f"@{name} is defined twice", start)

    def _define(self, start: int, line_end: int) -> int:
        """Note a function; its body's text is found but not parsed."""
        header_end = line_end
        if not self.text[start:line_end].rstrip().endswith("{"):
            return self._define_loosely(start)
        close = _BODY_END.search(self.text, line_end)
        if close is None:
            raise self.fail("function body is never closed", start)
        self._enter_function(start, header_end, close.start())
        end = self.text.find("\n", close.start())
        return len(self.text) if end < 0 else end

    def _define_loosely(self, start: int) -> int:
        """A definition that is not laid out as LLVM prints it: find the braces by counting."""
        depth = 0
        opened = -1
        for match in re.finditer(r'"[^"]*"|;[^\n]*|[{}]', self.text[start:]):
            if match[0] == "{":
                if not depth and _opens_body(self.text[start : start + match.start()]):
                    opened = match.end()
                depth += 1
            elif match[0] == "}":
                depth -= 1
                if not depth and opened >= 0:
                    self._enter_function(start, start + opened, start + match.start())
                    return start + match.end()
        raise self.fail("function body is never closed", start)

    def _enter_function(self, start: int, header_end: int, body_end: int) -> None:
        match = _GLOBAL_NAME.search(self.text, start, header_end)
        if match is None:
            raise self.fail("function without a name", start)
        name = unspell(match[1])
        self._check_new(name, start)
        function = Function(name, FunctionType(VOID, ()))
        self.module.functions[name] = function
        self.headers.append((function, start, header_end, body_end))

    def _read_contents(self) -> None:
        for function, start, header_end, body_end in self.headers:
            read_function(HeaderReader(self.context, self.text, start, header_end), function)
            if body_end:
                self._defer(function, header_end, body_end)
        for entity in self.entities:
            reader = HeaderReader(self.context, self.text, entity.start, entity.end)
            if isinstance(entity.value, Alias):
                read_alias(reader, entity.value)
            elif isinstance(entity.value, GlobalVariable):
                read_variable(reader, entity.value)

    def _defer(self, function: Function, start: int, end: int) -> None:
        context, whole = self.context, self.text

        def read(function: Function) -> list[Block]:
            assert function.body_text is not None
            return FunctionReader(context, function, function.body_text, whole, start).read()

        function.defer_body(whole[start:end], read)


def _opens_body(header: str) -> bool:
    """Whether a brace after `header` opens the body, and is not part of a type."""
    tokens = tokenize(header)
    return depth_change(tokens) == 0 and any(t[0] == "@" and tokens[i + 1 : i + 2] == ["("] for i, t in enumerate(tokens))




def _split_nodes(text: str) -> list[str]:
    """The nodes of a named metadata list; inline nodes (`!DIExpression()`) may hold commas."""
    nodes, depth, start = [], 0, 0
    for index, character in enumerate(text):
        depth += (character in "({") - (character in ")}")
        if character == "," and not depth:
            nodes.append(text[start:index])
            start = index + 1
    rest = text[start:].strip()
    return [*nodes, rest] if rest else nodes

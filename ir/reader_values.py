"""Reads types, constants, attributes and metadata out of tokens; the base of the module and function readers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from crosswarp.ir.attributes import PARAMETER_ATTRIBUTES, TYPE_ATTRIBUTES, TypeAttribute
from crosswarp.ir.constants import (
    CAST_OPCODES,
    BlockAddress,
    Constant,
    ConstantAggregate,
    ConstantBytes,
    ConstantExpr,
    ConstantFloat,
    ConstantInt,
    ConstantSplat,
    GlobalReference,
    Keyword,
)
from crosswarp.ir.function import Block, Function
from crosswarp.ir.lexer import Cursor
from crosswarp.ir.module import Module
from crosswarp.ir.names import decode, decode_bytes, spell, unspell, words
from crosswarp.ir.types import (
    FLOAT_BITS,
    LABEL,
    METADATA,
    PTR,
    TOKEN,
    VOID,
    ArrayType,
    FloatType,
    FunctionType,
    IntType,
    NamedType,
    PointerType,
    PrimitiveType,
    StructType,
    TargetType,
    Type,
    VectorType,
)
from crosswarp.ir.values import Metadata, MetadataValue, Value

_SIMPLE_TYPES: dict[str, Type] = {t.text: t for t in (VOID, LABEL, METADATA, TOKEN, PTR, PrimitiveType("x86_amx"))}
_SIMPLE_TYPES |= {f"i{n}": IntType(n) for n in (1, 8, 16, 32, 64, 128)} | {k: FloatType(k) for k in FLOAT_BITS}
_INT_TYPE = re.compile(r"i[1-9][0-9]*\Z")
_INTEGER = re.compile(r"-?[0-9]+\Z")
_HEX_INTEGER = re.compile(r"([us])0x([0-9A-Fa-f]+)\Z")
_FLOAT = re.compile(r"[-+]?[0-9]+\.[0-9]*(?:[eE][-+]?[0-9]+)?\Z|0x[KLMHR]?[0-9A-Fa-f]+\Z")
_CONSTANT_WORDS = words("null undef poison zeroinitializer none")
CONSTANT_OPCODES = CAST_OPCODES | words("getelementptr add sub mul xor extractelement insertelement shufflevector")
_EXPRESSION_FLAGS = words("inbounds nuw nsw nusw exact")


@dataclass
class ReadContext:
    """What all readers of one module share: named types by token, and constants already built."""

    module: Module
    types: dict[str, Type] = field(default_factory=lambda: dict(_SIMPLE_TYPES))
    constants: dict[tuple[Type, str], Constant] = field(default_factory=dict)
    blocks: dict[Function, dict[str, Block]] = field(default_factory=dict)
    block_addresses: list[BlockAddress] = field(default_factory=list)

    def add_block_address(self, address: BlockAddress) -> None:
        """Remember an address; it gets its block as soon as the body of its function is read."""
        self.block_addresses.append(address)
        blocks = self.blocks.get(address.function)
        if blocks is not None:
            address.block = blocks[str(address.block)]

    def add_blocks(self, function: Function, blocks: dict[str, Block]) -> None:
        """The blocks of a function that was just read, by the names in its text."""
        self.blocks[function] = blocks
        for address in self.block_addresses:
            if address.function is function and isinstance(address.block, str):
                address.block = blocks[address.block]

    def named_type(self, token: str) -> NamedType:
        """The named type of a `%name` token; made opaque when first mentioned."""
        name = unspell(token[1:])
        named = self.module.types.get(name)
        if named is None:
            named = self.module.types[name] = NamedType(name)
        self.types[token] = named
        return named


class ValueReader(Cursor):
    """A cursor that reads types and values."""

    __slots__ = ("context",)

    def __init__(self, context: ReadContext, text: str, whole: str | None = None, whole_start: int = 0) -> None:
        super().__init__(text, whole, whole_start)
        self.context = context

    def type(self) -> Type:
        """Read a type."""
        token = self.tokens[self.pos]
        self.pos += 1
        found = self.context.types.get(token) or self._composite_type(token)
        following = self.tokens[self.pos]
        if following == "addrspace" and found is PTR:
            found = PointerType(self.address_space())
            following = self.tokens[self.pos]
        return self._function_type(found) if following == "(" else found

    def address_space(self) -> int:
        """Read `addrspace(n)`; 0 when the current token is something else."""
        if not self.accept("addrspace"):
            return 0
        self.expect("(")
        space = self.integer()
        self.expect(")")
        return space

    def _composite_type(self, token: str) -> Type:
        if token[:1] == "%":
            return self.context.named_type(token)
        if token == "[":
            count = self.integer()
            self.expect("x")
            array = ArrayType(count, self.type())
            self.expect("]")
            return array
        if token == "{":
            return StructType(self._fields())
        if token == "<":
            return self._vector_or_packed()
        if token == "target":
            return self._target_type()
        if _INT_TYPE.match(token):
            self.context.types[token] = IntType(int(token[1:]))
            return self.context.types[token]
        self.pos -= 1
        raise self.fail(f"expected a type, found '{token or 'end of text'}'")

    def _fields(self) -> tuple[Type, ...]:
        fields: list[Type] = []
        while not self.accept("}"):
            if fields:
                self.expect(",")
            fields.append(self.type())
        return tuple(fields)

    def _vector_or_packed(self) -> Type:
        if self.accept("{"):
            fields = self._fields()
            self.expect(">")
            return StructType(fields, True)
        scalable = self.accept("vscale")
        if scalable:
            self.expect("x")
        count = self.integer()
        self.expect("x")
        vector = VectorType(count, self.type(), scalable)
        self.expect(">")
        return vector

    def _target_type(self) -> Type:
        self.expect("(")
        name = self.string()
        types: list[Type] = []
        integers: list[int] = []
        while self.accept(","):
            if self.tokens[self.pos].isdigit():
                integers.append(self.integer())
            else:
                types.append(self.type())
        self.expect(")")
        return TargetType(name, tuple(types), tuple(integers))

    def _function_type(self, result: Type) -> FunctionType:
        self.expect("(")
        parameters: list[Type] = []
        vararg = False
        while not self.accept(")"):
            if parameters or vararg:
                self.expect(",")
            if self.accept("..."):
                vararg = True
            else:
                parameters.append(self.type())
        return FunctionType(result, tuple(parameters), vararg)

    def string(self) -> str:
        """Read a quoted string, decoded."""
        token = self.tokens[self.pos]
        if token[:1] != '"' or token[-1] == ":":
            raise self.fail(f"expected a string, found '{token}'")
        self.pos += 1
        return decode(token[1:-1])

    def typed_value(self) -> Value:
        """Read `type value`."""
        type_ = self.type()
        return self.metadata_operand() if type_ is METADATA else self.value(type_)

    def value(self, type_: Type) -> Value:
        """Read a value of a known type."""
        token = self.tokens[self.pos]
        first = token[:1]
        if first == "%":
            self.pos += 1
            return self.local(token, type_)
        if first == "@":
            self.pos += 1
            return self.global_value(token)
        found = self.context.constants.get((type_, token))
        if found is not None:
            self.pos += 1
            return found
        return self._constant(type_, token, first)

    def local(self, token: str, type_: Type) -> Value:
        """The local value of a `%name` token."""
        raise self.fail(f"local value {token} outside a function", self.pos - 1)

    def global_value(self, token: str) -> Value:
        """The global of an `@name` token."""
        name = unspell(token[1:])
        if token[1:2] == '"' and name.isdigit():
            raise self.fail(f"a global with the name {token} is not supported", self.pos - 1)
        value = self.context.module.resolve_in_text(name)
        if value is None:
            raise self.fail(f"use of undefined global {token}", self.pos - 1)
        return value

    def _constant(self, type_: Type, token: str, first: str) -> Constant:
        simple = self._simple_constant(type_, token)
        if simple is not None:
            self.pos += 1
            self.context.constants[type_, token] = simple
            return simple
        if token in CONSTANT_OPCODES:
            return self.expression(type_, token)
        reader = _AGGREGATE_READERS.get(token) or (_bytes if token[:2] == 'c"' else None)
        if reader is None:
            raise self.fail(f"expected a value of type {type_}, found '{token or 'end of text'}'")
        self.pos += 1
        return reader(self, type_)

    def _simple_constant(self, type_: Type, token: str) -> Constant | None:
        if isinstance(type_, IntType):
            if _INTEGER.match(token):
                return ConstantInt(type_, int(token))
            if token in ("true", "false") and type_.bits == 1:
                return ConstantInt(type_, int(token == "true"))
            if match := _HEX_INTEGER.match(token):
                return ConstantInt(type_, int(match[2], 16))
        elif isinstance(type_, FloatType) and _FLOAT.match(token):
            return ConstantFloat(type_, token)
        return Keyword(type_, token) if token in _CONSTANT_WORDS else None

    def expression(self, type_: Type, opcode: str) -> Constant:
        """Read a constant expression; `type_` is what the surroundings say it has."""
        self.pos += 1
        flags: list[str] = []
        while self.tokens[self.pos] != "(":
            flag = self.next()
            if flag == "inrange":
                flag += self.balanced()
            elif flag not in _EXPRESSION_FLAGS:
                raise self.fail(f"unknown flag '{flag}' in a constant {opcode}", self.pos - 1)
            flags.append(flag)
        self.expect("(")
        source = None
        if opcode == "getelementptr":
            source = self.type()
            self.expect(",")
        first = self.type()  # a global mentioned here may not have been read yet: the text's type counts
        operands = [self.value(first)]
        while self.accept(","):
            operands.append(self.typed_value())
        if opcode in CAST_OPCODES:
            self.expect("to")
            type_ = self.type()
        elif opcode == "getelementptr" and isinstance(type_, PointerType):
            type_ = first
        self.expect(")")
        return ConstantExpr(opcode, type_, operands, tuple(flags), source)

    def elements(self, closer: str) -> list[Value]:
        """Read typed values up to `closer`."""
        elements: list[Value] = []
        while not self.accept(closer):
            if elements:
                self.expect(",")
            elements.append(self.typed_value())
        return elements

    def metadata_node(self) -> Metadata:
        """Read a metadata reference or inline node."""
        token = self.tokens[self.pos]
        if token[:1] != "!":
            raise self.fail(f"expected metadata, found '{token}'")
        self.pos += 1
        following = self.tokens[self.pos]
        if token == "!" and following[:1] == '"':
            self.pos += 1
            return Metadata(token + following)
        if following in ("(", "{") and not token[1:2].isdigit():
            return Metadata(token + self.balanced())
        return Metadata(token)

    def metadata_operand(self) -> MetadataValue:
        """Read what follows the type `metadata`: a node, or `type value`."""
        if self.tokens[self.pos][:1] == "!":
            return MetadataValue(self.metadata_node())
        return MetadataValue(None, self.typed_value())

    def attributes(self, words: frozenset[str] = PARAMETER_ATTRIBUTES) -> list[str]:
        """Read attributes out of `words`, and string attributes, as long as there are some."""
        found: list[str] = []
        while True:
            token = self.tokens[self.pos]
            if token[:1] == '"':
                found.append(self.string_attribute())
            elif token in words:
                found.append(self._attribute(token))
            else:
                return found

    def string_attribute(self) -> str:
        """Read `"key"` or `"key"="value"`."""
        token = self.next()
        return f"{token}={self.next()}" if self.accept("=") else token

    def _attribute(self, word: str) -> str:
        self.pos += 1
        following = self.tokens[self.pos]
        if following == "(":
            if word in TYPE_ATTRIBUTES:
                self.pos += 1
                type_ = self.type()
                self.expect(")")
                return TypeAttribute(word, type_)
            return word + self.balanced()
        if word == "align":
            return f"align {self.integer()}"
        return word


def _array(reader: ValueReader, type_: Type) -> Constant:
    return ConstantAggregate(type_, reader.elements("]"))


def _struct(reader: ValueReader, type_: Type) -> Constant:
    return ConstantAggregate(type_, reader.elements("}"))


def _vector_or_packed(reader: ValueReader, type_: Type) -> Constant:
    packed = reader.accept("{")
    elements = reader.elements("}" if packed else ">")
    if packed:
        reader.expect(">")
    return ConstantAggregate(type_, elements)


def _splat(reader: ValueReader, type_: Type) -> Constant:
    reader.expect("(")
    element = reader.typed_value()
    reader.expect(")")
    return ConstantSplat(type_, element)


def _bytes(reader: ValueReader, type_: Type) -> Constant:
    return ConstantBytes(decode_bytes(reader.tokens[reader.pos - 1][2:-1]), type_)


def _block_address(reader: ValueReader, type_: Type) -> Constant:
    reader.expect("(")
    function = reader.global_value(reader.next())
    if not isinstance(function, Function):
        raise reader.fail(f"{function} is not a function", reader.pos - 1)
    reader.expect(",")
    token = reader.next()
    block = "%" + spell(unspell(token[1:])) if token[1:2] == '"' else token
    address = BlockAddress(type_, function, block)
    reader.expect(")")
    reader.context.add_block_address(address)
    return address


def _reference(reader: ValueReader, type_: Type) -> Constant:
    word = reader.tokens[reader.pos - 1]
    return GlobalReference(word, reader.global_value(reader.next()))


_AGGREGATE_READERS: dict[str, Callable[[ValueReader, Type], Constant]] = {
    "[": _array, "{": _struct, "<": _vector_or_packed, "splat": _splat, "blockaddress": _block_address,
    "dso_local_equivalent": _reference, "no_cfi": _reference,
}

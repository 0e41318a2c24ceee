"""Constants. Immutable; equal constants compare equal and hash alike, so they can be dictionary keys.

`str(c)` is LLVM's text without the type. Global variables and functions are constants too (`crosswarp.ir.module`);
they appear as operands of constant expressions and aggregates.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from crosswarp.ir.names import encode_bytes, words
from crosswarp.ir.semantics import encoding
from crosswarp.ir.types import FLOAT_BITS, I8, ArrayType, FloatType, IntType, PointerType, Type, VectorType, struct_of
from crosswarp.ir.values import Value

if TYPE_CHECKING:
    from crosswarp.ir.function import Block, Function


class Constant(Value):
    """Base of constants."""

    __slots__ = ()

    def __init__(self, type: Type) -> None:
        super().__init__(type, None)

    @property
    def operands(self) -> tuple[Value, ...]:
        """Constants this one is made of."""
        return ()

    def with_operands(self, operands: tuple[Value, ...]) -> Constant:
        """The same constant made of other parts."""
        if operands:
            raise ValueError(f"{self} has no operands")
        return self

    def key(self) -> Any:
        """What equality compares, besides class and type."""
        return str(self)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return type(self) is type(other) and isinstance(other, Constant) and self.type is other.type and self.key() == other.key()

    def __hash__(self) -> int:
        return hash((type(self), self.type, self.key()))


class ConstantInt(Constant):
    """An integer. `value` is signed (two's complement), except `i1`, where it is 0 or 1."""

    __slots__ = ("value",)
    type: IntType

    def __init__(self, type: IntType, value: int) -> None:
        super().__init__(type)
        bits = type.bits
        value &= (1 << bits) - 1
        self.value = value - (1 << bits) if bits > 1 and value >> (bits - 1) else value

    @property
    def unsigned(self) -> int:
        """The value read as unsigned."""
        return self.value & ((1 << self.type.bits) - 1)

    def key(self) -> Any:
        """The value."""
        return self.value

    def __str__(self) -> str:
        if self.type.bits == 1:
            return "true" if self.value else "false"
        return str(self.value)


class ConstantFloat(Constant):
    """A floating-point constant; `text` is LLVM's spelling, `bits` the IEEE encoding."""

    __slots__ = ("text",)
    type: FloatType

    def __init__(self, type: FloatType, text: str) -> None:
        super().__init__(type)
        self.text = text

    @staticmethod
    def from_bits(type: FloatType, bits: int) -> ConstantFloat:
        """The constant with this encoding; types `half`, `bfloat`, `float`, `double`."""
        if type.kind == "half":
            return ConstantFloat(type, f"0xH{bits:04X}")
        if type.kind == "bfloat":
            return ConstantFloat(type, f"0xR{bits:04X}")
        if type.kind == "float":
            return ConstantFloat(type, f"0x{encoding.to_bits(encoding.from_bits(bits, 'float'), 'double'):016X}")
        if type.kind == "double":
            return ConstantFloat(type, f"0x{bits:016X}")
        raise ValueError(f"no constants of type {type} from bits")

    @staticmethod
    def from_float(type: FloatType, value: float) -> ConstantFloat:
        """The constant nearest to `value`."""
        return ConstantFloat.from_bits(type, encoding.to_bits(encoding.round_to(value, type.kind), type.kind))

    @property
    def bits(self) -> int:
        """The encoding as an unsigned integer of the type's width."""
        text = self.text
        if text.startswith("0x"):
            return self._hexadecimal_bits(text)
        return encoding.to_bits(encoding.round_to(float(text), self.type.kind), self.type.kind)

    def _hexadecimal_bits(self, text: str) -> int:
        if text[2] in "KLMHR":
            digits = text[3:]
            if text[2] in "LM":  # the two 64-bit words are printed low word first
                return int(digits[16:], 16) << 64 | int(digits[:16], 16)
            return int(digits, 16)
        bits = int(text, 16)  # `float` constants are spelled with the encoding of the same value as `double`
        return encoding.to_bits(encoding.from_bits(bits, "double"), "float") if self.type.kind == "float" else bits

    @property
    def value(self) -> float:
        """The value as a Python float. Raises `ValueError` for types wider than `double`."""
        if FLOAT_BITS[self.type.kind] > 64:
            raise ValueError(f"{self.type} has no Python float")
        return encoding.from_bits(self.bits, self.type.kind)

    def key(self) -> Any:
        """The encoding: two spellings of one value are equal."""
        return self.bits

    def __str__(self) -> str:
        return self.text


class Keyword(Constant):
    """A constant that is one word for its type: `null undef poison zeroinitializer none`."""

    __slots__ = ("word",)

    def __init__(self, type: Type, word: str) -> None:
        super().__init__(type)
        self.word = word

    def key(self) -> Any:
        """The word."""
        return self.word

    def __str__(self) -> str:
        return self.word


class ConstantBytes(Constant):
    """`c"..."`, an array of `i8` (or of a type of the same size, as printed)."""

    __slots__ = ("data",)

    def __init__(self, data: bytes, type: Type | None = None) -> None:
        super().__init__(type or ArrayType(len(data), I8))
        self.data = data

    def key(self) -> Any:
        """The bytes."""
        return self.data

    def __str__(self) -> str:
        return f'c"{encode_bytes(self.data)}"'


class ConstantAggregate(Constant):
    """A struct, array or vector with its elements spelled out."""

    __slots__ = ("_operands",)

    def __init__(self, type: Type, elements: tuple[Value, ...] | list[Value]) -> None:
        super().__init__(type)
        self._operands = tuple(elements)

    @property
    def operands(self) -> tuple[Value, ...]:
        """The elements."""
        return self._operands

    def with_operands(self, operands: tuple[Value, ...]) -> Constant:
        """Other elements, same type."""
        return ConstantAggregate(self.type, operands)

    def key(self) -> Any:
        """The elements."""
        return self._operands

    def __str__(self) -> str:
        inside = ", ".join([f"{v.type.text} {v}" for v in self._operands])
        if isinstance(self.type, ArrayType):
            return f"[{inside}]"
        if isinstance(self.type, VectorType):
            return f"<{inside}>"
        text = f"{{ {inside} }}" if inside else "{}"
        return f"<{text}>" if struct_of(self.type).packed else text


class ConstantSplat(Constant):
    """`splat (i32 1)`: a vector of equal elements."""

    __slots__ = ("element",)

    def __init__(self, type: Type, element: Value) -> None:
        super().__init__(type)
        self.element = element

    @property
    def operands(self) -> tuple[Value, ...]:
        """The one element."""
        return (self.element,)

    def with_operands(self, operands: tuple[Value, ...]) -> Constant:
        """Another element, same type."""
        return ConstantSplat(self.type, operands[0])

    def key(self) -> Any:
        """The element."""
        return self.element

    def __str__(self) -> str:
        return f"splat ({self.element.type} {self.element})"


class ConstantExpr(Constant):
    """A constant expression. `flags` as printed (`inbounds nuw`, `inrange(-16, 8)`); `source_type` for `getelementptr`."""

    __slots__ = ("_operands", "flags", "opcode", "source_type")

    def __init__(self, opcode: str, type: Type, operands: tuple[Value, ...] | list[Value], flags: tuple[str, ...] = (),
                 source_type: Type | None = None) -> None:
        super().__init__(type)
        self.opcode, self._operands, self.flags, self.source_type = opcode, tuple(operands), flags, source_type

    @property
    def operands(self) -> tuple[Value, ...]:
        """The operands."""
        return self._operands

    def with_operands(self, operands: tuple[Value, ...]) -> Constant:
        """The same operation on other operands. A `getelementptr`'s type follows its new base pointer."""
        type_ = self.type
        if self.opcode == "getelementptr" and isinstance(type_, PointerType):
            type_ = operands[0].type
        return ConstantExpr(self.opcode, type_, operands, self.flags, self.source_type)

    def key(self) -> Any:
        """Everything but the type."""
        return (self.opcode, self.flags, self.source_type, self._operands)

    def __str__(self) -> str:
        head = " ".join((self.opcode, *self.flags))
        inside = ", ".join(f"{v.type} {v}" for v in self._operands)
        if self.opcode == "getelementptr":
            return f"{head} ({self.source_type}, {inside})"
        if self.opcode in CAST_OPCODES:
            return f"{head} ({inside} to {self.type})"
        return f"{head} ({inside})"


class BlockAddress(Constant):
    """`blockaddress(@function, %block)`. `block` is the printed name until the function's body is read, then the block."""

    __slots__ = ("block", "function")

    def __init__(self, type: Type, function: Function, block: Block | str) -> None:
        super().__init__(type)
        self.function, self.block = function, block

    @property
    def operands(self) -> tuple[Value, ...]:
        """The function."""
        return (self.function,)

    def with_operands(self, operands: tuple[Value, ...]) -> Constant:
        """The same: a block belongs to its function, also where other uses of the function's address become something else's."""
        if isinstance(operands[0], type(self.function)):
            raise ValueError(f"the function of {self} cannot be replaced")
        return self

    def __str__(self) -> str:
        if isinstance(self.block, str):
            return f"blockaddress({self.function}, {self.block})"
        from crosswarp.ir.writer_function import FunctionWriter

        return f"blockaddress({self.function}, {FunctionWriter(self.function).names[self.block]})"


class GlobalReference(Constant):
    """`dso_local_equivalent @f` or `no_cfi @f`."""

    __slots__ = ("target", "word")

    def __init__(self, word: str, target: Value) -> None:
        super().__init__(target.type)
        self.word, self.target = word, target

    @property
    def operands(self) -> tuple[Value, ...]:
        """The global."""
        return (self.target,)

    def with_operands(self, operands: tuple[Value, ...]) -> Constant:
        """The same of another global."""
        return GlobalReference(self.word, operands[0])

    def __str__(self) -> str:
        return f"{self.word} {self.target}"


CAST_OPCODES = words("trunc zext sext fptrunc fpext fptoui fptosi uitofp sitofp ptrtoint ptrtoaddr inttoptr bitcast "
                         "addrspacecast")


def rebuild(constant: Value, change: Callable[[Value], Value]) -> Value:
    """`constant` with `change` applied to every part, innermost first; unchanged parts are shared."""
    if not isinstance(constant, Constant) or not constant.operands:
        return change(constant)
    old = constant.operands
    new = tuple(rebuild(part, change) for part in old)
    if any(a is not b for a, b in zip(old, new, strict=True)):
        constant = constant.with_operands(new)
    return change(constant)


def null(type: Type) -> Constant:
    """The zero of `type`: 0, 0.0, `null` or `zeroinitializer`."""
    if isinstance(type, IntType):
        return ConstantInt(type, 0)
    if isinstance(type, FloatType):
        return ConstantFloat.from_bits(type, 0) if type.bits <= 64 else Keyword(type, "zeroinitializer")
    return Keyword(type, "null" if isinstance(type, PointerType) else "zeroinitializer")


def undef(type: Type) -> Constant:
    """`undef`."""
    return Keyword(type, "undef")


def poison(type: Type) -> Constant:
    """`poison`."""
    return Keyword(type, "poison")

"""LLVM types as interned, immutable objects: equal types are the same object, so `is` and `==` agree.

Every type knows its LLVM text (`str(t)`), computed once. Named struct types belong to one module and are equal only to
themselves: `%struct.P` of two modules may have different bodies.
"""

from __future__ import annotations

from typing import Any, ClassVar

from crosswarp.ir.names import spell


class Type:
    """Base of all types. `text` is LLVM's spelling."""

    __slots__ = ("text",)
    text: str
    _interned: ClassVar[dict[tuple[Any, ...], Any]] = {}

    def __new__(cls, *parts: Any) -> Any:
        """Build the type, or find the one built from the same parts before."""
        key = (cls, *parts)
        found = Type._interned.get(key)
        if found is None:
            found = object.__new__(cls)
            found._set(*parts)
            Type._interned[key] = found
        return found

    def _set(self, *parts: Any) -> None:
        raise NotImplementedError

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.text}>"

    def __copy__(self) -> Type:
        return self

    def __deepcopy__(self, memo: object) -> Type:
        return self

    @property
    def elements(self) -> tuple[Type, ...]:
        """Types this one is made of, once each for arrays and vectors."""
        return ()

    def is_first_class(self) -> bool:
        """Whether a value can have this type."""
        return not isinstance(self, FunctionType) and self is not VOID


class PrimitiveType(Type):
    """`void`, `label`, `metadata`, `token`, `x86_amx`: types without parts."""

    __slots__ = ()

    def __new__(cls, text: str) -> PrimitiveType:
        """The type of this word."""
        return super().__new__(cls, text)  # type: ignore[no-any-return]

    def _set(self, text: str) -> None:
        self.text = text


class IntType(Type):
    """`i<bits>`."""

    __slots__ = ("bits",)
    bits: int

    def __new__(cls, bits: int) -> IntType:
        """The type of this many bits."""
        return super().__new__(cls, bits)  # type: ignore[no-any-return]

    def _set(self, bits: int) -> None:
        self.bits = bits
        self.text = f"i{bits}"


FLOAT_BITS = {"half": 16, "bfloat": 16, "float": 32, "double": 64, "x86_fp80": 80, "fp128": 128, "ppc_fp128": 128}


class FloatType(Type):
    """A floating-point type; `kind` is LLVM's word, a key of `FLOAT_BITS`."""

    __slots__ = ("bits", "kind")
    kind: str
    bits: int

    def __new__(cls, kind: str) -> FloatType:
        """The type of this kind."""
        return super().__new__(cls, kind)  # type: ignore[no-any-return]

    def _set(self, kind: str) -> None:
        self.kind = self.text = kind
        self.bits = FLOAT_BITS[kind]


class PointerType(Type):
    """`ptr` or `ptr addrspace(space)`."""

    __slots__ = ("space",)
    space: int

    def __new__(cls, space: int = 0) -> PointerType:
        """The pointer type of an address space."""
        return super().__new__(cls, space)  # type: ignore[no-any-return]

    def _set(self, space: int) -> None:
        self.space = space
        self.text = f"ptr addrspace({space})" if space else "ptr"


class VectorType(Type):
    """`<count x element>`, or `<vscale x count x element>` when scalable."""

    __slots__ = ("count", "element", "scalable")
    count: int
    element: Type
    scalable: bool

    def __new__(cls, count: int, element: Type, scalable: bool = False) -> VectorType:
        """`count` times `element`."""
        return super().__new__(cls, count, element, scalable)  # type: ignore[no-any-return]

    def _set(self, count: int, element: Type, scalable: bool) -> None:
        self.count, self.element, self.scalable = count, element, scalable
        self.text = f"<{'vscale x ' if scalable else ''}{count} x {element.text}>"

    @property
    def elements(self) -> tuple[Type, ...]:
        """The element type."""
        return (self.element,)


class ArrayType(Type):
    """`[count x element]`."""

    __slots__ = ("count", "element")
    count: int
    element: Type

    def __new__(cls, count: int, element: Type) -> ArrayType:
        """`count` times `element`."""
        return super().__new__(cls, count, element)  # type: ignore[no-any-return]

    def _set(self, count: int, element: Type) -> None:
        self.count, self.element = count, element
        self.text = f"[{count} x {element.text}]"

    @property
    def elements(self) -> tuple[Type, ...]:
        """The element type."""
        return (self.element,)


class StructType(Type):
    """A literal struct `{ i32, float }`, packed `<{ i8, double }>`."""

    __slots__ = ("fields", "packed")
    fields: tuple[Type, ...]
    packed: bool

    def __new__(cls, fields: tuple[Type, ...] | list[Type], packed: bool = False) -> StructType:
        """A struct of these fields, in order."""
        return super().__new__(cls, tuple(fields), packed)  # type: ignore[no-any-return]

    def _set(self, fields: tuple[Type, ...], packed: bool) -> None:
        self.fields, self.packed = fields, packed
        inside = f"{{ {', '.join(f.text for f in fields)} }}" if fields else "{}"
        self.text = f"<{inside}>" if packed else inside

    @property
    def elements(self) -> tuple[Type, ...]:
        """The field types."""
        return self.fields


class FunctionType(Type):
    """`result (parameters)`; `vararg` adds `...`."""

    __slots__ = ("parameters", "result", "vararg")
    result: Type
    parameters: tuple[Type, ...]
    vararg: bool

    def __new__(cls, result: Type, parameters: tuple[Type, ...] | list[Type], vararg: bool = False) -> FunctionType:
        """From parameters to result."""
        return super().__new__(cls, result, tuple(parameters), vararg)  # type: ignore[no-any-return]

    def _set(self, result: Type, parameters: tuple[Type, ...], vararg: bool) -> None:
        self.result, self.parameters, self.vararg = result, parameters, vararg
        texts = [p.text for p in parameters] + ["..."] * vararg
        self.text = f"{result.text} ({', '.join(texts)})"

    @property
    def elements(self) -> tuple[Type, ...]:
        """The result, then the parameters."""
        return (self.result, *self.parameters)


class TargetType(Type):
    """`target("name", types, integers)`: an opaque type that only its target understands."""

    __slots__ = ("integers", "name", "types")
    name: str
    types: tuple[Type, ...]
    integers: tuple[int, ...]

    def __new__(cls, name: str, types: tuple[Type, ...] = (), integers: tuple[int, ...] = ()) -> TargetType:
        """The type of this name with its parameters."""
        return super().__new__(cls, name, types, integers)  # type: ignore[no-any-return]

    def _set(self, name: str, types: tuple[Type, ...], integers: tuple[int, ...]) -> None:
        self.name, self.types, self.integers = name, types, integers
        self.text = f"target({', '.join([chr(34) + name + chr(34), *map(str, types), *map(str, integers)])})"


class NamedType(Type):
    """`%name`, a struct type with a name. `body` is its `StructType`, None while opaque. Not interned."""

    __slots__ = ("body", "name")
    name: str
    body: StructType | None

    def __new__(cls, name: str, body: StructType | None = None) -> NamedType:
        """A new type, different from all others."""
        self: NamedType = object.__new__(cls)
        self.name, self.body = name, body
        self.text = "%" + spell(name)
        return self

    @property
    def elements(self) -> tuple[Type, ...]:
        """The field types of the body."""
        return self.body.fields if self.body else ()


def struct_of(kind: Type) -> StructType:
    """The struct behind a literal or named struct type. Raises `TypeError` for others and for opaque types."""
    body = kind.body if isinstance(kind, NamedType) else kind
    if not isinstance(body, StructType):
        raise TypeError(f"{kind} is not a struct with a body")
    return body


def bits_of(kind: Type) -> int | None:
    """How many bits a number or a vector of numbers has; None for other types."""
    element = kind.element if isinstance(kind, VectorType) else kind
    if not isinstance(element, IntType | FloatType):
        return None
    return element.bits * (kind.count if isinstance(kind, VectorType) else 1)


VOID = PrimitiveType("void")
LABEL = PrimitiveType("label")
METADATA = PrimitiveType("metadata")
TOKEN = PrimitiveType("token")
I1, I8, I16, I32, I64, I128 = (IntType(n) for n in (1, 8, 16, 32, 64, 128))
HALF, BFLOAT, FLOAT, DOUBLE = (FloatType(k) for k in ("half", "bfloat", "float", "double"))
PTR = PointerType()

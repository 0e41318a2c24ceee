"""Instructions. `operands` holds every value an instruction uses, blocks included, so that replacing a value anywhere
is one loop over operands. Sub-classes add what is not an operand and name the operands by properties.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from crosswarp.ir.globals import GlobalValue
from crosswarp.ir.names import words
from crosswarp.ir.types import LABEL, VOID, FunctionType, PointerType, Type
from crosswarp.ir.values import Metadata, Value

if TYPE_CHECKING:
    from crosswarp.ir.function import Block, Function

BINARY_OPCODES = words("add fadd sub fsub mul fmul udiv sdiv fdiv urem srem frem shl lshr ashr and or xor")
TERMINATOR_OPCODES = words("ret br switch indirectbr invoke resume unreachable")
FAST_MATH_FLAGS = words("fast nnan ninf nsz arcp contract afn reassoc")


class Instruction(Value):
    """One instruction: `opcode` is LLVM's word, `flags` its modifiers in printed order (`nuw nsw exact contract volatile`).

    Enough by itself for unary, binary, cast, `select`, `freeze`, `ret`, `extractelement`, ... `metadata` maps a kind
    (`tbaa`, `dbg`) to its node.
    """

    __slots__ = ("flags", "metadata", "opcode", "operands", "parent")
    parent: Block | None

    def __init__(self, opcode: str, type: Type, operands: list[Value], name: str | None = None,
                 flags: tuple[str, ...] = ()) -> None:
        super().__init__(type, name)
        self.opcode = opcode
        self.operands = operands
        self.flags = flags
        self.metadata: dict[str, Metadata] = {}
        self.parent = None

    @property
    def is_terminator(self) -> bool:
        """Whether this ends a block."""
        return self.opcode in TERMINATOR_OPCODES

    @property
    def function(self) -> Function | None:
        """The function this stands in."""
        return self.parent.parent if self.parent is not None else None

    def owner(self) -> Function | None:
        """The function this stands in."""
        return self.function

    def erase(self) -> None:
        """Take this out of its block. Its result must be unused or replaced first."""
        assert self.parent is not None
        del self.parent.instructions[self.parent.index(self)]
        self.parent = None

    def replace_operand(self, old: Value, new: Value) -> None:
        """Use `new` wherever this used `old` directly."""
        self.operands = [new if operand is old else operand for operand in self.operands]

    def successors(self) -> list[Block]:
        """The blocks a terminator may go to, in operand order (with repeats)."""
        if self.opcode not in TERMINATOR_OPCODES:
            return []
        return [operand for operand in self.operands if operand.type is LABEL]  # type: ignore[misc]


class Alloca(Instruction):
    """`alloca T, count, align A, addrspace(n)`. operands: [count] when one is printed, else []."""

    __slots__ = ("align", "allocated_type", "inalloca")

    def __init__(self, allocated_type: Type, count: Value | None = None, align: int | None = None, address_space: int = 0,
                 name: str | None = None) -> None:
        super().__init__("alloca", PointerType(address_space), [] if count is None else [count], name)
        self.allocated_type, self.align, self.inalloca = allocated_type, align, False

    @property
    def count(self) -> Value | None:
        """Number of elements; None means one."""
        return self.operands[0] if self.operands else None

    @property
    def address_space(self) -> int:
        """Address space of the result."""
        assert isinstance(self.type, PointerType)
        return self.type.space


class MemoryAccess(Instruction):
    """What loads, stores and atomic operations share: `align`, `ordering` ("" when not atomic), `syncscope`."""

    __slots__ = ("align", "ordering", "syncscope")
    align: int | None
    ordering: str
    syncscope: str

    @property
    def volatile(self) -> bool:
        """Whether the access is volatile."""
        return "volatile" in self.flags

    @property
    def pointer(self) -> Value:
        """The address."""
        return self.operands[0]


class Load(MemoryAccess):
    """operands: [pointer]."""

    __slots__ = ()

    def __init__(self, type: Type, pointer: Value, *, align: int | None = None, flags: tuple[str, ...] = (),
                 ordering: str = "", syncscope: str = "", name: str | None = None) -> None:
        super().__init__("load", type, [pointer], name, flags)
        self.align, self.ordering, self.syncscope = align, ordering, syncscope


class Store(MemoryAccess):
    """operands: [value, pointer]."""

    __slots__ = ()

    def __init__(self, value: Value, pointer: Value, *, align: int | None = None, flags: tuple[str, ...] = (),
                 ordering: str = "", syncscope: str = "") -> None:
        super().__init__("store", VOID, [value, pointer], None, flags)
        self.align, self.ordering, self.syncscope = align, ordering, syncscope

    @property
    def value(self) -> Value:
        """What is stored."""
        return self.operands[0]

    @property
    def pointer(self) -> Value:
        """The address."""
        return self.operands[1]


class AtomicRMW(MemoryAccess):
    """`atomicrmw operation`. operands: [pointer, value]."""

    __slots__ = ("operation",)

    def __init__(self, operation: str, pointer: Value, value: Value, ordering: str, *, syncscope: str = "",
                 align: int | None = None, flags: tuple[str, ...] = (), name: str | None = None) -> None:
        super().__init__("atomicrmw", value.type, [pointer, value], name, flags)
        self.operation, self.ordering, self.syncscope, self.align = operation, ordering, syncscope, align

    @property
    def value(self) -> Value:
        """The second operand of the operation."""
        return self.operands[1]


class CmpXchg(MemoryAccess):
    """operands: [pointer, expected, new]; `ordering` on success; flags: `weak volatile`. Result `{T, i1}`."""

    __slots__ = ("failure_ordering",)

    def __init__(self, type: Type, operands: list[Value], ordering: str, failure_ordering: str, *, syncscope: str = "",
                 align: int | None = None, flags: tuple[str, ...] = (), name: str | None = None) -> None:
        super().__init__("cmpxchg", type, operands, name, flags)
        self.ordering, self.failure_ordering, self.syncscope, self.align = ordering, failure_ordering, syncscope, align


class Fence(Instruction):
    """`fence syncscope("...") ordering`."""

    __slots__ = ("ordering", "syncscope")

    def __init__(self, ordering: str, syncscope: str = "") -> None:
        super().__init__("fence", VOID, [])
        self.ordering, self.syncscope = ordering, syncscope


class GetElementPtr(Instruction):
    """operands: [pointer, indices...]."""

    __slots__ = ("source_type",)

    def __init__(self, type: Type, source_type: Type, operands: list[Value], flags: tuple[str, ...] = (),
                 name: str | None = None) -> None:
        super().__init__("getelementptr", type, operands, name, flags)
        self.source_type = source_type

    @property
    def pointer(self) -> Value:
        """The base address."""
        return self.operands[0]

    @property
    def indices(self) -> list[Value]:
        """The indices."""
        return self.operands[1:]


class Compare(Instruction):
    """`icmp` or `fcmp` with its `predicate`. operands: [left, right]."""

    __slots__ = ("predicate",)

    def __init__(self, opcode: str, type: Type, predicate: str, left: Value, right: Value, *, flags: tuple[str, ...] = (),
                 name: str | None = None) -> None:
        super().__init__(opcode, type, [left, right], name, flags)
        self.predicate = predicate


class Indexed(Instruction):
    """`extractvalue` (operands: [aggregate]) and `insertvalue` ([aggregate, value]) with constant `indices`."""

    __slots__ = ("indices",)

    def __init__(self, opcode: str, type: Type, operands: list[Value], indices: tuple[int, ...], name: str | None = None) -> None:
        super().__init__(opcode, type, operands, name)
        self.indices = indices


class Phi(Instruction):
    """operands: [value, block, value, block, ...]."""

    __slots__ = ()

    def __init__(self, type: Type, incoming: list[tuple[Value, Block]] | None = None, name: str | None = None,
                 flags: tuple[str, ...] = ()) -> None:
        super().__init__("phi", type, [part for pair in incoming or () for part in pair], name, flags)

    @property
    def incoming(self) -> list[tuple[Value, Block]]:
        """(value, predecessor) pairs; assign to change them."""
        return list(zip(self.operands[::2], self.operands[1::2], strict=True))  # type: ignore[arg-type]

    @incoming.setter
    def incoming(self, pairs: list[tuple[Value, Block]]) -> None:
        self.operands = [part for pair in pairs for part in pair]


class Branch(Instruction):
    """`br`. operands: [target], or [condition, if true, if false]."""

    __slots__ = ()

    def __init__(self, operands: list[Value]) -> None:
        super().__init__("br", VOID, operands)

    @property
    def condition(self) -> Value | None:
        """The `i1`, None for an unconditional branch."""
        return self.operands[0] if len(self.operands) == 3 else None


class Switch(Instruction):
    """operands: [value, default, case constant, case block, ...]."""

    __slots__ = ()

    def __init__(self, value: Value, default: Block, cases: list[tuple[Value, Block]] | None = None) -> None:
        super().__init__("switch", VOID, [value, default, *(part for pair in cases or () for part in pair)])

    @property
    def value(self) -> Value:
        """What is compared."""
        return self.operands[0]

    @property
    def default(self) -> Block:
        """Where to go when no case matches."""
        return self.operands[1]  # type: ignore[return-value]

    @property
    def cases(self) -> list[tuple[Value, Block]]:
        """(constant, block) pairs."""
        return list(zip(self.operands[2::2], self.operands[3::2], strict=True))  # type: ignore[arg-type]


class Call(Instruction):
    """`call` and `invoke`. operands: [callee, arguments..., bundle values..., (invoke: normal block, unwind block)].

    `argument_attributes` has one list per argument; `attributes` are the call's function attributes, `return_attributes`
    the result's; `bundles` are (tag, number of values); `tail` is "", "tail", "musttail" or "notail".
    """

    __slots__ = ("address_space", "argument_attributes", "attributes", "bundles", "calling_convention", "function_type",
                 "return_attributes", "tail")

    def __init__(self, function_type: FunctionType, callee: Value, arguments: list[Value], name: str | None = None,
                 opcode: str = "call") -> None:
        super().__init__(opcode, function_type.result, [callee, *arguments], name)
        self.function_type = function_type
        self.argument_attributes: list[list[str]] = [[] for _ in arguments]
        self.attributes: list[str] = []
        self.return_attributes: list[str] = []
        self.bundles: list[tuple[str, int]] = []
        self.calling_convention = ""
        self.tail = ""
        self.address_space = 0

    @property
    def callee(self) -> Value:
        """What is called: a `Function`, an `InlineAsm`, or any pointer."""
        return self.operands[0]

    @callee.setter
    def callee(self, value: Value) -> None:
        self.operands[0] = value

    @property
    def callee_name(self) -> str | None:
        """Name of the function called, None for an indirect call or inline assembly."""
        return self.operands[0].name if isinstance(self.operands[0], GlobalValue) else None

    @property
    def arguments(self) -> list[Value]:
        """The arguments (a copy: change them by `set_call`)."""
        return self.operands[1 : 1 + len(self.argument_attributes)]

    def set_call(self, callee: Value, function_type: FunctionType, arguments: list[Value],
                 attributes: list[list[str]] | None = None) -> None:
        """Call something else with other arguments; bundles and invoke targets stay. The result type follows."""
        rest = self.operands[1 + len(self.argument_attributes) :]
        self.operands = [callee, *arguments, *rest]
        self.function_type, self.type = function_type, function_type.result
        self.argument_attributes = attributes if attributes is not None else [[] for _ in arguments]

    def bundle_values(self) -> Iterator[tuple[str, list[Value]]]:
        """(tag, values) of each operand bundle."""
        position = 1 + len(self.argument_attributes)
        for tag, count in self.bundles:
            yield tag, self.operands[position : position + count]
            position += count


class LandingPad(Instruction):
    """operands: the clauses' values; `clauses` their words (`catch`, `filter`); flags: `cleanup`."""

    __slots__ = ("clauses",)

    def __init__(self, type: Type, clauses: list[str], values: list[Value], flags: tuple[str, ...] = (),
                 name: str | None = None) -> None:
        super().__init__("landingpad", type, values, name, flags)
        self.clauses = clauses


class DebugRecord(Instruction):
    """`#dbg_declare(ptr %x, !1, !DIExpression(), !2)`: not an instruction to LLVM, but it stands among them and uses values.

    `opcode` is the word with `#`; `parts` are the arguments: text, the index of an operand, or a range of them (`!DIArgList`).
    """

    __slots__ = ("parts",)

    def __init__(self, opcode: str, parts: list[str | int | range], operands: list[Value]) -> None:
        super().__init__(opcode, VOID, operands)
        self.parts = parts

"""Makes instructions and puts them in place: at the end of a block, or in front of an instruction."""

from __future__ import annotations

from collections.abc import Sequence

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import (
    Alloca,
    AtomicRMW,
    Branch,
    Call,
    CmpXchg,
    Compare,
    Fence,
    GetElementPtr,
    Indexed,
    Instruction,
    Load,
    Phi,
    Store,
    Switch,
)
from crosswarp.ir.reader_instructions import gep_type
from crosswarp.ir.types import I1, I32, I64, VOID, ArrayType, FunctionType, IntType, StructType, Type, VectorType, struct_of
from crosswarp.ir.values import InlineAsm, Metadata, Value


class Builder:
    """Inserts at the end of `block`, or in front of `before`. `debug_location` is attached to every new instruction.

    When `before` is given and no location, `before`'s own `!dbg` is used: LLVM demands one on calls in functions with
    debug information.
    """

    def __init__(self, block: Block, before: Instruction | None = None, debug_location: Metadata | None = None) -> None:
        self.block = block
        self.before = before
        if debug_location is None and before is not None:
            debug_location = before.metadata.get("dbg")
        self.debug_location = debug_location

    @staticmethod
    def at_entry(function: Function) -> Builder:
        """Inserts at the top of the entry block."""
        entry = function.entry
        return Builder(entry, entry.instructions[0] if entry.instructions else None)

    @staticmethod
    def after(instruction: Instruction) -> Builder:
        """Inserts behind an instruction that does not end its block."""
        block = instruction.parent
        assert block is not None
        following = block.instructions[block.index(instruction) + 1]
        return Builder(block, following, instruction.metadata.get("dbg"))

    def insert(self, instruction: Instruction) -> Instruction:
        """Put a finished instruction in place."""
        if self.debug_location is not None:
            instruction.metadata.setdefault("dbg", self.debug_location)
        if self.before is None:
            return self.block.append(instruction)
        return self.block.insert_before(instruction, self.before)

    def call(self, callee: Function | InlineAsm | Value, arguments: Sequence[Value], name: str | None = None,
             function_type: FunctionType | None = None, attributes: Sequence[str] = ()) -> Call:
        """Call a function; `function_type` is needed for other callees. `attributes` are function attributes of the call."""
        if function_type is None:
            if not isinstance(callee, Function | InlineAsm):
                raise TypeError("an indirect call needs its function type")
            function_type = callee.function_type
        call = Call(function_type, callee, list(arguments), name)
        call.attributes = list(attributes)
        if isinstance(callee, Function):
            call.calling_convention = callee.calling_convention
        self.insert(call)
        return call

    def alloca(self, type: Type, name: str | None = None, *, count: Value | None = None, align: int | None = None,
               address_space: int = 0) -> Alloca:
        """Memory of the function's frame."""
        result = Alloca(type, count, align, address_space, name)
        self.insert(result)
        return result

    def load(self, type: Type, pointer: Value, name: str | None = None, *, align: int | None = None, volatile: bool = False,
             ordering: str = "", syncscope: str = "") -> Load:
        """Read memory."""
        result = Load(type, pointer, align=align, flags=("volatile",) * volatile, ordering=ordering, syncscope=syncscope, name=name)
        self.insert(result)
        return result

    def store(self, value: Value, pointer: Value, *, align: int | None = None, volatile: bool = False, ordering: str = "",
              syncscope: str = "") -> Store:
        """Write memory."""
        result = Store(value, pointer, align=align, flags=("volatile",) * volatile, ordering=ordering, syncscope=syncscope)
        self.insert(result)
        return result

    def cast(self, opcode: str, value: Value, type: Type, name: str | None = None, flags: tuple[str, ...] = ()) -> Value:
        """Any conversion; returns `value` itself when it has the type already."""
        if value.type is type:
            return value
        return self.insert(Instruction(opcode, type, [value], name, flags))

    def gep(self, source_type: Type, pointer: Value, indices: Sequence[Value | int], name: str | None = None,
            flags: tuple[str, ...] = ("inbounds",)) -> GetElementPtr:
        """Address arithmetic. Plain integers become `i32` constants (`i64` for the first)."""
        values = [ConstantInt(I64 if n == 0 else I32, i) if isinstance(i, int) else i for n, i in enumerate(indices)]
        operands = [pointer, *values]
        result = GetElementPtr(gep_type(operands), source_type, operands, flags, name)
        self.insert(result)
        return result

    def icmp(self, predicate: str, left: Value, right: Value, name: str | None = None) -> Compare:
        """Compare integers or pointers: `eq ne ult ule ugt uge slt sle sgt sge`."""
        return self._compare("icmp", predicate, left, right, name)

    def fcmp(self, predicate: str, left: Value, right: Value, name: str | None = None) -> Compare:
        """Compare floats: `oeq ogt ... uno true`."""
        return self._compare("fcmp", predicate, left, right, name)

    def _compare(self, opcode: str, predicate: str, left: Value, right: Value, name: str | None) -> Compare:
        shape = left.type
        type_: Type = VectorType(shape.count, I1) if isinstance(shape, VectorType) else I1
        result = Compare(opcode, type_, predicate, left, right, name=name)
        self.insert(result)
        return result

    def br(self, target: Block) -> Branch:
        """Go to `target`."""
        result = Branch([target])
        self.insert(result)
        return result

    def cond_br(self, condition: Value, if_true: Block, if_false: Block) -> Branch:
        """Go to one of two blocks."""
        result = Branch([condition, if_true, if_false])
        self.insert(result)
        return result

    def switch(self, value: Value, default: Block, cases: Sequence[tuple[int, Block]] = ()) -> Switch:
        """Go to the block of the equal case."""
        kind = value.type
        assert isinstance(kind, IntType)
        result = Switch(value, default, [(ConstantInt(kind, number), block) for number, block in cases])
        self.insert(result)
        return result

    def phi(self, type: Type, incoming: Sequence[tuple[Value, Block]] = (), name: str | None = None) -> Phi:
        """A phi. The caller inserts phis in front of everything else."""
        result = Phi(type, list(incoming), name)
        self.insert(result)
        return result

    def ret(self, value: Value | None = None) -> Instruction:
        """Return."""
        return self.insert(Instruction("ret", VOID, [] if value is None else [value]))

    def unreachable(self) -> Instruction:
        """End a block that is never left."""
        return self.insert(Instruction("unreachable", VOID, []))

    def binary(self, opcode: str, left: Value, right: Value, name: str | None = None, flags: tuple[str, ...] = ()) -> Instruction:
        """Arithmetic or logic: `add fadd sub ... xor`."""
        return self.insert(Instruction(opcode, left.type, [left, right], name, flags))

    def unary(self, opcode: str, value: Value, name: str | None = None, flags: tuple[str, ...] = ()) -> Instruction:
        """`fneg` or `freeze`."""
        return self.insert(Instruction(opcode, value.type, [value], name, flags))

    def select(self, condition: Value, if_true: Value, if_false: Value, name: str | None = None) -> Instruction:
        """One of two values."""
        return self.insert(Instruction("select", if_true.type, [condition, if_true, if_false], name))

    def atomicrmw(self, operation: str, pointer: Value, value: Value, ordering: str = "seq_cst", syncscope: str = "", *,
                  name: str | None = None, align: int | None = None) -> AtomicRMW:
        """Atomic read-modify-write; returns the old value."""
        result = AtomicRMW(operation, pointer, value, ordering, syncscope=syncscope, align=align, name=name)
        self.insert(result)
        return result

    def cmpxchg(self, pointer: Value, expected: Value, new: Value, ordering: str = "seq_cst", failure: str = "seq_cst",
                *, syncscope: str = "", name: str | None = None) -> CmpXchg:
        """Compare and exchange; returns `{old value, i1 success}`."""
        type_ = StructType((expected.type, I1))
        result = CmpXchg(type_, [pointer, expected, new], ordering, failure, syncscope=syncscope, name=name)
        self.insert(result)
        return result

    def fence(self, ordering: str, syncscope: str = "") -> Fence:
        """Order memory accesses."""
        result = Fence(ordering, syncscope)
        self.insert(result)
        return result

    def extractvalue(self, aggregate: Value, indices: int | Sequence[int], name: str | None = None) -> Indexed:
        """A member of a struct or array value."""
        path = (indices,) if isinstance(indices, int) else tuple(indices)
        type_ = aggregate.type
        for index in path:
            type_ = type_.element if isinstance(type_, ArrayType) else struct_of(type_).fields[index]
        result = Indexed("extractvalue", type_, [aggregate], path, name)
        self.insert(result)
        return result

    def insertvalue(self, aggregate: Value, value: Value, indices: int | Sequence[int], name: str | None = None) -> Indexed:
        """The aggregate with one member replaced."""
        path = (indices,) if isinstance(indices, int) else tuple(indices)
        result = Indexed("insertvalue", aggregate.type, [aggregate, value], path, name)
        self.insert(result)
        return result

    def extractelement(self, vector: Value, index: Value | int, name: str | None = None) -> Instruction:
        """An element of a vector."""
        at = ConstantInt(I64, index) if isinstance(index, int) else index
        return self.insert(Instruction("extractelement", vector.type.elements[0], [vector, at], name))

    def insertelement(self, vector: Value, value: Value, index: Value | int, name: str | None = None) -> Instruction:
        """The vector with one element replaced."""
        at = ConstantInt(I64, index) if isinstance(index, int) else index
        return self.insert(Instruction("insertelement", vector.type, [vector, value, at], name))

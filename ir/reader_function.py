"""Reads a function's body. One method per kind of instruction; `_READERS` maps LLVM's words to them."""

from __future__ import annotations

from collections.abc import Callable

from crosswarp.ir.attributes import FUNCTION_ATTRIBUTES
from crosswarp.ir.constants import CAST_OPCODES, Constant, rebuild
from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import (
    BINARY_OPCODES,
    FAST_MATH_FLAGS,
    Alloca,
    AtomicRMW,
    Branch,
    Call,
    CmpXchg,
    Compare,
    DebugRecord,
    Fence,
    GetElementPtr,
    Indexed,
    Instruction,
    LandingPad,
    Load,
    MemoryAccess,
    Phi,
    Store,
    Switch,
)
from crosswarp.ir.names import spell, unspell, words
from crosswarp.ir.reader_values import ReadContext, ValueReader
from crosswarp.ir.types import (
    I1,
    METADATA,
    VOID,
    ArrayType,
    FunctionType,
    PointerType,
    StructType,
    Type,
    VectorType,
    struct_of,
)
from crosswarp.ir.values import InlineAsm, MetadataValue, Value

CALLING_CONVENTIONS = words(
    "ccc fastcc coldcc cc tailcc swiftcc swifttailcc cfguard_checkcc preserve_mostcc preserve_allcc preserve_nonecc "
    "cxx_fast_tlscc ghccc anyregcc ptx_kernel ptx_device spir_func spir_kernel amdgpu_kernel amdgpu_vs amdgpu_gs amdgpu_ps "
    "amdgpu_cs amdgpu_ls amdgpu_hs amdgpu_es amdgpu_gfx amdgpu_gfx_whole_wave amdgpu_cs_chain amdgpu_cs_chain_preserve "
    "x86_stdcallcc x86_fastcallcc x86_thiscallcc x86_vectorcallcc x86_regcallcc x86_64_sysvcc win64cc intel_ocl_bicc "
    "arm_apcscc arm_aapcscc arm_aapcs_vfpcc aarch64_vector_pcs aarch64_sve_vector_pcs")
ORDERINGS = words("unordered monotonic acquire release acq_rel seq_cst")
_FLAGS = FAST_MATH_FLAGS | words("nuw nsw exact inbounds nusw nneg disjoint samesign")
_MEMORY_FLAGS = words("volatile atomic weak")


class _Forward(Value):
    """Stands for a local value that is defined further down."""

    __slots__ = ("token",)

    def __init__(self, type: Type, token: str) -> None:
        super().__init__(type)
        self.token = token


class FunctionReader(ValueReader):
    """Reads the text between a function's braces."""

    __slots__ = ("_forward", "block", "blocks", "forward_users", "function", "local_values", "number")

    def __init__(self, context: ReadContext, function: Function, text: str, whole: str, whole_start: int) -> None:
        super().__init__(context, text, whole, whole_start)
        self.function = function
        self.local_values: dict[str, Value] = {}
        self.forward_users: list[tuple[Instruction, int]] = []
        self._forward = False
        self.number = 0
        self.blocks: list[Block] = []
        self.block: Block | None = None
        for argument in function.arguments:
            self._define(None if argument.name is None else "%" + spell(argument.name), argument)

    def read(self) -> list[Block]:
        """All blocks, in order."""
        tokens = self.tokens
        while token := tokens[self.pos]:
            if token[-1] == ":":
                self._label(token)
            else:
                if self.block is None or self.block.terminator is not None:
                    self._start_block(None)
                self._instruction()
        self._resolve_forward()
        self.context.add_blocks(self.function, {k: v for k, v in self.local_values.items() if isinstance(v, Block)})
        return self.blocks

    # Names

    def _define(self, key: str | None, value: Value) -> None:
        """Enter a value under its `%name`; without one, under the next number."""
        if key is None or key[1:].isdigit():
            self.number = (self.number if key is None else int(key[1:])) + 1
            key = f"%{self.number - 1}"
        else:
            value.name = unspell(key[1:])
            key = _plain(key)
        previous = self.local_values.setdefault(key, value)
        if previous is not value:
            raise self.fail(f"{key} is defined twice", self.pos - 1)

    def local(self, token: str, type_: Type) -> Value:
        """The value of `token`; a stand-in if it comes later."""
        token = _plain(token)
        value = self.local_values.get(token)
        if value is None:
            self._forward = True
            return _Forward(type_, token)
        if value.type is not type_:
            raise self.fail(f"{token} has type {value.type}, used as {type_}", self.pos - 1)
        return value

    def label(self) -> Block:
        """Read `label %name`."""
        self.expect("label")
        return self.block_reference()

    def block_reference(self) -> Block:
        """Read `%name`, a block that may come later."""
        token = _plain(self.next())
        block = self.local_values.get(token)
        if block is None:
            block = self.local_values[token] = Block(None, None)
        if not isinstance(block, Block):
            raise self.fail(f"{token} is not a block", self.pos - 1)
        return block

    def _label(self, token: str) -> None:
        self.pos += 1
        self._start_block(_plain("%" + token[:-1]))

    def _start_block(self, key: str | None) -> None:
        if self.block is not None and self.block.terminator is None:
            raise self.fail("the block before has no terminator", self.pos - 1)
        if key is None:
            key = f"%{self.number}"
        block = self.local_values.get(key)
        if block is None:
            block = self.local_values[key] = Block(None, None)
        if not isinstance(block, Block) or block.parent is not None:
            raise self.fail(f"{key} is defined twice", self.pos - 1)
        if key[1:].isdigit():
            self.number = int(key[1:]) + 1
        else:
            block.name = unspell(key[1:])
        block.parent = self.function
        self.block = block
        self.blocks.append(block)

    def _resolve_forward(self) -> None:
        for key, value in self.local_values.items():
            if isinstance(value, Block) and value.parent is None:
                raise self.fail(f"block {key} is used but not defined")
        for user, at in self.forward_users:
            self.pos = at  # where an error is reported
            user.operands = [self._resolved(operand) for operand in user.operands]

    def _resolved(self, operand: Value) -> Value:
        if isinstance(operand, _Forward):
            value = self.local_values.get(operand.token)
            if value is None:
                raise self.fail(f"use of undefined value {operand.token}")
            if value.type is not operand.type:
                raise self.fail(f"{operand.token} has type {value.type}, used as {operand.type}")
            return value
        if isinstance(operand, MetadataValue) and operand.wrapped is not None:
            return MetadataValue(None, self._resolved(operand.wrapped))
        return rebuild(operand, self._resolved) if isinstance(operand, Constant) and operand.operands else operand

    # Instructions

    def _instruction(self) -> None:
        tokens = self.tokens
        start = self.pos
        key = None
        token = self.next()
        if token[0] == "%":
            key = token
            self.expect("=")
            token = self.next()
        reader = _READERS.get(token)
        if reader is None:
            if token[0] != "#":
                raise self.fail(f"unknown instruction '{token}'", self.pos - 1)
            reader = FunctionReader._debug_record
        instruction = reader(self, token)
        while tokens[self.pos] == ",":
            self.pos += 1
            kind = self.next()
            if kind[:1] != "!":
                raise self.fail(f"unknown part '{kind}' of {token}", self.pos - 1)
            instruction.metadata[kind[1:]] = self.metadata_node()
        if self._forward:
            self.forward_users.append((instruction, start))
            self._forward = False
        if instruction.type is not VOID:
            self._define(key, instruction)
        elif key is not None:
            raise self.fail(f"{token} has no result to name {key}", self.pos - 1)
        block = self.block
        assert block is not None
        instruction.parent = block
        block.instructions.append(instruction)

    def flags(self, words: frozenset[str] = _FLAGS) -> tuple[str, ...]:
        """Read modifiers."""
        if self.tokens[self.pos] not in words:
            return ()
        found = []
        while self.tokens[self.pos] in words:
            found.append(self.next())
        return tuple(found)

    def _option(self) -> str:
        """The word after a comma, unless metadata follows; "" when there is none."""
        if self.tokens[self.pos] == "," and self.tokens[self.pos + 1][:1] != "!":
            self.pos += 2
            return self.tokens[self.pos - 1]
        return ""

    def _align(self) -> int | None:
        word = self._option()
        if word and word != "align":
            raise self.fail(f"unknown option '{word}'", self.pos - 1)
        return self.integer() if word else None

    def _binary(self, opcode: str) -> Instruction:
        flags = self.flags()
        type_ = self.type()
        left = self.value(type_)
        self.expect(",")
        return Instruction(opcode, type_, [left, self.value(type_)], None, flags)

    def _unary(self, opcode: str) -> Instruction:
        flags = self.flags()
        value = self.typed_value()
        return Instruction(opcode, value.type, [value], None, flags)

    def _cast(self, opcode: str) -> Instruction:
        flags = self.flags()
        value = self.typed_value()
        self.expect("to")
        return Instruction(opcode, self.type(), [value], None, flags)

    def _compare(self, opcode: str) -> Instruction:
        flags = self.flags()
        predicate = self.next()
        type_ = self.type()
        left = self.value(type_)
        self.expect(",")
        result = VectorType(type_.count, I1, type_.scalable) if isinstance(type_, VectorType) else I1
        return Compare(opcode, result, predicate, left, self.value(type_), flags=flags)

    def _operands(self, count: int) -> list[Value]:
        operands = [self.typed_value()]
        for _ in range(count - 1):
            self.expect(",")
            operands.append(self.typed_value())
        return operands

    def _select(self, opcode: str) -> Instruction:
        flags = self.flags()
        operands = self._operands(3)
        return Instruction(opcode, operands[1].type, operands, None, flags)

    def _extract_element(self, opcode: str) -> Instruction:
        operands = self._operands(2)
        return Instruction(opcode, operands[0].type.elements[0], operands)

    def _insert_element(self, opcode: str) -> Instruction:
        operands = self._operands(3)
        return Instruction(opcode, operands[0].type, operands)

    def _shuffle_vector(self, opcode: str) -> Instruction:
        operands = self._operands(3)
        mask = operands[2].type
        assert isinstance(mask, VectorType)
        return Instruction(opcode, VectorType(mask.count, operands[0].type.elements[0], mask.scalable), operands)

    def _indexed(self, opcode: str) -> Instruction:
        operands = self._operands(1 if opcode == "extractvalue" else 2)
        indices: list[int] = []
        while self.tokens[self.pos] == "," and self.tokens[self.pos + 1][:1] != "!":
            self.pos += 1
            indices.append(self.integer())
        type_ = operands[0].type
        if opcode == "extractvalue":
            for index in indices:
                type_ = type_.element if isinstance(type_, ArrayType) else struct_of(type_).fields[index]
        return Indexed(opcode, type_, operands, tuple(indices))

    def _alloca(self, _: str) -> Instruction:
        inalloca = self.accept("inalloca")
        if self.accept("swifterror"):
            raise self.fail("swifterror allocas are not supported", self.pos - 1)
        result = Alloca(self.type())
        result.inalloca = inalloca
        while option := self._option():
            if option == "align":
                result.align = self.integer()
            elif option == "addrspace":
                self.pos -= 1
                result.type = PointerType(self.address_space())
            else:
                self.pos -= 1
                result.operands = [self.typed_value()]
        return result

    def _load(self, _: str) -> Instruction:
        flags = self.flags(_MEMORY_FLAGS)
        type_ = self.type()
        self.expect(",")
        result = Load(type_, self.typed_value())
        return self._finish_access(result, flags)

    def _store(self, _: str) -> Instruction:
        flags = self.flags(_MEMORY_FLAGS)
        value = self.typed_value()
        self.expect(",")
        return self._finish_access(Store(value, self.typed_value()), flags)

    def _finish_access(self, access: MemoryAccess, flags: tuple[str, ...]) -> MemoryAccess:
        if "atomic" in flags:
            access.syncscope = self._syncscope()
            access.ordering = self._ordering()
        access.flags = tuple(f for f in flags if f != "atomic")
        access.align = self._align()
        return access

    def _syncscope(self) -> str:
        if not self.accept("syncscope"):
            return ""
        self.expect("(")
        scope = self.string()
        self.expect(")")
        return scope

    def _ordering(self) -> str:
        word = self.next()
        if word not in ORDERINGS:
            raise self.fail(f"expected an atomic ordering, found '{word}'", self.pos - 1)
        return word

    def _atomicrmw(self, _: str) -> Instruction:
        flags = self.flags(_MEMORY_FLAGS)
        operation = self.next()
        pointer, value = self._operands(2)
        scope = self._syncscope()
        ordering = self._ordering()
        return AtomicRMW(operation, pointer, value, ordering, syncscope=scope, align=self._align(), flags=flags)

    def _cmpxchg(self, _: str) -> Instruction:
        flags = self.flags(_MEMORY_FLAGS)
        operands = self._operands(3)
        scope = self._syncscope()
        ordering, failure = self._ordering(), self._ordering()
        result = StructType((operands[1].type, I1))
        return CmpXchg(result, operands, ordering, failure, syncscope=scope, align=self._align(), flags=flags)

    def _fence(self, _: str) -> Instruction:
        scope = self._syncscope()
        return Fence(self._ordering(), scope)

    def _getelementptr(self, _: str) -> Instruction:
        flags = self.flags()
        source = self.type()
        operands: list[Value] = []
        while self.tokens[self.pos] == "," and self.tokens[self.pos + 1][:1] != "!":
            self.pos += 1
            operands.append(self.typed_value())
        if not operands:
            raise self.fail("getelementptr without a pointer")
        return GetElementPtr(_gep_type(operands), source, operands, flags)

    def _phi(self, _: str) -> Instruction:
        flags = self.flags()
        type_ = self.type()
        phi = Phi(type_, None, None, flags)
        while True:
            self.expect("[")
            value = self.value(type_)
            self.expect(",")
            phi.operands += (value, self.block_reference())
            self.expect("]")
            if self.tokens[self.pos] != "," or self.tokens[self.pos + 1] != "[":
                return phi
            self.pos += 1

    def _va_arg(self, opcode: str) -> Instruction:
        pointer = self.typed_value()
        self.expect(",")
        return Instruction(opcode, self.type(), [pointer])

    # Terminators

    def _ret(self, opcode: str) -> Instruction:
        type_ = self.type()
        return Instruction(opcode, VOID, [] if type_ is VOID else [self.value(type_)])

    def _br(self, _: str) -> Instruction:
        if self.tokens[self.pos] == "label":
            return Branch([self.label()])
        condition = self.typed_value()
        self.expect(",")
        if_true = self.label()
        self.expect(",")
        return Branch([condition, if_true, self.label()])

    def _switch(self, _: str) -> Instruction:
        value = self.typed_value()
        self.expect(",")
        result = Switch(value, self.label())
        self.expect("[")
        while not self.accept("]"):
            result.operands.append(self.typed_value())
            self.expect(",")
            result.operands.append(self.label())
        return result

    def _indirectbr(self, opcode: str) -> Instruction:
        operands = [self.typed_value()]
        self.expect(",")
        self.expect("[")
        while not self.accept("]"):
            self.accept(",")
            operands.append(self.label())
        return Instruction(opcode, VOID, operands)

    def _resume(self, opcode: str) -> Instruction:
        return Instruction(opcode, VOID, [self.typed_value()])

    def _unreachable(self, opcode: str) -> Instruction:
        return Instruction(opcode, VOID, [])

    def _landingpad(self, _: str) -> Instruction:
        type_ = self.type()
        flags = ("cleanup",) if self.accept("cleanup") else ()
        clauses, values = [], []
        while self.tokens[self.pos] in ("catch", "filter"):
            clauses.append(self.next())
            values.append(self.typed_value())
        return LandingPad(type_, clauses, values, flags)

    # Calls

    def _tail_call(self, tail: str) -> Instruction:
        self.expect("call")
        call = self._call("call")
        call.tail = tail
        return call

    def calling_convention(self) -> str:
        """Read a calling convention, "" when there is none."""
        word = self.tokens[self.pos]
        if word not in CALLING_CONVENTIONS:
            return ""
        self.pos += 1
        return f"cc {self.integer()}" if word == "cc" else word

    def _call(self, opcode: str) -> Call:
        flags = self.flags(FAST_MATH_FLAGS)
        convention = self.calling_convention()
        return_attributes = self.attributes()
        space = self.address_space()
        type_ = self.type()
        callee_at = self.pos
        self._skip_callee()
        arguments, attributes = self._call_arguments()
        kind = type_ if isinstance(type_, FunctionType) else FunctionType(type_, [a.type for a in arguments])
        after, self.pos = self.pos, callee_at
        callee = self._callee(kind, space)
        self.pos = after
        call = Call(kind, callee, arguments, None, opcode)
        call.flags, call.calling_convention, call.return_attributes = flags, convention, return_attributes
        call.argument_attributes, call.address_space = attributes, space
        self._call_suffix(call)
        if opcode == "invoke":
            self.expect("to")
            normal = self.label()
            self.expect("unwind")
            call.operands += (normal, self.label())
        return call

    def _skip_callee(self) -> None:
        """Go to the argument list: the callee's type is known only after the arguments."""
        token = self.next()
        if token[:1] in "%@":
            return
        if token == "asm":
            while self.tokens[self.pos] != "(":
                self.pos += 1
        elif token in CAST_OPCODES or token == "getelementptr":
            while self.tokens[self.pos] != "(":
                self.pos += 1
            self.balanced()
        elif token in ("dso_local_equivalent", "no_cfi"):
            self.pos += 1
        elif token not in ("null", "undef", "poison"):
            raise self.fail(f"expected a callee, found '{token}'", self.pos - 1)

    def _callee(self, kind: FunctionType, space: int) -> Value:
        if self.tokens[self.pos] != "asm":
            return self.value(PointerType(space))
        self.pos += 1
        flags = self.flags(words("sideeffect alignstack inteldialect unwind"))
        template = self.string()
        self.expect(",")
        return InlineAsm(kind, template, self.string(), flags)

    def _call_arguments(self) -> tuple[list[Value], list[list[str]]]:
        self.expect("(")
        values: list[Value] = []
        attributes: list[list[str]] = []
        while not self.accept(")"):
            if values:
                self.expect(",")
            type_ = self.type()
            if type_ is METADATA:
                attributes.append([])
                values.append(self.metadata_operand())
            else:
                attributes.append(self.attributes())
                values.append(self.value(type_))
        return values, attributes

    def _call_suffix(self, call: Call) -> None:
        groups = self.context.module.attribute_groups
        while True:
            token = self.tokens[self.pos]
            if token[:1] == "#" and token[1:].isdigit():
                self.pos += 1
                if int(token[1:]) not in groups:
                    raise self.fail(f"undefined attribute group {token}", self.pos - 1)
                call.attributes += groups[int(token[1:])]
            elif token in FUNCTION_ATTRIBUTES or (token[:1] == '"' and token[-1] != ":"):
                call.attributes += self.attributes(FUNCTION_ATTRIBUTES)
            else:
                break
        if self.tokens[self.pos] == "[":
            self.pos += 1
            self._bundles(call)

    def _bundles(self, call: Call) -> None:
        while not self.accept("]"):
            if call.bundles:
                self.expect(",")
            tag = self.string()
            self.expect("(")
            values = self.elements(")")
            call.bundles.append((tag, len(values)))
            call.operands += values

    def _debug_record(self, word: str) -> Instruction:
        parts: list[str | int | range] = []
        operands: list[Value] = []
        self.expect("(")
        while not self.accept(")"):
            if parts:
                self.expect(",")
            if self.accept("!DIArgList"):
                self.expect("(")
                first = len(operands)
                operands += self.elements(")")
                parts.append(range(first, len(operands)))
            elif self.tokens[self.pos][:1] == "!":
                parts.append(self.metadata_node())
            else:
                parts.append(len(operands))
                operands.append(self.typed_value())
        return DebugRecord(word, parts, operands)


def _plain(token: str) -> str:
    """One spelling for each local name: quotes only where needed."""
    return "%" + spell(unspell(token[1:])) if token[1:2] == '"' else token


def _gep_type(operands: list[Value]) -> Type:
    """A vector of pointers as soon as one operand is a vector."""
    base = operands[0].type
    if isinstance(base, VectorType):
        return base
    for index in operands[1:]:
        if isinstance(index.type, VectorType):
            return VectorType(index.type.count, base, index.type.scalable)
    return base


_Reader = Callable[[FunctionReader, str], Instruction]
_READERS: dict[str, _Reader] = {
    **dict.fromkeys(BINARY_OPCODES, FunctionReader._binary),
    **dict.fromkeys(CAST_OPCODES, FunctionReader._cast),
    **dict.fromkeys(("tail", "musttail", "notail"), FunctionReader._tail_call),
    "fneg": FunctionReader._unary, "freeze": FunctionReader._unary,
    "icmp": FunctionReader._compare, "fcmp": FunctionReader._compare,
    "select": FunctionReader._select, "phi": FunctionReader._phi, "va_arg": FunctionReader._va_arg,
    "extractelement": FunctionReader._extract_element, "insertelement": FunctionReader._insert_element,
    "shufflevector": FunctionReader._shuffle_vector,
    "extractvalue": FunctionReader._indexed, "insertvalue": FunctionReader._indexed,
    "alloca": FunctionReader._alloca, "load": FunctionReader._load, "store": FunctionReader._store,
    "atomicrmw": FunctionReader._atomicrmw, "cmpxchg": FunctionReader._cmpxchg, "fence": FunctionReader._fence,
    "getelementptr": FunctionReader._getelementptr,
    "call": FunctionReader._call, "invoke": FunctionReader._call, "landingpad": FunctionReader._landingpad,
    "ret": FunctionReader._ret, "br": FunctionReader._br, "switch": FunctionReader._switch,
    "indirectbr": FunctionReader._indirectbr, "resume": FunctionReader._resume, "unreachable": FunctionReader._unreachable,
}

"""Reads a function's body: names, blocks, values that are used before they are defined."""

from __future__ import annotations

from crosswarp.ir.constants import rebuild
from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import FAST_MATH_FLAGS, Instruction
from crosswarp.ir.names import spell, unspell, words
from crosswarp.ir.reader_calls import read_debug_record
from crosswarp.ir.reader_instructions import READERS
from crosswarp.ir.reader_values import ReadContext, ValueReader
from crosswarp.ir.types import (
    VOID,
    Type,
)
from crosswarp.ir.values import MetadataValue, Value

CALLING_CONVENTIONS = words(
    "ccc fastcc coldcc cc tailcc swiftcc swifttailcc cfguard_checkcc preserve_mostcc preserve_allcc preserve_nonecc "
    "cxx_fast_tlscc ghccc anyregcc ptx_kernel ptx_device spir_func spir_kernel amdgpu_kernel amdgpu_vs amdgpu_gs amdgpu_ps "
    "amdgpu_cs amdgpu_ls amdgpu_hs amdgpu_es amdgpu_gfx amdgpu_gfx_whole_wave amdgpu_cs_chain amdgpu_cs_chain_preserve "
    "x86_stdcallcc x86_fastcallcc x86_thiscallcc x86_vectorcallcc x86_regcallcc x86_64_sysvcc win64cc intel_ocl_bicc "
    "arm_apcscc arm_aapcscc arm_aapcs_vfpcc aarch64_vector_pcs aarch64_sve_vector_pcs")
ORDERINGS = words("unordered monotonic acquire release acq_rel seq_cst")
_FLAGS = FAST_MATH_FLAGS | words("nuw nsw exact inbounds nusw nneg disjoint samesign")


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
        for argument, name in zip(function.arguments, function.argument_names_in_text, strict=True):
            wish = argument.name  # may differ from the text's name by now
            self._define(None if name is None else "%" + spell(name), argument)
            argument.name = wish

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
        return rebuild(operand, self._resolved_part)

    def _resolved_part(self, operand: Value) -> Value:
        if isinstance(operand, _Forward):
            value = self.local_values.get(operand.token)
            if value is None:
                raise self.fail(f"use of undefined value {operand.token}")
            if value.type is not operand.type:
                raise self.fail(f"{operand.token} has type {value.type}, used as {operand.type}")
            return value
        if isinstance(operand, MetadataValue) and operand.wrapped is not None:
            return MetadataValue(None, self._resolved(operand.wrapped))
        return operand

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
        reader = READERS.get(token)
        if reader is None:
            if token[0] != "#":
                raise self.fail(f"unknown instruction '{token}'", self.pos - 1)
            reader = read_debug_record
        try:
            instruction = reader(self, token)
        except (TypeError, IndexError) as problem:  # an operand's type has no such part
            raise self.fail(f"malformed {token}: {problem}", start) from problem
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

    def option(self) -> str:
        """The word after a comma, unless metadata follows; "" when there is none."""
        if self.tokens[self.pos] == "," and self.tokens[self.pos + 1][:1] != "!":
            self.pos += 2
            return self.tokens[self.pos - 1]
        return ""

    def align(self) -> int | None:
        """Read `, align n`."""
        word = self.option()
        if word and word != "align":
            raise self.fail(f"unknown option '{word}'", self.pos - 1)
        return self.integer() if word else None

    def operands(self, count: int) -> list[Value]:
        """Read so many typed values."""
        operands = [self.typed_value()]
        for _ in range(count - 1):
            self.expect(",")
            operands.append(self.typed_value())
        return operands

    def syncscope(self) -> str:
        """Read `syncscope("...")`, "" when there is none."""
        if not self.accept("syncscope"):
            return ""
        self.expect("(")
        scope = self.string()
        self.expect(")")
        return scope

    def ordering(self) -> str:
        """Read an atomic ordering."""
        word = self.next()
        if word not in ORDERINGS:
            raise self.fail(f"expected an atomic ordering, found '{word}'", self.pos - 1)
        return word

    def calling_convention(self) -> str:
        """Read a calling convention, "" when there is none."""
        word = self.tokens[self.pos]
        if word not in CALLING_CONVENTIONS:
            return ""
        self.pos += 1
        return f"cc {self.integer()}" if word == "cc" else word


def _plain(token: str) -> str:
    """One spelling for each local name: quotes only where needed."""
    return "%" + spell(unspell(token[1:])) if token[1:2] == '"' else token

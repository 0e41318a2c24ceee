"""Fragments, and where their registers come from.

    %1 = call { float, float } @__cw.tile.mma...        Made: the product's result
    %c0 = phi float [ 0.0, %entry ], [ %10, %loop ]     Merged: registers of one matrix are phis of one block
    %c1 = phi float [ 0.0, %entry ], [ %11, %loop ]
    %s0 = fmul float %c0, %alpha                        Combined: the same operation on each element
    %s1 = fmul float %c1, %alpha
    %t0 = fadd float %u0, %c0                           Moved: the operands %c0 and %c2 are a part of the matrix
    %t1 = fadd float %u1, %c2
    %x0 = call i32 @llvm.nvvm.shfl.sync.bfly (%t0, 1)   Flipped: each element is another one of the same fragment
    %x1 = call i32 @llvm.nvvm.shfl.sync.bfly (%t1, 1)
    %w0 = %h0 | %h1 << 16                               Packed: halves two in a register
    %h0 = trunc i32 %w0 to half                         Unpacked: the other way

What is not understood is Foreign: its registers are those of the documented layout. So every answer is right, some are slow.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from crosswarp.ir.function import Block
from crosswarp.ir.instructions import Call, Instruction
from crosswarp.ir.tiles.operations import Load, Matrix, Product
from crosswarp.ir.tiles.parts import Elements, Way
from crosswarp.ir.types import Type
from crosswarp.ir.values import Value

Registers = tuple[Value, ...]


@dataclass(eq=False)
class Fragment:
    """A matrix, or a part of one, in registers. `inputs` are the fragments that it is made of, in the source's order."""

    matrix: Elements
    registers: Registers
    source: Source
    inputs: list[Fragment] = field(default_factory=list)

    @property
    def element(self) -> Type:
        """The type of an element as it is computed with: that of the registers where each holds one."""
        return self.matrix.element if isinstance(self.matrix, Matrix) and self.matrix.in_register > 1 else self.registers[0].type

    def forget(self) -> None:
        """Nothing is known of its registers any more."""
        self.source, self.inputs = Foreign(), []


@dataclass(frozen=True)
class Loaded:
    """By a `wmma.load`."""

    call: Call
    operation: Load


@dataclass(frozen=True)
class Made:
    """By a product; the inputs are A, B and C."""

    call: Call
    operation: Product


@dataclass(frozen=True)
class Merged:
    """By phis of one block; an input for each of `blocks`."""

    block: Block
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Combined:
    """By the same instruction on every element. `operands`: a value that all elements share, or None for the next of the inputs."""

    instructions: tuple[Instruction, ...]
    operands: tuple[Value | None, ...]


@dataclass(frozen=True)
class Moved:
    """Registers of the input, some of them, or some several times."""

    way: Way


@dataclass(frozen=True)
class Flipped:
    """By moves from other lanes, each of which holds another element of the input."""

    instructions: tuple[Instruction, ...]
    way: Way


@dataclass(frozen=True)
class Packed:
    """The input's elements, two in a register. `between`: what else makes a register of them."""

    instructions: tuple[Instruction, ...]
    between: tuple[Instruction, ...]


@dataclass(frozen=True)
class Unpacked:
    """The input's elements, which are two in a register there. `between`: what else takes them out."""

    instructions: tuple[Instruction, ...]
    between: tuple[Instruction, ...]


@dataclass(frozen=True)
class Filled:
    """The same value everywhere."""

    value: Value


@dataclass(frozen=True)
class Foreign:
    """In the documented layout, from anywhere."""


Computed = Combined | Flipped | Packed | Unpacked
"""By instructions of one block, as many as there are registers; they are done when the last one is."""
Source = Loaded | Made | Merged | Computed | Moved | Filled | Foreign


def place_of(fragment: Fragment) -> Block | None:
    """The block where a fragment is made; None for what is not made of instructions."""
    source = fragment.source
    if isinstance(source, Loaded | Made):
        return source.call.parent
    if isinstance(source, Merged):
        return source.block
    return source.instructions[0].parent if isinstance(source, Computed) else None

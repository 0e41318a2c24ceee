"""A CUDA thread while it runs: who it is, what it can reach, and the services operations use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crosswarp.ir.instructions import Call
from crosswarp.ir.interpreter.errors import Misaligned, OutOfBounds, PoisonUse, StepLimit, ThreadExit, Trap, Undefined
from crosswarp.ir.interpreter.memory import SHARED_WINDOW, Allocation, Buffer, check
from crosswarp.ir.operations.requests import Request
from crosswarp.ir.semantics import floats
from crosswarp.ir.semantics.formats import format_text
from crosswarp.ir.semantics.poison import POISON
from crosswarp.ir.types import Type

if TYPE_CHECKING:
    from crosswarp.ir.interpreter.code import Running
    from crosswarp.ir.interpreter.scheduler import BlockRun

TIME_SLICE = 200
"""Blocks a thread runs before others get a turn: a thread that spins on memory must let the others change it."""


class Thread:
    """One thread of a block."""

    __slots__ = ("at", "block", "block_dim", "block_index", "grid_dim", "lane", "linear", "machine", "running", "slice",
                 "thread_index", "waiting", "warp")

    def __init__(self, block: BlockRun, linear: int) -> None:
        width, height, _ = block.launch.block_dim
        self.block, self.machine, self.linear = block, block.launch.machine, linear
        self.thread_index = (linear % width, linear // width % height, linear // (width * height))
        self.block_index, self.block_dim, self.grid_dim = block.index, block.launch.block_dim, block.launch.grid_dim
        self.lane, self.warp = linear % 32, linear // 32
        self.slice = TIME_SLICE
        self.running: Running | None = None
        self.waiting: Request | None = None
        self.at: Call | None = None

    def tick(self, cost: int) -> None:
        """Count instructions; ends a launch that runs too long."""
        machine = self.machine
        machine.steps += cost
        if machine.steps > machine.limit:
            raise StepLimit(f"the launch ran more than {machine.max_steps} instructions")

    def should_pause(self) -> bool:
        """Whether it is time to let other threads run."""
        self.slice -= 1
        if self.slice > 0:
            return False
        self.slice = TIME_SLICE
        return True

    # Memory

    def locate(self, address: Any, size: int, base: int = 0, align: int = 1) -> tuple[Allocation, int]:
        """The allocation and offset of `size` bytes at `address` (plus `base`), checked."""
        if address is POISON:
            raise PoisonUse("an address is poison or uninitialised")
        if align > 1 and address % align:
            raise Misaligned(f"address 0x{address:x} is not a multiple of {align}")
        address += base
        window = address >> 32
        if window == SHARED_WINDOW:
            return self.block.locate_shared(address, size)
        return check(self.machine.memory.table.get(window), address, size)

    def locate_to_write(self, address: Any, size: int, base: int = 0, align: int = 1) -> tuple[Allocation, int]:
        """The same for a write."""
        allocation, offset = self.locate(address, size, base, align)
        if not allocation.writable:
            raise OutOfBounds(f"write to constant '{allocation.name}'")
        return allocation, offset

    def checked_output(self, value: Any, allocation: Allocation) -> Any:
        """`value`, unless it is poison on its way to the host."""
        if value is POISON and allocation.space == "global":
            raise PoisonUse(f"poison or an uninitialised value is stored to global memory '{allocation.name}'")
        return value

    def required(self, value: Any, what: str) -> Any:
        """`value`, which must not be poison."""
        if value is POISON:
            raise PoisonUse(what)
        return value

    def load(self, type: str, address: int) -> Any:
        """Read a value of a type given as text; aligned to its size."""
        codec = self.machine.codec_of_text(type)
        return codec.read(*self.locate(address, codec.size, 0, _alignment(codec.size)))

    def store(self, type: str, address: int, value: Any) -> None:
        """Write a value of a type given as text."""
        codec = self.machine.codec_of_text(type)
        allocation, offset = self.locate_to_write(address, codec.size, 0, _alignment(codec.size))
        codec.write(allocation, offset, self.checked_output(value, allocation))

    def copy(self, target: int, source: int, size: int) -> None:
        """Copy bytes, and which of them are defined."""
        if size:
            a, start = self.locate(source, size)
            b, to = self.locate_to_write(target, size)
            b.data[to : to + size] = a.data[start : start + size]
            b.defined[to : to + size] = a.defined[start : start + size]

    def fill(self, target: int, value: int, size: int) -> None:
        """Set bytes."""
        if size:
            allocation, offset = self.locate_to_write(target, size)
            allocation.data[offset : offset + size] = bytes([value]) * size
            allocation.defined[offset : offset + size] = b"\1" * size

    def copy_argument(self, address: int, size: int, owned: list[Allocation]) -> int:
        """A private copy of an argument passed by value."""
        made = self.machine.memory.allocate(size, "a parameter", "local")
        owned.append(made)
        self.copy(made.base, address, size)
        return made.base

    def text(self, address: int) -> str:
        """The string at `address`."""
        allocation, offset = self.locate(address, 1)
        end = allocation.data.find(0, offset)
        if end < 0:
            raise OutOfBounds(f"string '{allocation.name}' has no end")
        return allocation.data[offset:end].decode("utf-8", "replace")

    def space_of(self, address: int) -> str:
        """`shared`, `global`, `local`, `const` or "" for a generic address."""
        if address >> 32 == SHARED_WINDOW:
            return "shared"
        found = self.machine.memory.table.get(address >> 32)
        return found.space if found is not None else ""

    # Services

    def clock(self) -> int:
        """Instructions run so far."""
        return self.machine.steps

    def allocate_heap(self, size: int) -> int:
        """Device `malloc`."""
        return self.machine.memory.allocate(size, "device heap", "global").base if size else 0

    def free_heap(self, address: int) -> None:
        """Device `free`."""
        if address:
            found = self.machine.memory.table.get(address >> 32)
            if found is None or found.name != "device heap" or found.base != address:
                raise Undefined("free of something that malloc did not give")
            self.machine.memory.release(found)

    def print(self, template: int, arguments: int) -> int:
        """`printf`: arguments lie packed at `arguments`, each at its natural alignment."""
        position = arguments

        def fetch(size: int) -> int:
            nonlocal position
            position = -(-position // size) * size
            value: int = self.required(self.load(f"i{8 * size}", position), "a printed value is uninitialised")
            position += size
            return value

        text, count = format_text(self.text(template), fetch, lambda: floats.from_bits(fetch(8), "double"),
                                  lambda: self.text(fetch(8)))
        self.machine.output += text
        return count

    def assertion(self, expression: int, file: int, line: int, function: int) -> None:
        """A failed assertion."""
        raise Trap(f"{self.text(file)}:{line}: {self.text(function)}: Assertion `{self.text(expression)}' failed.")

    def trap(self) -> None:
        """`__trap()`."""
        raise Trap("trap")

    def exit(self) -> None:
        """The thread ends."""
        raise ThreadExit

    def assume(self, condition: Any) -> None:
        """An assumption that must hold."""
        if condition is POISON or not condition:
            raise Undefined("an assumption (llvm.assume) does not hold")


def _alignment(size: int) -> int:
    return size & -size if size <= 16 else 16


def argument_value(machine: Any, type: Type, value: Any) -> Any:
    """A kernel argument as the interpreter holds it."""
    from crosswarp.ir.types import FloatType, IntType, PointerType

    if isinstance(value, Buffer):
        return machine.address_of_buffer(value)
    if isinstance(type, FloatType):
        return floats.round_to(float(value), type.kind)
    if isinstance(type, IntType):
        return int(value) & ((1 << type.bits) - 1)
    if isinstance(type, PointerType):
        return int(value or 0)
    raise TypeError(f"no kernel argument of type {type} from {value!r}")

"""The interpreter's interface.

    machine = Interpreter(module)
    out = Buffer(4 * 64)
    machine.launch("_Z6kernelPi", grid=2, block=32, args=[out])
    out.values("i")

It follows LLVM's and CUDA's rules to the letter, not any hardware: accesses are checked against the variable they hit,
uninitialised and poison values may be copied but not acted upon, and threads that wait for each other forever are
reported. Memory is sequentially consistent. It is slow: some 300,000 instructions a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crosswarp.ir.attributes import attribute_type
from crosswarp.ir.constants import ConstantBytes, Keyword
from crosswarp.ir.function import Function
from crosswarp.ir.globals import Alias, GlobalValue, GlobalVariable
from crosswarp.ir.interpreter.code import Code, Preparer
from crosswarp.ir.interpreter.constants import Constants
from crosswarp.ir.interpreter.errors import NotInterpreted, PoisonUse, Undefined
from crosswarp.ir.interpreter.memory import Allocation, Buffer, Codec, Codecs, Memory
from crosswarp.ir.interpreter.scheduler import Launch, Triple, is_dynamic
from crosswarp.ir.interpreter.threads import argument_value
from crosswarp.ir.layout import DataLayout
from crosswarp.ir.module import Module
from crosswarp.ir.reader_values import ReadContext, ValueReader
from crosswarp.ir.semantics.poison import POISON
from crosswarp.ir.values import Argument

SHARED_START = 1024
"""Offset of the first shared variable: not 0, so that no variable lies at the null pointer of its address space."""
SHARED_GAP = 64
_SPACES = {1: "global", 4: "const"}


class Interpreter:
    """Runs kernels of one module. Global variables keep their values from launch to launch, as on a device."""

    def __init__(self, module: Module, max_steps: int = 50_000_000) -> None:
        """`max_steps` bounds the instructions of a launch, all threads together."""
        self.module = module
        self.layout = DataLayout(module.datalayout)
        self.memory = Memory()
        self.codecs = Codecs(self.layout)
        self.constants = Constants(self.layout, self._address)
        self.max_steps = max_steps
        self.steps = 0
        self.limit = 0
        self.output = ""
        self.variables: dict[GlobalVariable, Allocation] = {}
        self.shared_offsets: dict[GlobalVariable, int] = {}
        self._functions: dict[Function, int] = {}
        self._function_at: dict[int, Function] = {}
        self._code: dict[Function, Code] = {}
        self._text_codecs: dict[str, Codec] = {}
        self._buffers: dict[int, tuple[Buffer, Allocation]] = {}
        self._place_shared()
        self._place_variables()

    def launch(self, kernel: str, grid: int | Sequence[int], block: int | Sequence[int], args: Sequence[Any],
               dynamic_shared: int = 0) -> None:
        """Run a kernel to its end. Arguments are numbers, `Buffer`s, None for null, and bytes for structs by value.

        Raises a `KernelError` that names the block, the thread and the instruction.
        """
        function = self.module.functions[kernel]
        if len(args) != len(function.arguments):
            raise TypeError(f"{kernel} takes {len(function.arguments)} arguments, got {len(args)}")
        values = [self._argument(a, v) for a, v in zip(function.arguments, args, strict=True)]
        self.limit = self.steps + self.max_steps
        Launch(self, function, _triple(grid), _triple(block), values, dynamic_shared).run()

    def global_bytes(self, name: str) -> bytearray:
        """The contents of a `__device__` or `__constant__` variable; may be changed in place."""
        return self.variables[self.module.globals[name]].data

    def _argument(self, argument: Argument, value: Any) -> Any:
        size = self.byval_size(argument)
        if size >= 0:
            data = bytearray(value)
            if len(data) != size:
                raise TypeError(f"argument {argument} is a struct of {size} bytes, got {len(data)}")
            return self.memory.allocate(size, "a parameter", "param", data=data).base
        return argument_value(self, argument.type, value)

    def byval_size(self, argument: Argument) -> int:
        """Bytes of an argument passed by value in memory, -1 for others."""
        type_ = attribute_type(argument.attributes, "byval")
        return -1 if type_ is None else self.layout.size(type_)

    def address_of_buffer(self, buffer: Buffer) -> int:
        """Device address of a buffer."""
        if id(buffer) not in self._buffers:
            self._buffers[id(buffer)] = (buffer, self.memory.allocate(len(buffer.data), "a buffer", "global", data=buffer.data))
        return self._buffers[id(buffer)][1].base

    def code(self, function: Function) -> Code:
        """A function prepared for running."""
        if function not in self._code:
            self._code[function] = Preparer(self, function).prepare()
        return self._code[function]

    def function_at(self, address: Any) -> Function:
        """The function that a pointer points to."""
        if address is POISON:
            raise PoisonUse("call through a poison or uninitialised pointer")
        if address not in self._function_at:
            raise Undefined(f"call of 0x{address:x}, where no function is")
        return self._function_at[address]

    def codec_of_text(self, text: str) -> Codec:
        """The codec of a type given as LLVM text."""
        if text not in self._text_codecs:
            self._text_codecs[text] = self.codecs.of(ValueReader(ReadContext(self.module), text).type())
        return self._text_codecs[text]

    def _address(self, value: GlobalValue) -> int:
        if isinstance(value, Function):
            if value not in self._functions:
                self._functions[value] = self.memory.allocate(0, value.name, "code").base
                self._function_at[self._functions[value]] = value
            return self._functions[value]
        if isinstance(value, Alias):
            address: int = self.constants.value(value.aliasee)
            return address
        assert isinstance(value, GlobalVariable)
        if value in self.shared_offsets:
            return self.shared_offsets[value]
        if value not in self.variables:
            raise NotInterpreted(f"{value} is defined elsewhere")
        return self.variables[value].base

    def _place_shared(self) -> None:
        """Static variables one after another with gaps between them, then the dynamic array."""
        variables = [g for g in self.module.globals.values() if g.address_space == 3]
        position = SHARED_START
        for variable in sorted(variables, key=is_dynamic):
            align = max(variable.align or 1, self.layout.align(variable.value_type), 16 if is_dynamic(variable) else 1)
            position = -(-position // align) * align
            self.shared_offsets[variable] = position
            if not is_dynamic(variable):
                position += self.layout.size(variable.value_type) + SHARED_GAP
        dynamic = max((o for v, o in self.shared_offsets.items() if is_dynamic(v)), default=0)
        for variable in variables:
            if is_dynamic(variable):
                self.shared_offsets[variable] = dynamic

    def _place_variables(self) -> None:
        variables = [g for g in self.module.globals.values()
                     if g.address_space != 3 and g.initializer is not None and g.section != "llvm.metadata"]
        for variable in variables:
            space = _SPACES.get(variable.address_space, "const" if variable.is_constant else "global")
            size = self.layout.size(variable.value_type)
            self.variables[variable] = self.memory.allocate(size, variable.name, space, zeroed=True)
        for variable in variables:
            self._initialize(variable)

    def _initialize(self, variable: GlobalVariable) -> None:
        allocation, initial = self.variables[variable], variable.initializer
        assert initial is not None
        if isinstance(initial, ConstantBytes):
            allocation.data[:] = initial.data
        elif not isinstance(initial, Keyword):
            self.codecs.of(variable.value_type).write(allocation, 0, self.constants.value(initial))
            allocation.defined[:] = b"\1" * len(allocation.defined)
        allocation.writable = not variable.is_constant


def _triple(size: int | Sequence[int]) -> Triple:
    values = (size,) if isinstance(size, int) else tuple(size)
    x, y, z = (*values, 1, 1)[:3]
    return x, y, z

"""Code objects and their kernels on the emulator.

    >>> module = Module(Path("saxpy.hsaco").read_bytes())
    >>> module.kernel("saxpy").launch(4, 256, [x, y, np.float32(2), np.int32(1000)])

Arrays are passed by address: kernels read and write their memory.
"""

from __future__ import annotations

import ctypes
import json
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
from crosswarp.targets.amdgpu.emulator import wave

Shape = int | tuple[int, ...]
FAULT = 2


class Fault(RuntimeError):
    """A wave was stopped. The message names kernel, block, thread, instruction, address and reason."""

    def __init__(self, fault: _Fault) -> None:
        super().__init__(fault.message.decode())
        self.reason = fault.reason.decode()
        self.instruction = fault.instruction.decode()
        self.block, self.thread = tuple(fault.block), tuple(fault.thread)
        self.code_offset, self.address = fault.code_offset, fault.address


class _Argument(ctypes.Structure):  # cw_amd_argument of api.h, and so on
    _fields_ = [("offset", ctypes.c_uint32), ("bytes", ctypes.c_uint32)]


class _Information(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_char_p), ("lanes", ctypes.c_uint32), ("vgprs", ctypes.c_uint32), ("agprs", ctypes.c_uint32),
        ("sgprs", ctypes.c_uint32), ("vgpr_spills", ctypes.c_uint32), ("sgpr_spills", ctypes.c_uint32),
        ("lds_bytes", ctypes.c_uint32), ("scratch_bytes", ctypes.c_uint32), ("dynamic_stack", ctypes.c_uint32),
        ("max_threads", ctypes.c_uint32), ("kernarg_bytes", ctypes.c_uint32), ("explicit_bytes", ctypes.c_uint32),
        ("arguments", ctypes.c_uint32), ("argument", ctypes.POINTER(_Argument)), ("code", ctypes.c_uint64),
        ("code_bytes", ctypes.c_uint64),
    ]  # fmt: skip


_COUNTERS = (
    "waves", "instructions", "valu", "matrix", "salu", "branch", "sync", "smem", "lds", "vmem", "scratch", "transactions_32",
    "transactions_64", "transactions_128", "lds_bytes",
)  # fmt: skip


class _Statistics(ctypes.Structure):
    _fields_ = [*((name, ctypes.c_uint64) for name in _COUNTERS), ("executed_at", ctypes.c_void_p)]


class _Request(ctypes.Structure):
    _fields_ = [
        ("grid", ctypes.c_uint32 * 3), ("block", ctypes.c_uint32 * 3), ("dynamic_lds_bytes", ctypes.c_uint32),
        ("cooperative", ctypes.c_uint32), ("arguments", ctypes.c_char_p), ("argument_bytes", ctypes.c_uint64),
        ("stack_bytes", ctypes.c_uint32), ("reserved", ctypes.c_uint32), ("printf_buffer", ctypes.c_uint64),
        ("hostcall_buffer", ctypes.c_uint64), ("heap", ctypes.c_uint64), ("statistics", ctypes.POINTER(_Statistics)),
    ]  # fmt: skip


class _Fault(ctypes.Structure):
    _fields_ = [
        ("message", ctypes.c_char * 1024), ("reason", ctypes.c_char * 256), ("instruction", ctypes.c_char * 64),
        ("block", ctypes.c_uint32 * 3), ("thread", ctypes.c_uint32 * 3), ("code_offset", ctypes.c_uint64),
        ("address", ctypes.c_uint64), ("in_memory", ctypes.c_uint32), ("reserved", ctypes.c_uint32),
    ]  # fmt: skip


@cache
def library() -> Any:
    """`libcrosswarp_amdgpu.so`, with the types of its functions for modules and launches set."""
    loaded, text, number = wave.library(), ctypes.c_char_p, ctypes.c_uint32
    signatures: dict[str, tuple[Any, list[Any]]] = {
        "module_load": (ctypes.c_void_p, [text, ctypes.c_uint64, text, text, ctypes.c_uint64]),
        "module_unload": (None, [ctypes.c_void_p]),
        "module_arch": (text, [ctypes.c_void_p]),
        "module_kernel": (ctypes.c_void_p, [ctypes.c_void_p, text]),
        "module_kernel_at": (ctypes.c_void_p, [ctypes.c_void_p, number]),
        "module_symbol": (ctypes.c_void_p, [ctypes.c_void_p, text, ctypes.POINTER(ctypes.c_uint64)]),
        "module_symbol_at": (text, [ctypes.c_void_p, number]),
        "kernel_information": (ctypes.POINTER(_Information), [ctypes.c_void_p]),
        "kernel_describe": (ctypes.c_int, [ctypes.c_void_p, ctypes.c_uint64, number, ctypes.c_char_p, number]),
        "launch": (ctypes.c_int, [ctypes.c_void_p, ctypes.POINTER(_Request), ctypes.POINTER(_Fault)]),
    }
    for name, (result, arguments) in signatures.items():
        function = getattr(loaded, f"cw_amd_{name}")
        function.restype, function.argtypes = result, arguments
    return loaded


@dataclass
class Statistics:
    """What launches executed, in wave instructions by class, aligned pieces of global memory touched, and bytes of LDS that lanes
    read or wrote. Launches add to it. `at`: how often the instruction at each dword of the code ran, if `Kernel.counters()` is put
    there.
    """

    waves: int = 0
    instructions: int = 0
    valu: int = 0
    matrix: int = 0
    salu: int = 0
    branch: int = 0
    sync: int = 0
    smem: int = 0
    lds: int = 0
    vmem: int = 0
    scratch: int = 0
    transactions_32: int = 0
    transactions_64: int = 0
    transactions_128: int = 0
    lds_bytes: int = 0
    at: npt.NDArray[np.uint64] | None = field(default=None, compare=False)


class Kernel:
    """A kernel of a module, with what the code object says of it."""

    def __init__(self, module: Module, handle: int) -> None:
        self._module, self._handle = module, handle  # the module stays loaded
        info = library().cw_amd_kernel_information(handle).contents
        self.name = info.name.decode()
        self.lanes, self.vgprs, self.agprs, self.sgprs = info.lanes, info.vgprs, info.agprs, info.sgprs
        self.vgpr_spills, self.sgpr_spills = info.vgpr_spills, info.sgpr_spills
        self.lds_bytes, self.scratch_bytes = info.lds_bytes, info.scratch_bytes
        self.dynamic_stack, self.max_threads = bool(info.dynamic_stack), info.max_threads
        self.kernarg_bytes, self.explicit_bytes = info.kernarg_bytes, info.explicit_bytes
        self._code_bytes = info.code_bytes
        self.arguments = [(info.argument[n].offset, info.argument[n].bytes) for n in range(info.arguments)]

    def launch(
        self,
        grid: Shape,
        block: Shape,
        arguments: Sequence[Any] | bytes = (),
        *,
        dynamic_lds: int = 0,
        cooperative: bool = False,
        stack: int = 0,
        heap: int = 0,
        statistics: Statistics | None = None,
    ) -> None:
        """Runs a grid of blocks to its end.

        `arguments`: arrays, NumPy scalars, integers of the argument's size; or all of them packed. Raises `Fault` where a wave was
        stopped, `ValueError` for a launch that cannot be.
        """
        packed = arguments if isinstance(arguments, bytes) else self.pack(arguments)
        counted = _Statistics()
        request = _Request(_three(grid), _three(block), dynamic_lds, cooperative, packed, len(packed), stack, 0, 0, 0, heap)
        if statistics is not None:
            request.statistics = ctypes.pointer(counted)
            counted.executed_at = None if statistics.at is None else statistics.at.ctypes.data
        fault = _Fault()
        result = library().cw_amd_launch(self._handle, ctypes.byref(request), ctypes.byref(fault))
        if statistics is not None:
            for name in _COUNTERS:
                setattr(statistics, name, getattr(statistics, name) + getattr(counted, name))
        if result == FAULT:
            raise Fault(fault)
        if result != 0:
            raise ValueError(fault.message.decode())

    def counters(self) -> npt.NDArray[np.uint64]:
        """Zeros for `Statistics.at`, one for each dword of the code object's code."""
        return np.zeros(self._code_bytes // 4, np.uint64)

    def instruction(self, dword: int, half: int = 0) -> dict[str, Any]:
        """What stands at a dword of the code (decode/describe.hpp); `half` 1: the second half of VOPD. Raises `IndexError`."""
        text = ctypes.create_string_buffer(2048)
        if not library().cw_amd_kernel_describe(self._handle, 4 * dword, half, text, len(text)):
            raise IndexError(f"no instruction at {4 * dword:#x}")
        described: dict[str, Any] = json.loads(text.value)
        return described

    def pack(self, arguments: Sequence[Any]) -> bytes:
        """The explicit arguments as the kernel expects them in memory. Raises `ValueError` where number or sizes differ."""
        if len(arguments) != len(self.arguments):
            raise ValueError(f"{self.name} takes {len(self.arguments)} arguments, not {len(arguments)}")
        packed = bytearray(self.explicit_bytes)
        for (offset, size), argument in zip(self.arguments, arguments, strict=True):
            value = _argument_bytes(argument, size)
            if len(value) != size:
                raise ValueError(f"{self.name}: {len(value)} bytes for an argument of {size}")
            packed[offset : offset + size] = value
        return bytes(packed)


def _three(shape: Shape) -> Any:
    sizes = (shape,) if isinstance(shape, int) else shape
    return (ctypes.c_uint32 * 3)(*sizes, *[1] * (3 - len(sizes)))


def _argument_bytes(argument: Any, size: int) -> bytes:
    if isinstance(argument, np.ndarray):
        return int(argument.ctypes.data).to_bytes(8, "little")
    if isinstance(argument, np.generic):
        return argument.tobytes()
    if isinstance(argument, bytes):
        return argument
    return int(argument).to_bytes(size, "little", signed=int(argument) < 0)


class Module:
    """A loaded code object (ELF, or clang's offload bundle). Raises `ValueError` with the reason where it cannot be loaded."""

    def __init__(self, code: bytes, arch: str | None = None) -> None:
        error = ctypes.create_string_buffer(512)
        self._handle = library().cw_amd_module_load(code, len(code), arch.encode() if arch else None, error, len(error))
        if not self._handle:
            raise ValueError(error.value.decode())
        weakref.finalize(self, library().cw_amd_module_unload, self._handle)
        self.arch = library().cw_amd_module_arch(self._handle).decode()

    def kernel(self, name: str) -> Kernel:
        """A kernel by its name. Raises `KeyError`."""
        handle = library().cw_amd_module_kernel(self._handle, name.encode())
        if not handle:
            raise KeyError(name)
        return Kernel(self, handle)

    def kernels(self) -> list[Kernel]:
        """All kernels, in the order of the code object."""
        found, index = [], 0
        while handle := library().cw_amd_module_kernel_at(self._handle, index):
            found.append(Kernel(self, handle))
            index += 1
        return found

    def symbol(self, name: str) -> npt.NDArray[np.uint8]:
        """The memory of a variable, as bytes that may be written. Raises `KeyError`."""
        size = ctypes.c_uint64()
        address = library().cw_amd_module_symbol(self._handle, name.encode(), ctypes.byref(size))
        if not address:
            raise KeyError(name)
        return np.frombuffer((ctypes.c_uint8 * size.value).from_address(address), np.uint8)

    def symbols(self) -> list[str]:
        """Names of all variables."""
        found, index = [], 0
        while name := library().cw_amd_module_symbol_at(self._handle, index):
            found.append(name.decode())
            index += 1
        return found

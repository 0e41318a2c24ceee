"""Compiles CUDA snippets for the CPU target and runs their kernels from Python by the interface of `crosswarp/cpu_abi.h`.

`inputs/device.h` stands in for the CUDA headers, so these tests need neither the host pass nor the runtime shim.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int32, c_uint32, c_uint64, c_void_p
from pathlib import Path

import numpy as np
from crosswarp.support.toolchain import cc1_command, resource_dir, run_tool
from crosswarp.targets.base import StageContext, TargetOptions
from crosswarp.targets.cpu.target import CpuTarget

INPUTS = Path(__file__).with_name("inputs")
ARCH = "x86-64-v3"
DONE, SUSPENDED, DEADLOCK, IDLE = 0, 1, 2, 3
LOOP, COROUTINE, FIBER = 1, 3, 4

VPrintf = CFUNCTYPE(c_int32, c_char_p, c_void_p)
AssertFail = CFUNCTYPE(None, c_void_p, c_void_p, POINTER(c_uint32), c_char_p, c_char_p, c_uint32, c_char_p)
Trap = CFUNCTYPE(None, c_void_p, c_void_p)
HeapAlloc = CFUNCTYPE(c_void_p, c_uint64)
HeapFree = CFUNCTYPE(None, c_void_p)
GlobalTimer = CFUNCTYPE(c_uint64)


class Services(Structure):
    """cw_cpu_services."""

    _fields_ = [("abi", c_uint32), ("size", c_uint32), ("vprintf", VPrintf), ("assert_fail", AssertFail), ("trap", Trap),
                ("heap_alloc", HeapAlloc), ("heap_free", HeapFree), ("globaltimer", GlobalTimer)]  # fmt: skip


class Meeting(Structure):
    """cw_cpu_meeting."""

    _fields_ = [("counts", c_uint64), ("phase", c_uint32), ("reserved", c_uint32)]


class Launch(Structure):
    """cw_cpu_launch."""

    _fields_ = [("grid", c_uint32 * 3), ("block", c_uint32 * 3), ("dynamic_shared", c_uint32), ("cooperative", c_uint32),
                ("params", c_void_p), ("services", POINTER(Services)), ("meeting", POINTER(Meeting)),
                ("cluster", c_uint32 * 3), ("explicit_clusters", c_uint32)]  # fmt: skip


class Block(Structure):
    """cw_cpu_block."""

    _fields_ = [("ctaid", c_uint32 * 3), ("resumed", c_uint32), ("shared", c_void_p), ("arena", c_void_p), ("cluster", c_void_p)]


class Param(Structure):
    """cw_cpu_param."""

    _fields_ = [("offset", c_uint32), ("size", c_uint32)]


RunBlock = CFUNCTYPE(c_int32, POINTER(Launch), POINTER(Block))
ArenaBytes = CFUNCTYPE(c_uint64, POINTER(Launch))


class Kernel(Structure):
    """cw_cpu_kernel."""

    _fields_ = [("abi", c_uint32), ("model", c_uint32), ("name", c_char_p), ("run_block", RunBlock), ("arena_bytes", c_void_p),
                ("static_shared", c_uint32), ("shared_align", c_uint32), ("param_count", c_uint32), ("param_bytes", c_uint32),
                ("params", POINTER(Param)), ("max_threads", c_uint32), ("local_bytes", c_uint32), ("uses_grid_sync", c_uint32),
                ("reserved", c_uint32)]  # fmt: skip


class Variable(Structure):
    """cw_cpu_variable."""

    _fields_ = [("name", c_char_p), ("address", c_void_p), ("size", c_uint64), ("kind", c_uint32), ("reserved", c_uint32)]


class Table(Structure):
    """cw_cpu_module."""

    _fields_ = [("abi", c_uint32), ("kernel_count", c_uint32), ("kernels", POINTER(POINTER(Kernel))),
                ("variable_count", c_uint32), ("reserved", c_uint32), ("variables", POINTER(Variable))]  # fmt: skip


class Memory:
    """Memory aligned to 128 bytes, filled with a pattern so that nothing can rely on zeroes."""

    def __init__(self, size: int) -> None:
        self._buffer = np.full(size + 128, 0xA5, np.uint8)
        start = self._buffer.ctypes.data
        self.address = (start + 127) // 128 * 128


def device_ir(source: str, workdir: Path, *flags: str) -> bytes:
    """Portable IR of a snippet that includes `device.h`."""
    text, output = workdir / "snippet.cu", workdir / "snippet.ll"
    text.write_text(source)
    run_tool(cc1_command("-triple", "nvptx64-nvidia-cuda", "-aux-triple", "x86_64-unknown-linux-gnu", "-target-cpu", "sm_80",
                         "-target-feature", "+ptx81", "-x", "cuda", "-fcuda-is-device", "-fcuda-allow-variadic-functions",
                         "-std=c++17", "-O3", "-disable-llvm-passes", "-emit-llvm", "-I", str(INPUTS), *flags,
                         "-resource-dir", resource_dir(), "-internal-isystem", f"{resource_dir()}/include",
                         str(text), "-o", str(output)))  # fmt: skip
    return output.read_bytes()


class DeviceCode:
    """The code object of one snippet of CUDA, or of portable IR given as bytes, loaded."""

    def __init__(self, source: str | bytes, workdir: Path, arch: str = ARCH, options: TargetOptions | None = None) -> None:
        self.on_print: Callable[[bytes, int], int] = lambda _text, _arguments: 0
        context = StageContext(arch, workdir, options or TargetOptions())
        data = device_ir(source, workdir) if isinstance(source, str) else source
        self.stages: dict[str, bytes] = {}
        for name, stage in CpuTarget().stages(arch, context.options).items():
            data = self.stages[name.rpartition(".")[2]] = stage(data, context)
        path = workdir / f"snippet-{id(self)}.so"
        path.write_bytes(data)
        self._library = ctypes.CDLL(str(path))
        table = Table.in_dll(self._library, "__cw_cpu_module")
        assert table.abi == 2
        self.kernels = {k.contents.name.decode(): k.contents for k in table.kernels[: table.kernel_count]}
        self.variables = {v.name.decode(): v for v in table.variables[: table.variable_count]}
        self.services = self._services()

    def _services(self) -> Services:
        self._heap: list[np.ndarray] = []

        def allocate(size: int) -> int:
            self._heap.append(np.zeros(size + 16, np.uint8))
            return (self._heap[-1].ctypes.data + 15) // 16 * 16

        return Services(1, ctypes.sizeof(Services), VPrintf(lambda text, arguments: self.on_print(text, arguments or 0)),
                        AssertFail(lambda *_: None), Trap(lambda *_: None), HeapAlloc(allocate), HeapFree(lambda _: None),
                        GlobalTimer(lambda: 42))  # fmt: skip

    def parameters(self, kernel: Kernel, arguments: Sequence[object]) -> ctypes.Array[ctypes.c_char]:
        """The parameter buffer; numpy arrays are passed by address, bytes as they are."""
        assert kernel.param_count == len(arguments)
        buffer = ctypes.create_string_buffer(max(kernel.param_bytes, 1))
        for place, argument in zip(kernel.params[: len(arguments)], arguments, strict=True):
            data = _bytes_of(argument)
            assert place.size == len(data), f"parameter of {place.size} bytes gets {len(data)}"
            buffer[place.offset : place.offset + place.size] = data
        return buffer

    def launch(self, name: str, grid: Sequence[int] | int, block: Sequence[int] | int, *arguments: object, dynamic_shared: int = 0,
               cooperative: bool = False) -> None:
        """Run a grid; anything but a normal end of every block fails the test."""
        statuses = self.run(name, grid, block, *arguments, dynamic_shared=dynamic_shared, cooperative=cooperative)
        assert set(statuses) == {DONE}, f"{name}: {statuses}"

    def run(self, name: str, grid: Sequence[int] | int, block: Sequence[int] | int, *arguments: object, dynamic_shared: int = 0,
            cooperative: bool = False) -> list[int]:
        """Run a grid in this thread, in turns where blocks wait for each other; the last status of each block."""
        kernel = self.kernels[name]
        params = self.parameters(kernel, arguments)
        grid3, block3 = _three(grid), _three(block)
        meeting = Meeting(grid3[0] * grid3[1] * grid3[2] << 32, 0, 0)
        launch = Launch((c_uint32 * 3)(*grid3), (c_uint32 * 3)(*block3), dynamic_shared, int(cooperative),
                        ctypes.addressof(params), ctypes.pointer(self.services), ctypes.pointer(meeting) if cooperative else None,
                        (c_uint32 * 3)(1, 1, 1), 0)  # fmt: skip
        arena = ArenaBytes(kernel.arena_bytes)(launch) if kernel.arena_bytes else 0
        memories, blocks = [], []
        for linear in range(grid3[0] * grid3[1] * grid3[2]):
            place = (linear % grid3[0], linear // grid3[0] % grid3[1], linear // (grid3[0] * grid3[1]))
            memories.append((Memory(kernel.static_shared + dynamic_shared), Memory(arena)))
            blocks.append(Block((c_uint32 * 3)(*place), 0, memories[-1][0].address, memories[-1][1].address))
        statuses = [kernel.run_block(launch, block) for block in blocks]
        while SUSPENDED in statuses:
            for index, state in enumerate(blocks):
                state.resumed = 1
                if statuses[index] in (SUSPENDED, IDLE):
                    statuses[index] = kernel.run_block(launch, state)
        return statuses

    def variable(self, name: str, dtype: type) -> np.ndarray:
        """A device variable as an array that shares its memory."""
        found = self.variables[name]
        raw = (ctypes.c_uint8 * found.size).from_address(found.address)
        return np.frombuffer(raw, dtype)


def _three(size: Sequence[int] | int) -> tuple[int, int, int]:
    sizes = (size,) if isinstance(size, int) else tuple(size)
    return (*sizes, 1, 1)[:3]  # type: ignore[return-value]


def _bytes_of(argument: object) -> bytes:
    if isinstance(argument, np.ndarray):
        return int(argument.ctypes.data).to_bytes(8, "little")
    if isinstance(argument, bytes):
        return argument
    if isinstance(argument, np.generic):
        return argument.tobytes()
    if isinstance(argument, float):
        return np.float32(argument).tobytes()
    assert isinstance(argument, int)
    return argument.to_bytes(4, "little", signed=True)


Loader = Callable[[str], DeviceCode]

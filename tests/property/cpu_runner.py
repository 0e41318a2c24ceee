"""Runs the kernels of a CPU code object from Python, block by block, by the interface of `crosswarp/cpu_abi.h`.

Tests of device code then need neither the host pass nor the runtime shim. Grid-wide synchronisation is not offered; a kernel
that traps or fails an assertion ends the whole process, so tests do not use these.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from ctypes import POINTER, Structure, c_char_p, c_int32, c_uint32, c_uint64, c_void_p
from pathlib import Path

ABI_VERSION = 2
SHARED_ALIGNMENT = 128


class Launch(Structure):
    """cw_cpu_launch."""

    _fields_ = [("grid", c_uint32 * 3), ("block", c_uint32 * 3), ("dynamic_shared", c_uint32), ("cooperative", c_uint32),
                ("params", c_void_p), ("services", c_void_p), ("meeting", c_void_p), ("cluster", c_uint32 * 3),
                ("explicit_clusters", c_uint32)]


class Block(Structure):
    """cw_cpu_block."""

    _fields_ = [("ctaid", c_uint32 * 3), ("resumed", c_uint32), ("shared", c_void_p), ("arena", c_void_p), ("cluster", c_void_p)]


class Param(Structure):
    """cw_cpu_param."""

    _fields_ = [("offset", c_uint32), ("size", c_uint32)]


RunBlock = ctypes.CFUNCTYPE(c_int32, POINTER(Launch), POINTER(Block))
ArenaBytes = ctypes.CFUNCTYPE(c_uint64, POINTER(Launch))


class Kernel(Structure):
    """cw_cpu_kernel."""

    _fields_ = [("abi", c_uint32), ("model", c_uint32), ("name", c_char_p), ("run_block", RunBlock), ("arena_bytes", c_void_p),
                ("static_shared", c_uint32), ("shared_align", c_uint32), ("param_count", c_uint32), ("param_bytes", c_uint32),
                ("params", POINTER(Param)), ("max_threads", c_uint32), ("local_bytes", c_uint32), ("uses_grid_sync", c_uint32),
                ("reserved", c_uint32)]


class ModuleTable(Structure):
    """cw_cpu_module, without its variables."""

    _fields_ = [("abi", c_uint32), ("kernel_count", c_uint32), ("kernels", POINTER(POINTER(Kernel)))]


class CpuModule:
    """A loaded CPU code object. `launch` runs one kernel for a whole grid, in this thread."""

    def __init__(self, path: Path) -> None:
        self._library = ctypes.CDLL(str(path))
        table = ModuleTable.in_dll(self._library, "__cw_cpu_module")
        assert table.abi == ABI_VERSION
        self._kernels = {table.kernels[i].contents.name.decode(): table.kernels[i].contents for i in range(table.kernel_count)}

    def model(self, name: str) -> int:
        """Which execution model the kernel was compiled for: 1 loop, 2 warp, 3 coroutine, 4 fiber."""
        return int(self._kernels[name].model)

    def launch(self, name: str, grid: Sequence[int], block: Sequence[int], arguments: Sequence[ctypes._SimpleCData],
               dynamic_shared: int = 0) -> None:
        """Run a kernel; arguments are ctypes scalars, pointers as `c_void_p`. Raises `RuntimeError` on a deadlock."""
        kernel = self._kernels[name]
        assert kernel.param_count == len(arguments)
        params = ctypes.create_string_buffer(max(kernel.param_bytes, 1))
        for index, argument in enumerate(arguments):
            place = kernel.params[index]
            assert place.size == ctypes.sizeof(argument)
            params[place.offset : place.offset + place.size] = bytes(argument)
        launch = Launch((c_uint32 * 3)(*grid), (c_uint32 * 3)(*block), dynamic_shared, 0, ctypes.addressof(params), None, None,
                        (c_uint32 * 3)(1, 1, 1), 0)
        arena_bytes = ArenaBytes(kernel.arena_bytes)(launch) if kernel.arena_bytes else 0
        shared, arena = Memory(kernel.static_shared + kernel.shared_align + dynamic_shared), Memory(arena_bytes)
        for linear in range(grid[0] * grid[1] * grid[2]):
            place = (linear % grid[0], linear // grid[0] % grid[1], linear // (grid[0] * grid[1]))
            state = Block((c_uint32 * 3)(*place), 0, shared.address, arena.address)
            status = kernel.run_block(launch, state)
            if status:
                raise RuntimeError(f"{name}, block {place}: status {status}")


class Memory:
    """Zeroed memory aligned as the interface asks."""

    def __init__(self, size: int) -> None:
        self._buffer = ctypes.create_string_buffer(size + SHARED_ALIGNMENT)
        self.address = (ctypes.addressof(self._buffer) + SHARED_ALIGNMENT - 1) // SHARED_ALIGNMENT * SHARED_ALIGNMENT

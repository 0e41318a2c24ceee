"""One emulated wave: machine code and registers in, registers out.

>>> wave = Wave("gfx1100", 32)
>>> wave.vgpr[0] = np.arange(32)
>>> wave.run("v_add_nc_u32 v1, 1, v0")
>>> wave.vgpr[1]
"""

from __future__ import annotations

import ctypes
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from crosswarp.support.paths import library_dir
from crosswarp.targets.amdgpu.emulator.assemble import assemble

SCALAR_REGISTERS = 132
VCC, M0, EXEC = 106, 124, 126
DEFAULT_MODE = 0x3F0  # all denormals, round to nearest even, IEEE and DX10_CLAMP on
ENDED, FAULTED = 3, 4


class Fault(RuntimeError):
    """The emulator stopped the wave; `offset` is the instruction's place in the code."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(f"{message} (at {offset:#x})")
        self.offset = offset


class _State(ctypes.Structure):  # cw_amd_wave_state of api.h
    _fields_ = [
        ("vgpr", ctypes.c_void_p), ("vgprs", ctypes.c_uint32), ("acc_offset", ctypes.c_uint32), ("sgpr", ctypes.c_void_p),
        ("scc", ctypes.c_uint32), ("mode", ctypes.c_uint32), ("lds", ctypes.c_void_p), ("lds_bytes", ctypes.c_uint32),
        ("scratch", ctypes.c_void_p), ("scratch_bytes", ctypes.c_uint32), ("state", ctypes.c_uint32), ("executed", ctypes.c_uint64),
        ("fault_offset", ctypes.c_uint64), ("fault", ctypes.c_char * 256),
    ]  # fmt: skip


@cache
def library() -> Any:
    """`libcrosswarp_amdgpu.so`, with the types of its functions set."""
    loaded = ctypes.CDLL(str(library_dir() / "libcrosswarp_amdgpu.so"))
    loaded.cw_amd_program_new.restype = ctypes.c_void_p
    loaded.cw_amd_program_new.argtypes = [ctypes.c_char_p, ctypes.c_uint32, ctypes.c_char_p, ctypes.c_uint64]
    loaded.cw_amd_program_delete.argtypes = [ctypes.c_void_p]
    loaded.cw_amd_program_name_at.restype = ctypes.c_char_p
    loaded.cw_amd_program_name_at.argtypes = [ctypes.c_void_p, ctypes.c_uint64, ctypes.POINTER(ctypes.c_uint32)]
    loaded.cw_amd_program_describe.argtypes = [ctypes.c_void_p, ctypes.c_uint64, ctypes.c_uint32, ctypes.c_char_p, ctypes.c_uint32]
    loaded.cw_amd_run_wave.argtypes = [ctypes.c_void_p, ctypes.POINTER(_State)]
    loaded.cw_amd_record_name.restype = ctypes.c_char_p
    loaded.cw_amd_record_name.argtypes = [ctypes.c_uint32]
    loaded.cw_amd_record_meaning.restype = ctypes.c_char_p
    loaded.cw_amd_record_meaning.argtypes = [ctypes.c_char_p]
    return loaded


def record_names() -> list[str]:
    """Names of all instructions with a record, sorted."""
    names, index = [], 0
    while (name := library().cw_amd_record_name(index)) is not None:
        names.append(name.decode())
        index += 1
    return sorted(names)


def record_of(name: str) -> str | None:
    """The record that runs for an instruction's name: its own, or the one that it is another name of; None where there is none."""
    meaning = library().cw_amd_record_meaning(name.encode())
    return meaning.decode() if meaning is not None else None


def disassemble(code: bytes, arch: str, lanes: int) -> Iterator[tuple[int, str | None, int]]:
    """Offset, name (None where the encoding is not known) and length in bytes of each instruction."""
    program = _new_program(code, arch, lanes)
    try:
        offset, size = 0, ctypes.c_uint32()
        while offset < len(code):
            name = library().cw_amd_program_name_at(program, offset, ctypes.byref(size))
            yield offset, name.decode() if name else None, size.value
            offset += max(size.value, 4)
    finally:
        library().cw_amd_program_delete(program)


def describe(code: bytes, arch: str, lanes: int, offset: int = 0, half: int = 0) -> dict[str, Any]:
    """The decoded instruction at an offset, with the fields of `Instruction` (machine/instruction.hpp); `half` 1: VOPD's second."""
    text = ctypes.create_string_buffer(2048)
    program = _new_program(code, arch, lanes)
    try:
        if not library().cw_amd_program_describe(program, offset, half, text, len(text)):
            raise ValueError(f"no instruction at {offset:#x}")
    finally:
        library().cw_amd_program_delete(program)
    fields: dict[str, Any] = json.loads(text.value)
    return fields


def _new_program(code: bytes, arch: str, lanes: int) -> int:
    program = library().cw_amd_program_new(arch.encode(), lanes, code, len(code))
    if not program:
        raise ValueError(f"{arch} is not emulated")
    return int(program)


class Wave:
    """Registers of one wave: `vgpr` uint32 [registers, lanes], accumulation registers from 256 on; `sgpr` a uint32 array."""

    def __init__(self, arch: str, lanes: int, *, lds_bytes: int = 65536, scratch_bytes: int = 1024) -> None:
        self.arch, self.lanes = arch, lanes
        self.vgpr = np.zeros((512, lanes), np.uint32)
        self.sgpr = np.zeros(SCALAR_REGISTERS, np.uint32)
        self.exec = (1 << lanes) - 1
        self.scc, self.mode, self.executed = False, DEFAULT_MODE, 0
        self.lds = np.zeros(lds_bytes, np.uint8)
        self.scratch = np.zeros(scratch_bytes * lanes, np.uint8)
        self._scratch_bytes = scratch_bytes

    def _mask(self, register: int) -> int:
        high = int(self.sgpr[register + 1]) << 32 if self.lanes == 64 else 0
        return int(self.sgpr[register]) | high

    def _set_mask(self, register: int, value: int) -> None:
        self.sgpr[register] = value & 0xFFFFFFFF
        self.sgpr[register + 1] = value >> 32

    @property
    def exec(self) -> int:
        """The mask of active lanes."""
        return self._mask(EXEC)

    @exec.setter
    def exec(self, value: int) -> None:
        self._set_mask(EXEC, value)

    @property
    def vcc(self) -> int:
        """The mask that compares without another destination write."""
        return self._mask(VCC)

    @vcc.setter
    def vcc(self, value: int) -> None:
        self._set_mask(VCC, value)

    def run(self, code: str | bytes) -> None:
        """Runs assembly, or machine code, to its end (`s_endpgm` is added to assembly). Raises `Fault`."""
        if isinstance(code, str):
            code = assemble(f"{code}\ns_endpgm", self.arch, self.lanes)
        program = _new_program(code, self.arch, self.lanes)
        state = _State(
            self.vgpr.ctypes.data, len(self.vgpr), 256, self.sgpr.ctypes.data, self.scc, self.mode, self.lds.ctypes.data,
            self.lds.size, self.scratch.ctypes.data, self._scratch_bytes,
        )  # fmt: skip
        try:
            library().cw_amd_run_wave(program, ctypes.byref(state))
        finally:
            library().cw_amd_program_delete(program)
        self.scc, self.mode, self.executed = bool(state.scc), state.mode, state.executed
        if state.state == FAULTED:
            raise Fault(state.fault.decode(), state.fault_offset)

"""Runs the text of a function `void f(ptr out, i32, i64, float, double)` as machine code of this processor."""

from __future__ import annotations

import ctypes
import math
import struct

import llvmlite.binding as llvm
from compile import llvm_module

OUT_BYTES = 64


def natively(text: str, arguments: list[float]) -> bytes:
    """The 64 bytes that `f` writes."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    out = (ctypes.c_uint8 * OUT_BYTES)()
    machine = llvm.Target.from_default_triple().create_target_machine(opt=0)
    with llvm_module("") as backing, llvm.create_mcjit_compiler(backing, machine) as engine:
        engine.add_module(llvm.parse_assembly(text))
        engine.finalize_object()
        kind = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_uint32, ctypes.c_uint64, ctypes.c_float, ctypes.c_double)
        kind(engine.get_function_address("f"))(ctypes.addressof(out), *arguments)
    return bytes(out)


def same(ours: bytes, theirs: bytes) -> bool:
    """Equal 8-byte cells, or a NaN in both (whose payload LLVM leaves open)."""
    for at in range(0, OUT_BYTES, 8):
        cells = ours[at : at + 8], theirs[at : at + 8]
        if cells[0] != cells[1] and not all(math.isnan(struct.unpack("<f", c[:4])[0]) for c in cells) \
                and not all(math.isnan(struct.unpack("<d", c)[0]) for c in cells):
            return False
    return True

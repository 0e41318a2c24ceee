"""The numbers that `wide-conversions` gives, run on this machine, against Python's exact integers."""

from __future__ import annotations

import ctypes
import math
import struct
from collections.abc import Callable
from fractions import Fraction

import llvmlite.binding as llvm
import pytest
from crosswarp.ir.passes.wide_conversions import WideConversions
from crosswarp.ir.reader import read_module
from crosswarp.ir.writer import write_module
from crosswarp.targets.amdgpu.archs import facts_of
from hypothesis import given, settings
from hypothesis import strategies as st

TO_FLOAT = """
define {to} @{name}(i64 %high, i64 %low) {{
  %h = zext i64 %high to i128
  %l = zext i64 %low to i128
  %s = shl i128 %h, 64
  %x = or i128 %s, %l
  %r = {name} i128 %x to {to}
  ret {to} %r
}}
"""
TO_INTEGER = """
define void @{name}(double %x, ptr %out) {{
  %r = {name} double %x to i128
  store i128 %r, ptr %out, align 8
  ret void
}}
"""
LIMITS = {"fptosi": (-(1 << 127), (1 << 127) - 1), "fptoui": (0, (1 << 128) - 1)}


@pytest.fixture(scope="module")
def compiled() -> Callable[[str, str], int]:
    """The address of a function of `text` after the pass."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    engines: dict[str, llvm.ExecutionEngine] = {}

    def address(text: str, name: str) -> int:
        if text not in engines:
            module = read_module(text)
            WideConversions().apply(module, facts_of("gfx1100"))
            result = write_module(module)
            assert f"{name} i128" not in result and f"{name} double" not in result
            machine = llvm.Target.from_default_triple().create_target_machine()  # the engine owns it: one for each
            engines[text] = llvm.create_mcjit_compiler(llvm.parse_assembly(result), machine)
        return engines[text].get_function_address(name)

    return address


wide = st.one_of(st.integers(0, (1 << 128) - 1), st.integers(0, 127).map(lambda n: 1 << n),
                 st.tuples(st.integers(0, 1 << 26), st.integers(0, 101), st.integers(0, 3)).map(lambda p: (p[0] << p[1]) + p[2]))

powers = st.integers(-129, 129).map(lambda n: math.copysign(2.0 ** abs(n), n))


@settings(derandomize=True, max_examples=300, deadline=None)
@given(wide, st.sampled_from(["sitofp", "uitofp"]))
def test_integers_to_double(compiled, value: int, name: str) -> None:
    address = compiled(TO_FLOAT.format(name=name, to="double"), name)
    function = ctypes.CFUNCTYPE(ctypes.c_double, ctypes.c_uint64, ctypes.c_uint64)(address)
    meant = value - (1 << 128) if name == "sitofp" and value >> 127 else value
    assert function(value >> 64, value & (1 << 64) - 1) == float(meant)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(wide)
def test_integers_to_float(compiled, value: int) -> None:
    address = compiled(TO_FLOAT.format(name="uitofp", to="float"), "uitofp")
    function = ctypes.CFUNCTYPE(ctypes.c_float, ctypes.c_uint64, ctypes.c_uint64)(address)
    assert function(value >> 64, value & (1 << 64) - 1) == nearest_float(value)


def nearest_float(value: int) -> float:
    """Round to nearest even with 24 bits."""
    drop = max(value.bit_length() - 24, 0)
    rounded = round(Fraction(value, 1 << drop)) << drop
    return math.inf if rounded >= 1 << 128 else struct.unpack("f", struct.pack("f", rounded))[0]


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.one_of(st.floats(), st.floats(-(2.0**129), 2.0**129), powers),
       st.sampled_from(["fptosi", "fptoui"]))
def test_doubles_to_integers_saturate(compiled, value: float, name: str) -> None:
    function = ctypes.CFUNCTYPE(None, ctypes.c_double, ctypes.c_void_p)(compiled(TO_INTEGER.format(name=name), name))
    out = (ctypes.c_uint64 * 2)()
    function(value, ctypes.addressof(out))
    result = out[0] | out[1] << 64
    low, high = LIMITS[name]
    bounded = max(-(2.0**130), min(2.0**130, value))
    meant = 0 if math.isnan(value) else max(low, min(high, int(bounded)))
    assert result == meant % (1 << 128)

"""Random types and constants survive a round trip and mean to LLVM what they mean to us."""

import math
import struct

from compile import canonical, reread
from crosswarp.ir.constants import ConstantAggregate, ConstantBytes, ConstantFloat, ConstantInt, ConstantSplat, null, poison, undef
from crosswarp.ir.module import Module
from crosswarp.ir.types import (
    BFLOAT,
    DOUBLE,
    FLOAT,
    HALF,
    I8,
    I32,
    PTR,
    ArrayType,
    FloatType,
    FunctionType,
    IntType,
    PointerType,
    StructType,
    VectorType,
)
from crosswarp.ir.writer import write_module
from hypothesis import given, settings
from hypothesis import strategies as st

SETTINGS = settings(max_examples=60, derandomize=True, deadline=None)
scalars = st.one_of(st.builds(IntType, st.integers(1, 200)), st.sampled_from([HALF, BFLOAT, FLOAT, DOUBLE]),
                    st.builds(PointerType, st.integers(0, 7)))
types = st.recursive(
    st.one_of(scalars, st.tuples(st.integers(1, 5), scalars).map(lambda p: VectorType(*p))),
    lambda inner: st.one_of(st.tuples(st.integers(0, 4), inner).map(lambda p: ArrayType(*p)),
                            st.tuples(st.lists(inner, max_size=4), st.booleans()).map(lambda p: StructType(p[0], p[1]))),
    max_leaves=8)


def words(type_):
    return st.sampled_from([null, undef, poison]).map(lambda make: make(type_))


def integers(type_):
    return st.integers(0, (1 << type_.bits) - 1).map(lambda value: ConstantInt(type_, value))


def floats(type_):
    return st.integers(0, (1 << type_.bits) - 1).map(lambda bits: ConstantFloat.from_bits(type_, bits))


def spelled_out(type_, parts):
    return st.tuples(*map(constants, parts)).map(lambda elements: ConstantAggregate(type_, elements))


def vectors(type_):
    choices = [words(type_), spelled_out(type_, [type_.element] * type_.count)]
    if not isinstance(type_.element, PointerType):
        choices.append(constants(type_.element).map(lambda element: ConstantSplat(type_, element)))
    return st.one_of(choices)


def arrays(type_):
    if type_.element is I8:
        return st.binary(min_size=type_.count, max_size=type_.count).map(ConstantBytes)
    return spelled_out(type_, [type_.element] * type_.count)


MAKERS = {IntType: integers, FloatType: floats, PointerType: words, VectorType: vectors, ArrayType: arrays,
          StructType: lambda type_: spelled_out(type_, type_.fields)}


def constants(type_):
    """Constants of a type."""
    return MAKERS[type(type_)](type_)


@SETTINGS
@given(types.flatmap(constants))
def test_constants_survive(constant):
    module = Module()
    module.add_global("g", constant.type, constant)
    text = write_module(module)
    again = reread(text)
    assert again.globals["g"].value_type is constant.type
    assert again.globals["g"].initializer == constant
    assert canonical(write_module(again)) == canonical(text)


@SETTINGS
@given(st.lists(types, max_size=4), types, st.booleans())
def test_types_are_interned(parameters, result, vararg):
    kind = FunctionType(result, parameters, vararg)
    assert kind is FunctionType(result, tuple(parameters), vararg)
    module = reread(f"@g = external global {StructType([*parameters, result])}\n")
    assert module.globals["g"].value_type is StructType([*parameters, result])


@SETTINGS
@given(st.floats(width=32), st.floats(), st.integers(0, 0xFFFF))
def test_float_constants_keep_value_and_bits(single, double, half_bits):
    def same(a, b):
        return (math.isnan(a) and math.isnan(b)) or (a == b and math.copysign(1, a) == math.copysign(1, b))

    assert same(ConstantFloat.from_float(FLOAT, single).value, single)
    assert same(ConstantFloat.from_float(DOUBLE, double).value, double)
    assert ConstantFloat.from_bits(HALF, half_bits).bits == half_bits
    assert ConstantFloat.from_bits(BFLOAT, half_bits).bits == half_bits
    encoding = struct.unpack("<Q", struct.pack("<d", double))[0]
    assert ConstantFloat.from_bits(DOUBLE, encoding).bits == encoding


def test_spellings_of_one_value_are_equal():
    assert ConstantFloat(FLOAT, "1.500000e+00") == ConstantFloat(FLOAT, "0x3FF8000000000000")
    assert ConstantFloat(FLOAT, "0x3FF8000000000000").bits == 0x3FC00000
    assert ConstantInt(IntType(8), 255) == ConstantInt(IntType(8), -1) and ConstantInt(IntType(8), 200).unsigned == 200
    assert ConstantInt(I32, 1) != ConstantInt(IntType(64), 1)
    assert str(ConstantInt(IntType(1), 1)) == "true" and str(null(PTR)) == "null"

"""Sizes, alignments and offsets agree with LLVM's for random types and the data layouts of all targets."""

import llvmlite.binding as llvm
import pytest
from compile import llvm_module
from crosswarp.ir.layout import DataLayout
from crosswarp.ir.types import BFLOAT, DOUBLE, FLOAT, HALF, I1, ArrayType, IntType, PointerType, StructType, VectorType
from hypothesis import given, settings
from hypothesis import strategies as st

LAYOUTS = {
    "nvptx": "e-p6:32:32-i64:64-i128:128-i256:256-v16:16-v32:32-n16:32:64",
    "amdgpu": "e-m:e-p:64:64-p1:64:64-p2:32:32-p3:32:32-p4:64:64-p5:32:32-p6:32:32-p7:160:256:256:32-p8:128:128:128:48-"
              "i64:64-v16:16-v24:32-v32:32-v48:64-v96:128-v192:256-v256:256-v512:512-v1024:1024-v2048:2048-n32:64-S32-A5-G1-ni:7:8:9",
    "x86": "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128",
}
pointers, integers = map(PointerType, (0, 1, 3, 5)), map(IntType, (8, 16, 24, 32, 40, 64, 128))
scalars = st.sampled_from([I1, HALF, BFLOAT, FLOAT, DOUBLE, *pointers, *integers])
elements = st.sampled_from([HALF, FLOAT, DOUBLE, *map(IntType, (8, 16, 32, 64))])
vectors = st.builds(VectorType, st.sampled_from([2, 3, 4, 8]), elements)
types = st.recursive(
    st.one_of(scalars, vectors),
    lambda inner: st.one_of(st.builds(ArrayType, st.integers(0, 4), inner),
                            st.builds(StructType, st.lists(inner, max_size=5), st.booleans())),
    max_leaves=8)


@pytest.mark.parametrize("target", LAYOUTS)
@settings(max_examples=60, derandomize=True, deadline=None)
@given(types)
def test_agrees_with_llvm(target, type_):
    data, ours = llvm.create_target_data(LAYOUTS[target]), DataLayout(LAYOUTS[target])
    with llvm_module(f"@g = external global {type_}\n") as module:
        theirs = module.get_global_variable("g").global_value_type
        assert ours.size(type_) == data.get_abi_size(theirs)
        assert ours.align(type_) == data.get_abi_alignment(theirs)
        if isinstance(type_, StructType):
            assert list(ours.offsets(type_)) == [data.get_element_offset(theirs, n) for n in range(len(type_.fields))]

"""Device functions become the operations that docs/contracts.md names, with scope and order, and nothing else is left to call."""

import re

import pytest
from crosswarp.support.paths import include_dir
from crosswarp.support.toolchain import clang_command, run_tool

EXPRESSIONS = {
    "atomicAdd((int *)p, 1)": "__cw.atom.add.relaxed.gpu.i32",
    "atomicAdd((unsigned long long *)p, 1ull)": "__cw.atom.add.relaxed.gpu.i64",
    "atomicAdd((float *)p, 1.0f)": "__cw.atom.add.relaxed.gpu.f32",
    "atomicAdd((double *)p, 1.0)": "__cw.atom.add.relaxed.gpu.f64",
    "atomicAdd_block((float *)p, 1.0f)": "__cw.atom.add.relaxed.cta.f32",
    "atomicAdd_system((float *)p, 1.0f)": "__cw.atom.add.relaxed.sys.f32",
    "atomicSub((int *)p, 1)": "__cw.atom.add.relaxed.gpu.i32",
    "atomicExch((float *)p, 1.0f)": "__cw.atom.exch.relaxed.gpu.i32",
    "atomicMin((int *)p, 1)": "__cw.atom.min.relaxed.gpu.i32",
    "atomicMax((unsigned *)p, 1u)": "__cw.atom.max.relaxed.gpu.u32",
    "atomicInc((unsigned *)p, 1u)": "__cw.atom.inc.relaxed.gpu.u32",
    "atomicXor((int *)p, 1)": "__cw.atom.xor.relaxed.gpu.i32",
    "atomicCAS((int *)p, 1, 2)": "__cw.atom.cas.relaxed.gpu.i32",
    "atomicCAS((unsigned short *)p, (unsigned short)1, (unsigned short)2)": "__cw.atom.cas.relaxed.gpu.i16",
    "__ldg((const float *)p)": "__cw.ld.nc.f32",
    "__ldg((const float4 *)p).x": "__cw.ld.nc.v4f32",
    "__ldcs((const unsigned *)p)": "__cw.ld.cs.i32",
    "__stcg((double *)p, 1.0), 0": "__cw.st.cg.f64",
    "__threadfence(), 0": "__cw.fence.seq_cst.gpu",
    "__threadfence_block(), 0": "__cw.fence.seq_cst.cta",
    "__threadfence_system(), 0": "__cw.fence.seq_cst.sys",
    "__syncthreads(), 0": "llvm.nvvm.barrier.cta.sync.aligned.all",
    "__syncthreads_count(1)": "llvm.nvvm.barrier.cta.red.popc.aligned.all",
    "__syncwarp(), 0": "llvm.nvvm.bar.warp.sync",
    "__shfl_sync(~0u, 1, 2)": "llvm.nvvm.shfl.sync.idx.i32",
    "__shfl_up_sync(~0u, 1.0f, 2)": "llvm.nvvm.shfl.sync.up.f32",
    "__shfl_down_sync(~0u, 1.0, 2)": "llvm.nvvm.shfl.sync.down.i32",
    "__shfl_xor_sync(~0u, 1ll, 2, 16)": "llvm.nvvm.shfl.sync.bfly.i32",
    "__ballot_sync(~0u, 1)": "llvm.nvvm.vote.ballot.sync",
    "__match_any_sync(~0u, 1.0)": "llvm.nvvm.match.any.sync.i64",
    "__reduce_max_sync(~0u, 1u)": "llvm.nvvm.redux.sync.umax",
    "sinf(x)": "__cw.math.sin.f32",
    "std::sin(x)": "__cw.math.sin.f32",
    "sin(2)": "__cw.math.sin.f64",
    "pow(x, 2)": "__cw.math.pow.f64",
    "std::pow(x, x)": "__cw.math.pow.f32",
    "__expf(x)": "__cw.math.exp.fast.f32",
    "__fdividef(x, x)": "__cw.math.div.fast.f32",
    "sqrtf(x)": "llvm.sqrt.f32",
    "fmaf(x, x, x)": "llvm.fma.f32",
    "std::floor(x)": "llvm.floor.f32",
    "fmaxf(x, x)": "llvm.maxnum.f32",
    "max(x, 1.0)": "llvm.maxnum.f64",
    "__fadd_rz(x, x)": "__cw.math.add.rz.f32",
    "__float2int_rd(x)": "__cw.cvt.i32.rd.f32",
    "lrintf(x)": "__cw.cvt.i64.rn.f32",
    "__brev(1u)": "llvm.bitreverse.i32",
    "clock64()": "llvm.nvvm.read.ptx.sreg.clock64",
    "(long long)malloc(4)": "__cw.malloc",
    "(long long)new int": "__cw.malloc",
    "(long long)memset(p, 0, 4)": "llvm.memset.p0.i64",
    "(long long)std::memcpy(p, out, 8)": "llvm.memcpy.p0.p0.i64",
    "__trap(), 0": "__cw.trap",
}
HEAD = "#include <cmath>\n#include <cstdlib>\n#include <cstring>\n"
PARAMETERS = "(void *p, float x, double *out)"
CALL = re.compile(r"call [^@\n]*@([\w.$]+)\(")


def _calls(text):
    return set(CALL.findall(text))


def _kernel_calls(compile_device, tmp_path, expression, **options):
    source = tmp_path / "one.cu"
    source.write_text(f"{HEAD}__global__ void kernel{PARAMETERS} {{ *out = (double)({expression}); }}\n")
    return _calls(compile_device(source, **options))


@pytest.fixture(scope="module")
def calls_of(tmp_path_factory, compile_device):
    """What each expression's function calls, its callees' calls included; all compiled at once."""
    source = tmp_path_factory.mktemp("lowering") / "all.cu"
    source.write_text(HEAD + "".join(f'extern "C" __device__ void f{i}{PARAMETERS} {{ *out = (double)({expression}); }}\n'
                                     for i, expression in enumerate(EXPRESSIONS)))
    bodies = dict(re.findall(r"^define [^@\n]*@([\w.$]+)\(.*?\{\n(.*?)^\}", compile_device(source), re.M | re.S))

    def closure(name, seen):
        for callee in _calls(bodies.get(name, "")) - seen:
            seen |= {callee}
            seen |= closure(callee, seen)
        return seen

    return {expression: closure(f"f{i}", set()) for i, expression in enumerate(EXPRESSIONS)}


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_expression_becomes_its_operation(expression, calls_of):
    assert EXPRESSIONS[expression] in calls_of[expression]


def test_expressions_call_nothing_but_operations(calls_of):
    called = set().union(*calls_of.values())
    assert sorted(name for name in called if not name.startswith(("__cw.", "llvm.", "_Z"))) == []


def test_fast_math_replaces_the_float_forms_only(tmp_path, compile_device):
    assert "__cw.math.sin.fast.f32" in _kernel_calls(compile_device, tmp_path, "sinf(x)", fast_math=True)
    assert "__cw.math.sin.f64" in _kernel_calls(compile_device, tmp_path, "sin((double)x)", fast_math=True)


def test_nearest_rounding_is_never_contracted(tmp_path, compile_device):
    source = tmp_path / "rn.cu"
    source.write_text("__global__ void kernel(float x, float *out) { *out = __fadd_rn(__fmul_rn(x, x), x); }\n")
    arithmetic = re.findall(r"= (f(?:add|mul)[^%\n]*)", compile_device(source))
    assert len(arithmetic) == 2 and not any("contract" in line for line in arithmetic)


def test_assert_becomes_the_named_operation(tmp_path, compile_device):
    source = tmp_path / "assert.cu"
    source.write_text("#include <cassert>\n__global__ void kernel(int x) { assert(x > 0); }\n")
    assert "__cw.assert" in set(CALL.findall(compile_device(source)))


def test_own_names_are_free(tmp_path, compile_device):
    source = tmp_path / "names.cu"
    source.write_text("struct S { int warpSize; };\n"
                      "__global__ void kernel(int *p) { const int warpSize = 7; S s{warpSize}; *p = s.warpSize; }\n")
    assert "i32 7" in compile_device(source)


def test_labels_are_unique():
    listing = run_tool(clang_command("-E", "-P", "-x", "c", str(include_dir() / "crosswarp" / "operations.list.h"))).stdout.decode()
    labels = ["".join(re.findall(r'"([^"]*)"', record)) for record in listing.split(";") if "|" in record]
    assert len(labels) > 400 and len(set(labels)) == len(labels)

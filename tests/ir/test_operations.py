"""The table agrees with LLVM's own intrinsics and with the CUDA headers' list of named operations."""

import re

from compile import llvm_module
from crosswarp.ir.operations import OPERATIONS, Effects, Uniformity, find_operation
from crosswarp.ir.types import I1, I32, I64, PTR, VOID, PointerType, StructType
from crosswarp.support.paths import include_dir
from crosswarp.support.toolchain import clang_command, run_tool

C_TYPES = {"float": "float", "double": "double", "int": "i32", "unsigned": "i32", "long long": "i64", "unsigned long long": "i64",
           "void": "void", "short": "i16", "signed char": "i8", "_Float16": "half", "__bf16": "bfloat", "unsigned __int128": "i128"}


def ir_type(c):
    c = c.replace("const ", "").strip()
    if c.endswith("*"):
        return "ptr"
    vector = re.fullmatch(r"CW_v(\d)(bf|[if])(\d+)", c)
    if vector:
        floats = {"f16": "half", "bf16": "bfloat", "f32": "float", "f64": "double"}
        kind = vector[2] + vector[3]
        return f"<{vector[1]} x {floats.get(kind, kind)}>"
    return C_TYPES[c]


def test_every_intrinsic_exists_in_llvm_with_these_types():
    """LLVM gives attributes only to intrinsics it knows, renames old ones, and rejects wrong types."""
    wrong = []
    for name, operation in OPERATIONS.items():
        if name.startswith("llvm.nvvm.") and not name.endswith("*"):
            text = f"declare {operation.result} @{name}({', '.join(operation.parameters)})\n"
            with llvm_module(text) as module:
                module.verify()
                printed = str(module)
            if f"@{name}(" not in printed or ("nocallback" not in printed and "nounwind" not in printed):
                wrong.append(name)
    assert not wrong


def test_every_named_operation_of_the_headers_is_here():
    listing = run_tool(clang_command("-E", "-P", "-x", "c", str(include_dir() / "crosswarp" / "operations.list.h"))).stdout.decode()
    records = re.findall(r'((?:"[^"]*"\s*)+)\|\s*(\w+)\s*\|\s*([^|]+?)\s*\|\s*\(([^)]*)\)', listing)
    assert len(records) > 300
    wrong = []
    for label, effect, result, parameters in records:
        name = "".join(re.findall(r'"([^"]*)"', label))
        found = find_operation(name)
        c_parameters = [] if parameters.strip() in ("", "void") else parameters.split(",")
        wanted = (ir_type(result), tuple(map(ir_type, c_parameters)))
        if found is None or (found.result, found.parameters) != wanted:
            wrong.append((name, wanted))
        elif (effect == "PURE", effect == "CONVERGENT") != (found.effects is Effects.PURE, Effects.CONVERGENT in found.effects):
            wrong.append((name, effect))
    assert not wrong


def test_lookup_and_signatures():
    copy = find_operation("llvm.memcpy.p0.p3.i64")
    assert copy is not None and copy.name == "llvm.memcpy.*"
    assert copy.accepts(VOID, (PTR, PointerType(3), I64, I1)) and not copy.accepts(VOID, (I32, PTR, I64, I1))
    match = find_operation("llvm.nvvm.match.all.sync.i32p")
    assert match is not None and match.accepts(StructType((I32, I1)), (I32, I32)) and not match.accepts(I32, (I32, I32))
    assert find_operation("llvm.nvvm.unheard.of") is None and find_operation("printf") is None
    barrier = find_operation("llvm.nvvm.barrier.cta.sync.aligned.all")
    assert Effects.CONVERGENT in barrier.effects
    assert find_operation("llvm.nvvm.read.ptx.sreg.tid.x").uniformity is Uniformity.NEVER
    assert find_operation("llvm.nvvm.read.ptx.sreg.ctaid.y").uniformity is Uniformity.BLOCK
    assert all(o.meaning for o in OPERATIONS.values())

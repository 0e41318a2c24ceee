"""Each retargeting pass on small IR: `cases/*.ll` name the pass and hold the expected text; the result must be valid LLVM IR."""

from __future__ import annotations

from pathlib import Path

import llvmlite.binding as llvm
import pytest
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.passes.align_shared import AlignShared
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.passes.byval_arguments import ByvalArguments
from crosswarp.ir.passes.check_undefined import CheckUndefined
from crosswarp.ir.passes.cluster_dimensions import ClusterDimensions
from crosswarp.ir.passes.constant_space import ConstantSpace
from crosswarp.ir.passes.counted_barriers import CountedBarriers
from crosswarp.ir.passes.defined_shifts import DefinedShifts
from crosswarp.ir.passes.exit_returns import ExitReturns
from crosswarp.ir.passes.flush_denormals import FlushDenormals
from crosswarp.ir.passes.fold_reflect import FoldReflect
from crosswarp.ir.passes.frame_addresses import FrameAddresses
from crosswarp.ir.passes.freeze_layouts import FreezeLayouts
from crosswarp.ir.passes.fuse_multiply_add import FuseMultiplyAdd
from crosswarp.ir.passes.inline_ptx import InlinePtx
from crosswarp.ir.passes.internalise import Internalise
from crosswarp.ir.passes.kernel_convention import KernelConvention
from crosswarp.ir.passes.large_returns import LargeReturns
from crosswarp.ir.passes.managed_variables import ManagedVariables
from crosswarp.ir.passes.match_signatures import MatchSignatures
from crosswarp.ir.passes.math_calls import MathCalls
from crosswarp.ir.passes.pack_variadics import PackVariadics
from crosswarp.ir.passes.paste_asm_operands import PasteAsmOperands
from crosswarp.ir.passes.private_allocas import PrivateAllocas
from crosswarp.ir.passes.refuse_clusters import RefuseClusters
from crosswarp.ir.passes.reject_computed_goto import RejectComputedGoto
from crosswarp.ir.passes.relaxed_precision import RelaxedPrecision
from crosswarp.ir.passes.rename_operations import RenameOperations
from crosswarp.ir.passes.rename_services import RenameServices
from crosswarp.ir.passes.saturating_conversions import SaturatingConversions
from crosswarp.ir.passes.scoped_atomics import ScopedAtomics
from crosswarp.ir.passes.small_copies import SmallCopies
from crosswarp.ir.passes.wide_conversions import WideConversions
from crosswarp.ir.reader import read_module
from crosswarp.ir.writer import write_module
from crosswarp.support.diagnostics import CompileError
from crosswarp.targets.amdgpu.archs import LOCAL_FLOATS, LOCAL_MEMORY, SCOPES, facts_of

from tests.filecheck.runner import read_check_file

CASES = sorted((Path(__file__).parent / "cases").glob("*.ll"))
LAYOUT = 'target datalayout = "e-p6:32:32-i64:64-i128:128-i256:256-v16:16-v32:32-n16:32:64"\n'
PASSES: dict[str, Pass] = {p.name: p for p in (
    AlignShared(), ByvalArguments(), CheckUndefined(frozenset({"__cw.math.sin.f64"})), ClusterDimensions(), ConstantSpace(),
    CountedBarriers(),
    DefinedShifts(), ExitReturns(), FlushDenormals(), FoldReflect(), FrameAddresses(), FreezeLayouts(), FuseMultiplyAdd(),
    InlinePtx(), Internalise(), KernelConvention(),
    LargeReturns(), ManagedVariables(), MatchSignatures(), MathCalls(), PackVariadics(), PasteAsmOperands(), PrivateAllocas(),
    RefuseClusters(True),
    RejectComputedGoto(),
    RelaxedPrecision(True, True), RenameOperations(), RenameServices(), SaturatingConversions(32),
    ScopedAtomics(SCOPES, LOCAL_MEMORY, LOCAL_FLOATS), SmallCopies(), WideConversions())}


@pytest.fixture
def facts() -> TargetFacts:
    return facts_of("gfx1100")


def run(name: str, text: str, facts: TargetFacts) -> str:
    module = read_module(LAYOUT + text if "target datalayout" not in text else text)
    PASSES[name].apply(module, facts)
    return write_module(module)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, facts: TargetFacts) -> None:
    case = read_check_file(path)
    for emission in case.emissions:
        result = run(emission.stage, path.read_text(), facts)
        assert case.compare(emission, result) == ""
        llvm.parse_assembly(result).verify()


def test_every_pass_has_a_case() -> None:
    covered = {emission.stage for path in CASES for emission in read_check_file(path).emissions}
    assert covered == set(PASSES)


REFUSED = {
    "inline-ptx": ("inline-ptx", """
define i32 @f(i32 %x) !dbg !3 {
  %r = call i32 asm "mov.u32 $0, $1;\\0Awarp.u32 $0, $1;", "=r,r"(i32 %x), !dbg !5
  ret i32 %r
}
!llvm.dbg.cu = !{!0}
!llvm.module.flags = !{!6}
!0 = distinct !DICompileUnit(language: DW_LANG_C_plus_plus, file: !1, emissionKind: LineTablesOnly)
!1 = !DIFile(filename: "kernels/find.cu", directory: "/home/user")
!3 = distinct !DISubprogram(name: "f", file: !1, line: 3, type: !4, unit: !0)
!4 = !DISubroutineType(types: !7)
!5 = !DILocation(line: 12, column: 5, scope: !3)
!6 = !{i32 2, !"Debug Info Version", i32 3}
!7 = !{}
""", ["/home/user/kernels/find.cu:12:5: error: unsupported: inline PTX: 'warp.u32'", "line 2, column 1", "    2 | warp.u32 $0"]),
    "inline-ptx-without-line": ("inline-ptx", """
define void @f() {
  call void asm sideeffect "wgmma.fence.sync.aligned;", ""()
  ret void
}
""", ["inline PTX: 'wgmma.fence.sync.aligned'", "in function 'f'"]),
    "every-statement-is-named": ("inline-ptx", """
define void @f() {
  call void asm sideeffect "wgmma.fence.sync.aligned;", ""()
  call void asm sideeffect "wgmma.wait_group.sync.aligned 0;", ""()
  ret void
}
""", ["'wgmma.fence.sync.aligned'", "'wgmma.wait_group.sync.aligned'"]),
    "the-unknown-statement-is-named": ("inline-ptx", """
define void @f() {
  call void asm sideeffect "{ .reg .pred p; setp.eq.u32 p, 1, 1; @p wgmma.fence.sync.aligned; }", ""()
  ret void
}
""", ["inline PTX: 'wgmma.fence.sync.aligned'", "column 41"]),
    "computed-goto": ("reject-computed-goto", """
define void @f(ptr %p) {
entry:
  indirectbr ptr %p, [label %a, label %b]
a:
  ret void
b:
  ret void
}
""", ["unsupported: computed goto (`goto *p`) in function 'f' on gfx1100"]),
    "exit-through-a-pointer": ("exit-returns", """
declare void @llvm.nvvm.exit()
define void @ends() {
  call void @llvm.nvvm.exit()
  ret void
}
define ptx_kernel void @k(ptr %p) {
  store ptr @ends, ptr %p
  ret void
}
""", ["'exit' in the function 'ends', which is called through a pointer"]),
    "file-scope-ptx": ("inline-ptx", 'module asm ".global .u32 x;"\n', ["file-scope PTX '.global .u32 x;'"]),
    "undefined-operation": ("check-undefined", """
declare void @__nvvm.setmaxnreg.inc.sync.aligned.u32(i32)
define void @f() {
  call void @__nvvm.setmaxnreg.inc.sync.aligned.u32(i32 232)
  ret void
}
""", ["unsupported: the operation 'setmaxnreg.inc.sync.aligned.u32' on gfx1100 (called in 'f')"]),
    "undefined-function-in-table": ("check-undefined", """
declare void @other()
@table = global ptr @other
""", ["the undefined function 'other'", "-rdc=true"]),
    "address-of-managed-variable": ("managed-variables", """
@v = addrspace(1) externally_initialized global i32 1
@p = addrspace(1) externally_initialized global ptr addrspacecast (ptr addrspace(1) @v to ptr)
@.str = private constant [11 x i8] c"cw.managed\\00", section "llvm.metadata"
@llvm.global.annotations = appending global [1 x { ptr, ptr, ptr, i32, ptr }] [{ ptr, ptr, ptr, i32, ptr } \
{ ptr addrspacecast (ptr addrspace(1) @v to ptr), ptr @.str, ptr @.str, i32 3, ptr null }], section "llvm.metadata"
""", ["address of the __managed__ variable 'v' in the initialiser of 'p'"]),
    "layout-of-unnamed-struct": ("freeze-layouts", """
define void @f(ptr %p) {
  %q = getelementptr { i64, i128 }, ptr %p, i32 0, i32 1
  ret void
}
""", ["memory layout of { i64, i128 }"]),
    "variadic-i128": ("pack-variadics", """
declare void @v(i32, ...)
define void @f() {
  call void (i32, ...) @v(i32 1, i128 2)
  ret void
}
""", ["variable arguments whose alignment differs"]),
    "reflect-of-a-variable": ("fold-reflect", """
declare i32 @__nvvm_reflect(ptr)
define i32 @f(ptr %p) {
  %r = call i32 @__nvvm_reflect(ptr %p)
  ret i32 %r
}
""", ["__nvvm_reflect"]),
    "clusters that meet": ("refuse-clusters", """
declare void @llvm.nvvm.barrier.cluster.arrive()
define ptx_kernel void @k() "nvvm.cluster_dim"="2,1,1" {
  call void @llvm.nvvm.barrier.cluster.arrive()
  ret void
}
""", ["clusters", "'k'", "gfx1100"]),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED.keys())
def test_refusals_name_the_feature_and_the_place(case: tuple[str, str, list[str]], facts: TargetFacts) -> None:
    name, text, expected = case
    with pytest.raises(CompileError) as error:
        run(name, text, facts)
    for part in expected:
        assert part in str(error.value)


def test_kernel_structs_keep_their_size_and_alignment(facts: TargetFacts) -> None:
    """The host packs kernel arguments by NVPTX's layout: `i128` members must not move."""
    from crosswarp.ir.layout import DataLayout

    text = LAYOUT + "%S = type { i8, i128, [3 x i8] }\n%T = type { i32, %S }\n@x = global %T zeroinitializer\n"
    module = read_module(text)
    before = DataLayout(module.datalayout)
    sizes = {name: before.size(kind) for name, kind in module.types.items()}
    PASSES["freeze-layouts"].apply(module, facts)
    after = DataLayout(facts.datalayout)
    assert {name: after.size(kind) for name, kind in module.types.items()} == sizes == {"S": 48, "T": 64}

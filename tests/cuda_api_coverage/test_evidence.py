"""What programs write about their calls, and what of it proves an entry."""

import json
import re
import signal
from pathlib import Path

import pytest
from crosswarp.cuda_api_coverage.catalogue.load import PROOFS, catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device, Proof
from crosswarp.cuda_api_coverage.catalogue.tables import read_proofs
from crosswarp.cuda_api_coverage.evidence.checking import complaints
from crosswarp.cuda_api_coverage.evidence.demangled import qualified_name
from crosswarp.cuda_api_coverage.evidence.device_code import Code
from crosswarp.cuda_api_coverage.evidence.entries import catalogued, libraries
from crosswarp.cuda_api_coverage.evidence.judge import Judge, by_family, with_kept, write_proofs
from crosswarp.cuda_api_coverage.evidence.logs import Command, Place, Run, read_runs
from crosswarp.cuda_api_coverage.evidence.session import Outcome, outcomes
from crosswarp.cuda_api_coverage.evidence.sources import Build, Built, written_in
from crosswarp.driver.device_facts import facts, write_facts

INPUTS = Path(__file__).parent / "inputs"


@pytest.fixture(scope="module")
def program(tmp_path_factory, crosswarp_nvcc):
    path = tmp_path_factory.mktemp("evidence") / "program"
    crosswarp_nvcc(INPUTS / "leaves_evidence.cpp", "-o", path)
    return path


def test_forked_children_and_killed_programs_leave_their_calls(program, on_cpu, tmp_path):
    done = on_cpu(program, "signal", env={"CROSSWARP_EVIDENCE": str(tmp_path)}, check=False)
    assert done.returncode == -signal.SIGKILL
    runs = sorted(read_runs(tmp_path), key=lambda run: len(run.answers))
    assert [run.place for run in runs] == [Place(Device.CPU)] * 2
    assert runs[0].answers == {("cudaMalloc", 0), ("cudaMemset", 0)}
    assert {("cudaRuntimeGetVersion", 1), ("cudaFuncGetAttributes", 98), ("cudaGetLastError", 98)} <= runs[1].answers
    assert "cudaMalloc" not in {name for name, _ in runs[1].answers}


def test_results_are_the_same_and_nothing_is_written_without_the_variable(program, on_cpu, tmp_path):
    on_cpu(program, cwd=tmp_path)
    on_cpu(program, cwd=tmp_path, env={"CROSSWARP_EVIDENCE": ""})
    assert list(tmp_path.iterdir()) == []
    on_cpu(program, env={"CROSSWARP_EVIDENCE": str(tmp_path / "no such folder")})


def kept_run(folder, name, *lines, passed=True):
    """A test of a made-up session with one process."""
    (folder / name).mkdir(parents=True)
    (folder / name / "1-1.ran").write_text("".join(f"{line}\n" for line in lines))
    return {"test": f"tests/{name}.py::test", "passed": passed, "folders": [name]}


def proofs_of(folder, *tests):
    (folder / "outcomes-main.json").write_text(json.dumps(tests))
    found = Judge(list(outcomes(folder)), lambda command: None).proven()
    return {each for family, proofs in by_family(found).items() if family != "libraries" for each in proofs}


def test_only_success_of_a_passing_test_is_a_proof(tmp_path):
    works = kept_run(tmp_path, "works", "device\tcpu\t\t", "entry\tcudaMalloc\t0", "entry\tcudaFree\t1",
                     "entry\tcudaStreamQuery\t600")
    fails = kept_run(tmp_path, "fails", "device\tcpu\t\t", "entry\tcudaFree\t0", passed=False)
    tests = ("tests/works.py::test",)
    assert proofs_of(tmp_path, works, fails) == {(name, Proof(Device.CPU, tests)) for name in ("cudaMalloc", "cudaStreamQuery")}


def test_a_recording_library_is_no_gpu(tmp_path):
    fake = kept_run(tmp_path, "fake", "device\tamd\tamd\t/fakes/libamdhip64.so", "entry\tcudaMalloc\t0", "entry\tcudaFree\t0")
    real = kept_run(tmp_path, "real", "device\tamd\t\t", "entry\tcudaFree\t0")
    emulated = kept_run(tmp_path, "emulated", "device\tamd\temu:gfx1100\t", "entry\tcudaFree\t0")
    assert proofs_of(tmp_path, fake, real, emulated) == {
        ("cudaMalloc", Proof(Device.AMD, ("tests/fake.py::test",), recorded=True)),
        ("cudaFree", Proof(Device.AMD, ("tests/real.py::test",))),
        ("cudaFree", Proof(Device.EMULATED, ("tests/emulated.py::test",))),
    }


def test_a_process_of_unknown_device_proves_only_what_needs_none(tmp_path):
    nowhere = kept_run(tmp_path, "nowhere", "entry\tcudaGetLastError\t0", "entry\tnvrtcVersion\t0")
    several = kept_run(tmp_path, "several", "device\tcpu\t\t", "device\tnvidia\t\t", "entry\tcudaFree\t0", "entry\tcuMemFree_v2\t0")
    assert {name for name, _ in proofs_of(tmp_path, nowhere, several)} == {"nvrtcVersion"}


def test_symbols_are_called_what_programs_write():
    assert catalogued("cudaMemcpy_ptds") == ("runtime", "cudaMemcpy")
    assert catalogued("cudaGetDeviceProperties_v2") == ("runtime", "cudaGetDeviceProperties")
    assert catalogued("cuMemAlloc_v2") == ("driver", "cuMemAlloc")
    assert catalogued("cuMemcpyHtoD_v2_ptds") == ("driver", "cuMemcpyHtoD")
    assert catalogued("nvrtcVersion") == ("nvrtc", "nvrtcVersion")


def test_a_family_is_written_and_read_again(tmp_path):
    found = {("runtime", "cudaFree", Place(Device.NVIDIA, recorded=True)): {"d", "c", "a b", "b", "a"},
             ("runtime", "cudaUnheardOf", Place(Device.CPU)): {"a"}}
    write_proofs(tmp_path, found, {("runtime", "cudaFree")})
    proof = Proof(Device.NVIDIA, ("a", "b", "c"), recorded=True)
    assert list(read_proofs(tmp_path / "runtime.tsv")) == [(("runtime", "cudaFree"), proof)]


def test_every_proof_is_of_an_entry_and_names_tests_that_are_there():
    known = {entry.key for entry in catalogue().entries}
    root = Path(__file__).resolve().parents[2]
    for path in sorted(PROOFS.glob("*.tsv")):
        for key, proof in read_proofs(path):
            assert key in known
            assert all((root / test.partition("::")[0]).is_file() for test in proof.tests), key


IR = rb"""
@table = internal addrspace(1) global [1 x ptr] [ptr @_Z6calledv]
declare float @__cw.math.sin.f32(float)
define internal float @_ZL4sinff(float %x) #0 {
  %y = call float @__cw.math.sin.f32(float %x)
  ret float %y
}
define internal void @_Z6calledv() {
  call void asm sideeffect "{ .reg .u32 t; shl.b32 t, %laneid, 1;\0A\09bar.sync 0; }", ""()
  ret void
}
define dso_local ptx_kernel void @_Z1kPf(ptr %p) #1 {
  %f = load ptr, ptr addrspace(1) @table
  call void %f()
  call void @llvm.nvvm.barrier.cta.sync.aligned.all(i32 0)
  ret void
}
define dso_local ptx_kernel void @"odd name"(ptr %p) {
  %y = call float @_ZL4sinff(float 1.0)
  ret void
}
declare void @llvm.nvvm.barrier.cta.sync.aligned.all(i32)
"""


def test_a_kernel_reaches_what_it_calls_and_what_its_tables_hold(tmp_path):
    write_facts(str(tmp_path / "x.code"), IR)
    code = Code(tmp_path / "x.code")
    assert facts(IR)["kernels"] == ["_Z1kPf", "odd name"]
    assert code.reached("_Z1kPf") == {"_Z1kPf", "table", "_Z6calledv", "llvm.nvvm.barrier.cta.sync.aligned.all"}
    assert code.reached("odd name") == {"odd name", "_ZL4sinff", "__cw.math.sin.f32"}
    instructions = {entry.name for entry in code.entries("_Z1kPf") if entry.family == "ptx"}
    assert {re.match("[a-z]+", name)[0] for name in instructions} == {"shl", "bar"}


def test_a_launch_proves_what_the_image_holds(tmp_path):
    launch = kept_run(tmp_path, "launch", "device\tcpu\t\t", "launch\tabc\t_Z1kPf")
    (tmp_path / "launch" / "7.compiled").write_text('made\tabc\tdef\tx86-64\t6\ncommand\t0\t/\t["-O3", "a.cu"]\n')
    (tmp_path / "launch" / "9.compiled").write_text('command\t1\t/\t["--debug"]\ncommand\t0\t/\t["cut')
    write_facts(str(tmp_path / "launch" / "def.code"), IR)
    names = {name for name, _ in proofs_of(tmp_path, launch)}
    assert "--optimize" in names
    assert not names & {"--debug", "-G", "--gpu-architecture"}
    assert any(name.startswith("bar") for name in names)
    assert proofs_of(tmp_path, {**launch, "passed": False}) == set()


@pytest.mark.parametrize(("mangled", "name"), [
    ("_ZL4sinff", "sinf"),
    ("_ZN18cooperative_groups4__v112thread_block4syncEv", "cooperative_groups::__v1::thread_block::sync"),
    ("_ZplRK6__halfS1_", "operator+"),
    ("_ZN3app4stepIiEEPfi", "app::step"),
    ("vprintf", "vprintf"),
])
def test_names_of_device_functions(mangled, name):
    assert qualified_name(mangled) == name


def test_a_program_leads_back_to_its_sources(tmp_path):
    (tmp_path / "a.cu").write_text('#include "own.h"\n#include <cuda_runtime.h>\n')
    (tmp_path / "own.h").write_text("inline cudaMemcpyKind kind() { return cudaMemcpyHostToDevice; }\n")
    built = Built()
    source, made, program = (tmp_path / name for name in ("a.cu", "a.o", "a"))
    build = {"compile": Build((source,), (made,), ()), "link": Build((made,), (program,), ())}
    for word in build:
        built.add(Command("1", tmp_path, (word,)), tmp_path, lambda command: build[command.words[0]])
    sources = built.with_headers(built.sources_of([str(tmp_path / "a")], []))
    assert sources == {str(tmp_path / "a.cu"), str(tmp_path / "own.h")}
    assert {"cudaMemcpyKind", "cudaMemcpyHostToDevice"} <= {entry.name for entry in written_in(sources)}
    assert built.sources_of([str(tmp_path / "b")], []) == frozenset()


def test_a_proof_that_no_longer_holds_is_named():
    tests = [Outcome("a.py::passes", True, ()), Outcome("a.py::fails", False, ())]
    found = {("runtime", "cudaFree", Place(Device.CPU)): {"b.py::other"}}

    def said(name, device, *named):
        return list(complaints([(("runtime", name), Proof(device, named))], tests, found))

    assert said("cudaFree", Device.CPU, "a.py::passes") == []
    assert said("cudaFree", Device.CPU, "a.py::gone") == ["runtime/cudaFree on cpu: no test is called a.py::gone"]
    assert said("cudaFree", Device.CPU, "not_run.py::test") == []
    assert said("cudaFree", Device.EMULATED, "a.py::passes@emu:gfx1100") == []
    assert said("cudaMalloc", Device.CPU, "a.py::fails") == []
    assert said("cudaFree", Device.AMD, "a.py::passes") == ["runtime/cudaFree on amd: passed without using it: a.py::passes"]


def test_proofs_by_tests_that_did_not_run_may_stay():
    folders = (Path("main-1"),)
    tests = [Outcome("a.py::runs", True, folders), Outcome("a.py::no_more", True, folders), Outcome("b.py::away", False, ())]
    free, malloc = ("runtime", "cudaFree"), ("runtime", "cudaMalloc")
    kept = [(free, Proof(Device.CPU, ("a.py::no_more", "b.py::away"))), (malloc, Proof(Device.CPU, ("a.py::no_more",)))]
    found = {(*free, Place(Device.CPU)): {"a.py::runs"}}
    assert with_kept(found, kept, tests) == {(*free, Place(Device.CPU)): {"a.py::runs", "b.py::away"}}


def test_libraries_are_those_that_the_process_had():
    dynamic = Run(Place(Device.CPU), files=frozenset(("/a/b", "/l/libcudart.so.12", "/l/libcuda.so.1", "/l/libm.so.6")))
    static = Run(Place(Device.CPU), frozenset((("cudaFree", 0),)), files=frozenset(("/a/b",)))
    assert set(libraries(dynamic)) == {("libraries", "cudart"), ("libraries", "cuda")}
    assert set(libraries(static)) == {("libraries", "cudart_static")}


def test_sources_name_features_that_exist():
    source = Path(__file__).resolve().parents[1] / "run" / "language_features.cu"
    found = {entry.name for entry in written_in(frozenset((str(source),)))}
    assert {"fold expressions", "__launch_bounds__", "if consteval", "pragma unroll"} <= found

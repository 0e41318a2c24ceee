"""What programs write about their calls, and what of it proves an entry."""

import json
import signal
from pathlib import Path

import pytest
from crosswarp.cuda_api_coverage.catalogue.load import PROOFS, catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device, Proof
from crosswarp.cuda_api_coverage.catalogue.tables import read_proofs
from crosswarp.cuda_api_coverage.evidence.entries import catalogued
from crosswarp.cuda_api_coverage.evidence.logs import Place, read_runs
from crosswarp.cuda_api_coverage.evidence.proofs import by_family, proven, write_proofs
from crosswarp.cuda_api_coverage.evidence.session import outcomes

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
    return {(name, proof) for found in by_family(proven(outcomes(folder))).values() for name, proof in found}


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

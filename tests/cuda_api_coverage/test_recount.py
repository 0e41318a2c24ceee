"""`scripts/recount_coverage.py`: functions counted from libraries and logs, beside what the command line says of them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import recount_coverage  # noqa: E402
from recount.logs import read  # noqa: E402
from recount.symbols import plain  # noqa: E402


@pytest.fixture
def logs(tmp_path):
    """One test that passed on a CPU, one that failed there, one on an emulated AMD GPU, one on a library in NVIDIA's place."""
    processes = {
        "a": "device\tcpu\t\t\nentry\tcudaMalloc\t0\nentry\tcudaMemcpy_ptds\t0\nentry\tcudaStreamQuery\t600\nentry\tcudaFree\t1\n",
        "b": "device\tcpu\t\t\nentry\tcudaFree\t0\nentry\tcudaGLSetGLDevice\t801\n",
        "c": "device\tamd\temu:gfx1100\t\nentry\tcudaFree\t0\nentry\tcudaGraphLaunch\t0",  # the last line is cut off
        "d": "device\tnvidia\t\t/records.so\nentry\tcudaFree\t0\nentry\tcudaCreateTextureObject\t801\n",
        "e": "entry\tnvrtcVersion\t0\nentry\tcudaFree\t0\n",
        "f": "device\tcpu\t\t\ndevice\tnvidia\t\t\nentry\tcudaHostAlloc\t0\n",
    }
    for name, text in processes.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.ran").write_text(text)
    outcomes = [{"test": name, "passed": name != "b", "folders": [name]} for name in processes]
    (tmp_path / "outcomes-main.json").write_text(json.dumps(outcomes))
    return read([tmp_path])


def test_only_right_answers_to_passing_tests_prove(logs):
    assert logs.right["cpu"] == {"cudaMalloc", "cudaMemcpy", "cudaStreamQuery", "nvrtcVersion"}
    assert logs.right["emulated"] == {"cudaFree"}
    assert not logs.right["nvidia"]


def test_refused_is_what_never_did_anything_else(logs):
    assert logs.only_refused("cudaGLSetGLDevice", "cpu")
    assert logs.only_refused("cudaCreateTextureObject", "nvidia")
    assert not logs.only_refused("cudaFree", "cpu")


def test_forms_are_one_function():
    assert {plain(name) for name in ("cuMemcpy_ptds", "cuMemcpy", "cuStreamQuery_ptsz")} == {"cuMemcpy", "cuStreamQuery"}
    assert plain("cuMemAlloc_v2") == plain("cuMemAlloc")


@pytest.mark.survey
def test_libraries_have_and_refuse_what_the_catalogue_says():
    done = subprocess.run([sys.executable, recount_coverage.__file__], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1:] == ["Both agree on every function."], done.stdout + done.stderr
    assert done.returncode == 0


def test_a_disagreement_is_told():
    counted = recount_coverage.Counted("runtime", "cpu", {"cudaMalloc": "works"}, {"cudaMalloc": "absent", "cudaFree": "works"})
    assert counted.disagreements() == [
        "runtime, cpu: cudaFree: not listed by the report, works here",
        "runtime, cpu: cudaMalloc: works by the report, absent here",
    ]

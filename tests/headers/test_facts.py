"""Layouts and values: asserted by the compiler itself, in both passes; NVIDIA's compiler, where installed, must agree."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
# CUDA 13 changed these structures; our headers are 12's.
CHANGED_IN_13 = re.compile(r"cudaDeviceProp|sizeof\(cuda(PointerAttributes|ResourceDesc|ResourceViewDesc)\)|CUDART_VERSION")


@pytest.mark.parametrize("facts", ["layouts.cu", "graph_layouts.cu", "values.cu"])
def test_facts_hold_in_both_passes(facts, tmp_path, compile_device, compile_host):
    source = tmp_path / facts
    shutil.copy(HERE / facts, source)
    compile_device(source)
    compile_host(source)


@pytest.mark.slow
@pytest.mark.needs_nvcc
@pytest.mark.parametrize("facts", ["layouts.cu", "graph_layouts.cu", "values.cu"])
def test_nvcc_agrees(facts, tmp_path):
    source = tmp_path / facts
    lines = (HERE / facts).read_text().splitlines(keepends=True)
    source.write_text("".join(line for line in lines if not CHANGED_IN_13.search(line)))
    done = subprocess.run(["nvcc", "-c", str(source), "-o", str(tmp_path / "facts.o")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_wrong_fact_fails(tmp_path, compile_device):
    source = tmp_path / "wrong.cu"
    source.write_text("static_assert(sizeof(float3) == 16);\n")
    with pytest.raises(AssertionError, match="static assertion failed"):
        compile_device(source)

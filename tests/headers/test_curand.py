"""curand_kernel.h: its tables are what the script computes, and what is not offered is a compile error that says so."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "make_curand_tables.py"


def test_tables_are_what_the_script_computes():
    assert subprocess.run([sys.executable, SCRIPT, "--check"], check=False).returncode == 0


def test_mtgp32_is_a_named_error(tmp_path, compile_host):
    source = tmp_path / "mtgp32.cu"
    source.write_text("#include <curand_kernel.h>\n__global__ void f(curandStateMtgp32_t* state) { (void)state; }\n")
    with pytest.raises(AssertionError, match="MTGP32 generator is not supported"):
        compile_host(source)

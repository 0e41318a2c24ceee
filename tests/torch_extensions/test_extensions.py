"""PyTorch extensions, unmodified, with a PyTorch that was built without CUDA: kernels compute on CPU tensors what torch does.

`make torch` runs these: it makes an environment with this package and PyTorch in it. They are skipped where there is no PyTorch.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
PROJECTS = Path(__file__).with_name("projects")


@pytest.fixture
def run(tmp_path: Path, toolkit: Path) -> Callable[..., str]:
    """Run Python in a copy of the projects, with nothing set but CUDA_HOME and the targets."""
    work = tmp_path / "work"
    shutil.copytree(PROJECTS, work)

    def command(*words: str, folder: str = ".", **variables: str) -> str:
        path = os.pathsep.join((str(Path(sys.executable).parent), "/usr/bin", "/bin"))
        environment = {"PATH": path, "HOME": str(tmp_path), "CROSSWARP_CACHE_DIR": os.environ["CROSSWARP_CACHE_DIR"],
                       "CUDA_HOME": str(toolkit), "CROSSWARP_TARGETS": "cpu,gfx1100,only", "CROSSWARP_DEVICE": "cpu", **variables}
        done = subprocess.run([sys.executable, *words], cwd=work / folder, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return command


def site(run: Callable[..., str]) -> str:
    """Where the next command installs to."""
    return run("-c", "import os; print(os.path.abspath('site'))").strip()


def test_setup_py_with_ninja(run: Callable[..., str]):
    target = site(run)
    options = ("--quiet", "--no-index", "--no-deps", "--no-build-isolation")
    run("-m", "pip", "install", *options, "--target", target, ".", folder="setup_py")
    assert run("use.py", PYTHONPATH=target) == "as torch says\n"


def test_setup_py_without_ninja(run: Callable[..., str]):
    run("setup.py", "build_ext", "--inplace", folder="without_ninja")
    assert run("use.py", folder="without_ninja") == "as torch says\n"


def test_load_inline(run: Callable[..., str]):
    assert run("inline.py") == "as torch says\n"


def test_a_module_runs_in_a_shell_with_nothing_set(run: Callable[..., str]):
    """The runtime is found although neither CUDA_HOME nor LD_LIBRARY_PATH is there."""
    run("-c", "import torch, ctypes; ctypes.CDLL('libcudart.so.12')", CUDA_HOME="")


def test_without_a_toolkit_torch_is_as_it_was(run: Callable[..., str]):
    script = "import sys, torch; print('torch.utils.cpp_extension' in sys.modules)"
    assert run("-c", script, CUDA_HOME="/nowhere") == "False\n"

"""The toolkit folder and the launchers in it, as build systems see them."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from crosswarp.driver.native import native_nvidia
from crosswarp.driver.shells import SHELLS, exports
from crosswarp.driver.toolkit import make_toolkit


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_toolkit(tmp_path_factory.mktemp("a b") / "tool's kit")


def nvcc(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([root / "bin" / "nvcc", *words], capture_output=True, text=True, check=False)


def test_version_is_what_cmake_looks_for(root: Path):
    for word in ("--version", "-V"):
        done = nvcc(root, word)
        assert done.returncode == 0
        assert "nvcc: NVIDIA (R) Cuda compiler driver" in done.stdout
        assert "release 12.9, V12.9." in done.stdout.splitlines()[3]
        assert "clang version" not in done.stdout


def test_fast_start_imports(root: Path):
    """`nvcc --version` may not import what takes long: click, rich, llvmlite, libclang."""
    text = (root / "bin" / "nvcc").read_text()
    probe = text.replace("end_process(main(", "code = (main(") + "\nprint(*sys.modules)\nend_process(code)\n"
    script = root / "bin" / "probe"
    script.write_text(probe)
    script.chmod(0o755)
    done = subprocess.run([script, "--version"], capture_output=True, text=True, check=True)
    script.unlink()
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "crosswarp" in loaded
    assert not loaded & {"click", "rich", "llvmlite", "clang", "lark", "elftools", "site", "shutil", "hashlib"}


def test_folders_that_cmake_asks_for(root: Path):
    done = nvcc(root, "-v", "__cmake_determine_cuda")
    assert done.returncode == 1
    facts = dict(re.findall(r"^#\$ (\w+)=(.*)$", done.stderr, re.M))
    assert Path(facts["TOP"]) == root
    assert facts["NVVMIR_LIBRARY_DIR"].endswith("nvvm/libdevice") and Path(facts["NVVMIR_LIBRARY_DIR"]).is_dir()
    assert {"INCLUDES", "SYSTEM_INCLUDES", "LIBRARIES", "PATH"} <= set(facts)


def test_device_query_names_what_programs_are_told(root: Path, monkeypatch: pytest.MonkeyPatch):
    """Makefiles put the number behind `compute_`: where there is no NVIDIA GPU, that of `__CUDA_ARCH__`."""
    query = [root / "bin" / "__nvcc_device_query"]
    found = ",".join(name.removeprefix("sm_") for name in native_nvidia())
    assert subprocess.run(query, capture_output=True, text=True, check=True).stdout == f"{found or 80}\n"
    monkeypatch.setenv("CROSSWARP_CUDA_ARCH", "750")
    assert subprocess.run(query, capture_output=True, text=True, check=True).stdout == f"{found or 75}\n"


def test_shape(root: Path):
    assert (root / "include").is_dir()
    assert (root / "lib64" / "libcudadevrt.a").exists()
    assert json.loads((root / "version.json").read_text())["cuda"]["version"].startswith("12.9.")
    assert all(os.access(program, os.X_OK) for program in (root / "bin").iterdir())
    programs = {program.name for program in (root / "bin").iterdir()}
    assert programs >= {"bin2c", "crosswarp", "cuobjdump", "nvcc", "nvdisasm", "nvprune"}
    assert programs >= {"cicc", "cudafe++", "ptxas", "fatbinary", "nvlink"}
    assert (root / "bin" / "crt" / "link.stub").is_file()


def test_made_again_nothing_changes(root: Path):
    before = {path: path.lstat().st_mtime_ns for path in root.rglob("*")}
    make_toolkit(root)
    assert {path: path.lstat().st_mtime_ns for path in root.rglob("*")} == before


def test_stale_links_are_repaired(tmp_path: Path):
    root = make_toolkit(tmp_path / "kit")
    (root / "include").unlink()
    (root / "include").symlink_to("/nowhere")
    (root / "lib64" / "libold.so").symlink_to("/nowhere")
    (root / "bin" / "nvcc").write_text("old")
    make_toolkit(root)
    assert (root / "include").is_dir() and not (root / "lib64" / "libold.so").is_symlink()
    assert nvcc(root, "--version").returncode == 0


def test_usage_errors(root: Path):
    done = nvcc(root)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "nvcc fatal   : No input files specified; use option --help for more information\n"


def test_flags_from_the_environment(root: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NVCC_PREPEND_FLAGS", "--version")
    assert "Cuda compiler driver" in nvcc(root, "absent.cu").stdout
    monkeypatch.delenv("NVCC_PREPEND_FLAGS")
    monkeypatch.setenv("NVCC_APPEND_FLAGS", "--frob 'a b'")
    assert "Unknown option '--frob'" in nvcc(root, "absent.cu").stderr


def test_listed_architectures(root: Path):
    assert nvcc(root, "--list-gpu-code").stdout.split()[:2] == ["sm_50", "sm_52"]
    assert "compute_90" in nvcc(root, "-arch-ls").stdout.split()
    assert "arch=compute_80,code=sm_80" in nvcc(root, "-code-ls", "-arch-ls").stdout.split()


def test_shell_exports(root: Path):
    text = exports(root, "sh")
    done = subprocess.run(["/bin/sh", "-c", text + 'printf "%s|%s|%s" "$CUDACXX" "$LD_LIBRARY_PATH" "$PATH"'], capture_output=True,
                          text=True, check=True, env={"PATH": "/usr/bin:/bin"})
    assert re.fullmatch(f"{root}/bin/nvcc\\|{root}/lib64(:{root}/lib64/stubs)?\\|{root}/bin:/usr/bin:/bin", done.stdout)
    assert all("CUDA_HOME" in exports(root, shell) for shell in SHELLS)

"""The CUDA-toolkit-shaped folder: what build systems look for, as links to the installed package.

    bin/nvcc, bin/crosswarp      launchers of this installation
    bin/cicc, cudafe++, ...      nvcc's steps (driver/steps/); bin/crt/link.stub; bin/__nvcc_device_query
    include/                     the CUDA headers; where CCCL's wheel is installed, include/cccl, and what is in it beside them
    lib64/                       libcudart, libcudadevrt, libculibos (empty: build rules name it); lib64/stubs/ for linking only
    lib64/cmake/                 find_package(CCCL), from the same wheel
    lib64/torch_cpu/             what PyTorch's extension builder links, for a PyTorch without CUDA
    lib64/pkgconfig/             cuda.pc, cudart.pc, nvrtc.pc, and the same with the release in the name
    targets/x86_64-linux/        include/ and lib/, as a toolkit for several machines has them
    nvvm/libdevice/              empty: build systems look for the folder, device mathematics comes with each target
    version.json

Programs that are in NVIDIA's `bin/` and do not exist here are absent rather than imitated.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from crosswarp.driver.nvcc import CUDA_VERSION
from crosswarp.driver.pkg_config import pkg_config_files
from crosswarp.driver.steps import LINK_STUB
from crosswarp.driver.torch_extensions import GENERATED_HEADERS, STAND_INS
from crosswarp.support.diagnostics import user_error
from crosswarp.support.files import write_atomically
from crosswarp.support.paths import PACKAGE_ROOT, cccl_dir, include_dir, library_dir, native_dir

# What the compiler imports besides itself; the launchers start Python without site-packages and name these folders.
_IMPORTED = ("ziglang", "llvmlite", "elftools", "lark", "clang", "click", "rich", "markdown_it", "mdurl", "pygments", "nvidia",
             "pathspec", "jinja2", "markupsafe")
# Programs in `bin/`, and the modules of driver/ that do their work.
_PROGRAMS = {"nvcc": "start", "crosswarp": "cli", "__nvcc_device_query": "device_query",
             **{tool: f"binaries.{tool}" for tool in ("bin2c", "cuobjdump", "nvdisasm", "nvprune")},
             **{step: f"steps.{step}" for step in ("cicc", "ptxas", "fatbinary", "nvlink")}, "cudafe++": "steps.cudafe"}
_EMPTY_ARCHIVE = b"!<arch>\n"
_EMPTY_LINKER_SCRIPT = b"/* Not in a PyTorch without CUDA: an extension that calls it does not load, and names the function. */\n"
# A shell script that is a Python script too: it starts this Python, however long its path, without site-packages.
_LAUNCHER = """#!/bin/sh
'''exec' {python} -IS "$0" "$@"
' '''
import sys

sys.path[:0] = {path!r}
from crosswarp.driver.start import end_process
from {module} import main

end_process(main({arguments}))
"""


def toolkit_folder() -> Path:
    """Where this installation's toolkit lies.

    In the virtual environment that the package is installed in; otherwise in the user's data folder, one per installation.
    """
    prefix = Path(sys.prefix)
    if sys.prefix != sys.base_prefix and PACKAGE_ROOT.is_relative_to(prefix.resolve()) and os.access(prefix, os.W_OK):
        return prefix / "share" / "crosswarp" / "toolkit"
    base = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser()
    identity = sha256(f"{PACKAGE_ROOT}\0{sys.executable}".encode()).hexdigest()[:8]
    return base / "crosswarp" / f"toolkit-{identity}"


def make_toolkit(folder: Path | None = None) -> Path:
    """Create or update the toolkit; safe while another process does or uses it. Raises `CompileError` if it cannot be written."""
    root = (folder or toolkit_folder()).absolute()
    try:
        for name in ("bin/crt", "lib64/stubs", "lib64/pkgconfig", STAND_INS, "nvvm/libdevice"):
            (root / name).mkdir(parents=True, exist_ok=True)
        _programs(root)
        _link(root / "bin" / "crt" / LINK_STUB.name, LINK_STUB)
        _write(root / "version.json", json.dumps(_versions(), indent=2).encode() + b"\n")
        _headers(root)
        _libraries(root / "lib64")
        _link(root / "targets" / "x86_64-linux" / "lib", root / "lib64")
        for name, text in pkg_config_files(root).items():
            _write(root / "lib64" / "pkgconfig" / name, text.encode())
        if folder is None:
            _tell_the_runtime(root / "bin" / "crosswarp")
    except OSError as error:
        raise user_error(f"cannot make the toolkit folder '{root}': {error}", "CW2008",
                         hint="name another place: crosswarp toolkit --at DIRECTORY") from error
    return root


def _programs(root: Path) -> None:
    """The launchers in `bin/`; nvcc's knows its toolkit."""
    python, path = "'" + sys.executable.replace("'", "'\\''") + "'", import_folders()
    for name, module in _PROGRAMS.items():
        arguments = f"toolkit={str(root)!r}" if name == "nvcc" else ""
        text = _LAUNCHER.format(python=python, path=path, module=f"crosswarp.driver.{module}", arguments=arguments)
        _write(root / "bin" / name, text.encode(), mode=0o755)


def _headers(root: Path) -> None:
    """`include/`, as in NVIDIA's toolkit a link to the target's folder, which holds links to our headers and to CCCL's.

    CUDA 12 has `thrust/`, `cub/`, `cuda/` and `nv/` here, CUDA 13 has `cccl/`: build scripts look for either.
    """
    folder = root / "targets" / "x86_64-linux" / "include"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {header.name: header for header in include_dir().iterdir()}
    cccl = cccl_dir()
    if cccl is not None:
        wanted |= {"cccl": cccl, **{library.name: library for library in cccl.iterdir()}}
    _link_all(folder, wanted)
    _link(root / "include", folder)


def _libraries(folder: Path) -> None:
    """Links to the built libraries. The driver's library goes to `stubs/`: a real driver must win at run time."""
    wanted = {}
    for library in sorted(library_dir().glob("lib*")):
        if library.name.startswith("libcuda.so"):
            wanted["stubs/libcuda.so"] = wanted["stubs/libcuda.so.1"] = library
            continue
        wanted[library.name] = library
        if library.name == "libcudart.so.12":
            wanted[f"stubs/{library.name}"] = library  # where linkers look for what the driver's library needs
    configuration = _cmake_folder()
    if configuration is not None:
        wanted["cmake"] = configuration
    _link_all(folder, wanted)
    for name in ("libcudadevrt.a", "libculibos.a"):
        if name not in wanted:
            _write(folder / name, _EMPTY_ARCHIVE)
    for name in ("libc10_cuda.so", "libtorch_cuda.so"):
        _write(folder / STAND_INS.name / name, _EMPTY_LINKER_SCRIPT)
    for name, text in GENERATED_HEADERS.items():
        header = folder / STAND_INS.name / "include" / name
        header.parent.mkdir(parents=True, exist_ok=True)
        _write(header, text.encode())


def _cmake_folder() -> Path | None:
    """CCCL's CMake configuration. It looks for its headers in `../../include/cccl`, which is the toolkit's."""
    headers = cccl_dir()
    folder = headers.parent.parent / "cccl" / "lib" / "cmake" if headers else None
    return folder if folder and folder.is_dir() else None


def _link_all(folder: Path, wanted: dict[str, Path]) -> None:
    """Make the links `wanted` (names below `folder`, and what each points to) and remove the others."""
    for name, target in wanted.items():
        _link(folder / name, target)
    for old in folder.iterdir():
        if old.is_symlink() and old.name not in wanted:
            old.unlink(missing_ok=True)


def _tell_the_runtime(command: Path) -> None:
    """Programs load the runtime from where it was built; it looks for the compiler in `bin/` of the folders above it."""
    link = native_dir() / "bin" / command.name
    with contextlib.suppress(OSError):  # an installation that cannot be written has the command in its own `bin/`
        link.parent.mkdir(exist_ok=True)
        _link(link, command)


def _versions() -> dict[str, dict[str, str]]:
    """The components that there are. The headers of CCCL have the version of the wheel they come from."""
    names = {"cuda": "CUDA SDK", "cuda_cudart": "CUDA Runtime (cudart)", "cuda_cuobjdump": "cuobjdump", "cuda_nvcc": "CUDA NVCC",
             "cuda_nvdisasm": "CUDA nvdisasm", "cuda_nvprune": "CUDA nvprune", "cuda_nvrtc": "CUDA NVRTC"}
    versions = {key: {"name": name, "version": CUDA_VERSION} for key, name in names.items()}
    if cccl_dir() is not None:
        with contextlib.suppress(PackageNotFoundError):
            versions["cuda_cccl"] = {"name": "CUDA C++ Core Compute Libraries", "version": version("nvidia-cuda-cccl")}
    return versions


def import_folders() -> list[str]:
    """The folders that hold the package and what it imports."""
    import crosswarp

    folders = [str(Path(next(iter(crosswarp.__path__))).parent)]
    for name in _IMPORTED:
        spec = find_spec(name)
        location = next(iter(spec.submodule_search_locations), None) if spec and spec.submodule_search_locations else None
        if location:
            folders.append(str(Path(location).parent))
    return list(dict.fromkeys(folders))


def _write(path: Path, content: bytes, mode: int = 0o644) -> None:
    if path.is_file() and not path.is_symlink() and path.read_bytes() == content:
        return
    write_atomically(path, content, mode)


def _link(path: Path, target: Path) -> None:
    if path.is_symlink() and path.readlink() == target:
        return
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.symlink_to(target)
    temporary.replace(path)

"""pkg-config files with the names that NVIDIA's have: `cudart-12.9`, and `cudart` for those who ask for no version."""

from __future__ import annotations

from pathlib import Path

from crosswarp.driver.nvcc import CUDA_RELEASE, CUDA_VERSION

# Name, description, folder of the library below `lib64`, what linking statically needs besides.
_LIBRARIES = (("cudart", "CUDA Runtime Library", "", "-lrt -lpthread -ldl"), ("cuda", "CUDA Driver Library", "/stubs", ""),
              ("nvrtc", "Runtime compilation of CUDA C++", "", ""))


def pkg_config_files(root: Path) -> dict[str, str]:
    """File names and contents, for the toolkit in `root`."""
    files = {}
    for name, description, folder, private in _LIBRARIES:
        text = (f"cudaroot={_escaped(root)}\nlibdir=${{cudaroot}}/lib64{folder}\nincludedir=${{cudaroot}}/include\n\n"
                f"Name: {name}\nDescription: {description}\nVersion: {CUDA_VERSION}\n"
                f"Cflags: -I${{includedir}}\nLibs: -L${{libdir}} -l{name}\n" + (f"Libs.private: {private}\n" if private else ""))
        files[f"{name}.pc"] = files[f"{name}-{CUDA_RELEASE}.pc"] = text
    return files


def _escaped(path: Path) -> str:
    """Spaces and quotes as pkg-config wants them in a variable."""
    return "".join("\\" + letter if letter in " \t'\"\\" else letter for letter in str(path))

"""`crosswarp env`: what a shell must export so that builds find this toolkit, and programs its libraries."""

from __future__ import annotations

import ctypes.util
import os
import shlex
from pathlib import Path

SHELLS = ("sh", "fish", "csh")
_NAMES = {"fish": "fish", "csh": "csh", "tcsh": "csh", "sh": "sh", "bash": "sh", "dash": "sh", "zsh": "sh", "ksh": "sh"}


def exports(root: Path, shell: str) -> str:
    """Commands for one shell, to be evaluated: `eval "$(crosswarp env)"`. One line each; csh needs them on one."""
    lines = [_assignment(name, value, shell) for name, value in variables(root).items()]
    lines += [_prepend(name, folder, shell) for name, folder in folders(root).items()]
    return "; ".join(lines) + ";\n" if shell == "csh" else "\n".join(lines) + "\n"


def variables(root: Path) -> dict[str, str]:
    """Variables with a fixed value."""
    return {"CUDA_PATH": str(root), "CUDA_HOME": str(root), "CUDAToolkit_ROOT": str(root), "CUDACXX": str(root / "bin" / "nvcc")}


def folders(root: Path) -> dict[str, str]:
    """What goes before the values that variables have. The stubs hold a driver, for machines without NVIDIA's."""
    libraries = [str(root / "lib64")]
    if ctypes.util.find_library("cuda") is None:
        libraries.append(str(root / "lib64" / "stubs"))
    return {"PATH": str(root / "bin"), "LD_LIBRARY_PATH": ":".join(libraries),
            "PKG_CONFIG_PATH": str(root / "lib64" / "pkgconfig")}


def _quoted(text: str, shell: str) -> str:
    """One word. csh looks for `!` inside quotes, too."""
    quoted = shlex.quote(text)
    return quoted.replace("!", "'\\!'") if shell == "csh" else quoted


def _assignment(name: str, value: str, shell: str) -> str:
    quoted = _quoted(value, shell)
    return {"sh": f"export {name}={quoted}", "fish": f"set -gx {name} {quoted}", "csh": f"setenv {name} {quoted}"}[shell]


def _prepend(name: str, value: str, shell: str) -> str:
    quoted = _quoted(value, shell)
    if shell == "fish":  # where the names of such variables end in PATH, they are lists
        return f"set -gx {name} {' '.join(_quoted(part, shell) for part in value.split(':'))} ${name}"
    if shell == "csh":
        rest = f'":${{{name}}}"' if os.environ.get(name) else ""
        return f"setenv {name} {quoted}{rest}"
    return f'export {name}={quoted}"${{{name}:+:${name}}}"'


def current_shell() -> str:
    """The shell that asks, which is the parent process, else the user's, from `SHELL`."""
    try:
        parent = Path(f"/proc/{os.getppid()}/comm").read_text().strip()
    except OSError:
        parent = ""
    return _NAMES.get(parent) or _NAMES.get(Path(os.environ.get("SHELL", "sh")).name, "sh")

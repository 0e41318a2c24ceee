"""`crosswarp env`: what a shell must export so that builds find this toolkit."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

SHELLS = ("sh", "fish", "csh")


def exports(root: Path, shell: str) -> str:
    """Commands for one shell, to be evaluated: `eval "$(crosswarp env)"`."""
    lines = []
    for name, value in variables(root).items():
        quoted = shlex.quote(value)
        lines.append({"sh": f"export {name}={quoted}", "fish": f"set -gx {name} {quoted}", "csh": f"setenv {name} {quoted}"}[shell])
    prepend = {"PATH": root / "bin", "LD_LIBRARY_PATH": root / "lib64"}
    for name, folder in prepend.items():
        lines.append(_prepend(name, str(folder), shell))
    return "\n".join(lines) + "\n"


def variables(root: Path) -> dict[str, str]:
    """Variables with a fixed value."""
    return {"CUDA_PATH": str(root), "CUDA_HOME": str(root), "CUDAToolkit_ROOT": str(root), "CUDACXX": str(root / "bin" / "nvcc")}


def _prepend(name: str, folder: str, shell: str) -> str:
    quoted = shlex.quote(folder)
    if shell == "fish":
        return f"set -gx {name} {quoted} ${name}"
    if shell == "csh":
        rest = f'":${{{name}}}"' if os.environ.get(name) else ""
        return f"setenv {name} {quoted}{rest}"
    return f'export {name}={quoted}"${{{name}:+:${name}}}"'


def current_shell() -> str:
    """The user's shell, from `SHELL`."""
    name = Path(os.environ.get("SHELL", "sh")).name
    return "fish" if name == "fish" else "csh" if name in ("csh", "tcsh") else "sh"

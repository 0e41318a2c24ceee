"""nvcc's `#$ ` lines: the environment and the steps, as `-v` and `-dryrun` print them on stderr.

Build systems read them: CMake takes the toolkit's folders from `TOP=`, `NVVMIR_LIBRARY_DIR=`, `INCLUDES=` and `LIBRARIES=`, the
host linker from the line that contains the LIBRARIES text, and the default architecture from `-arch compute_NN`.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from crosswarp.driver.host_link import library_words
from crosswarp.support.paths import cccl_dir, include_dir

# Programs that the steps start need PATH. A line `export PATH` alone would be a program's name to sccache, this is an assignment.
_EXPORT = "PATH_IS_FOR_STEPS= export PATH"
_PLAIN = re.compile(r"[\w@%+=:,./-]+")


def quoted(words: Sequence[str]) -> str:
    """Words as one line for a shell; `-L` and `-I` words always in double quotes, as nvcc prints them."""
    return " ".join(word if _PLAIN.fullmatch(word) and word[:2] not in ("-L", "-I") else _double_quoted(word) for word in words)


def _double_quoted(word: str) -> str:
    return '"' + re.sub(r'([\\"$`])', r"\\\1", word) + '"'


def environment_lines(toolkit: Path | None) -> list[str]:
    """The assignments that nvcc prints before its steps."""
    top = toolkit or include_dir().parent
    include = top / "include"
    # One word each, so that a shell takes the lines; nvcc prints two for LIBRARIES, which CMake would take as well.
    lines = [f"TOP={top}", f"NVVMIR_LIBRARY_DIR={top}/nvvm/libdevice", f"PATH={_search_path(top)}",
             f"INCLUDES={quoted([f'-I{include}'])}  ", f"SYSTEM_INCLUDES={_cccl_word()}  ",
             f"LIBRARIES={quoted(library_words(toolkit)[-1:])}", "CUDAFE_FLAGS=", "PTXAS_FLAGS=", _EXPORT]
    given = [f"{name}={_double_quoted(os.environ[name])}" for name in ("NVCC_PREPEND_FLAGS", "NVCC_APPEND_FLAGS")
             if os.environ.get(name)]
    return given + lines


def _search_path(top: Path) -> str:
    """Not in quotes, which CMake would take for a part of the first folder's name."""
    return re.sub(r"([^\w@%+=:,./-])", r"\\\1", f"{top}/bin:{os.environ.get('PATH', os.defpath)}")


def _cccl_word() -> str:
    folder = cccl_dir()
    return _double_quoted(f"-isystem{folder}") if folder else ""


def show(lines: Sequence[str]) -> None:
    """Print lines with nvcc's mark."""
    for line in lines:
        print(f"#$ {line}", file=sys.stderr)
    sys.stderr.flush()

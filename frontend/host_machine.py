"""What `-Xcompiler` words for the host's code mean for the device pass, which lays types out as the host pass does.

nvcc runs the host preprocessor for device code too, so `-Xcompiler -DX`, `-fopenmp` and `-mavx2` are visible there: a library that
aligns its vectors under `__AVX__` must align them the same way on both sides.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from crosswarp.frontend import prefix_maps
from crosswarp.frontend.host_flags import clang_words
from crosswarp.frontend.host_toolchain import HOST_TRIPLE
from crosswarp.support.toolchain import clang_command, run_tool

_PREPROCESSOR = ("-D", "-U", "-I", "-isystem", "-include", "-iquote")
_MACROS = {"-fopenmp": "-D_OPENMP=201511", "-pthread": "-D_REENTRANT"}
# Each of them changes types, in the spelling of `-cc1`.
_LAYOUT = {"-funsigned-char": "-fno-signed-char", "-fno-signed-char": "-fno-signed-char", "-fshort-enums": "-fshort-enums",
           "-fpack-struct": "-fpack-struct=1", "-fms-extensions": "-fms-extensions", "-fno-char8_t": "-fno-char8_t",
           "-fchar8_t": "-fchar8_t", "-fno-sized-deallocation": "-fno-sized-deallocation"}


def device_words(host_flags: Sequence[str]) -> list[str]:
    """`-cc1` words of the device pass for the host's words: macros, include folders, layout, the host's instruction sets."""
    kept: list[str] = []
    words = iter(host_flags)
    for word in words:
        if word in _PREPROCESSOR:
            kept += [word, next(words, "")]
        elif word.startswith(("-D", "-U", "-I", "-isystem", "-iquote", "-fpack-struct=")):
            kept.append(word)
        elif word in _MACROS:
            kept.append(_MACROS[word])
        elif word in _LAYOUT:
            kept.append(_LAYOUT[word])
        else:
            kept += prefix_maps.cc1_words(word)
    machine = tuple(word for word in clang_words(host_flags) if word.startswith("-m") and word != "-mllvm")
    return [*kept, *(_auxiliary(machine) if machine else ())]


@cache
def _auxiliary(machine: tuple[str, ...]) -> tuple[str, ...]:
    """`-aux-target-cpu` and `-aux-target-feature`, which make the macros: clang's driver knows what the words stand for."""
    command = clang_command(f"--target={HOST_TRIPLE}", "-###", "-x", "cuda", "--cuda-device-only", "-nocudainc", "-nocudalib",
                            "--cuda-gpu-arch=sm_80", *machine, "-fsyntax-only", "/dev/null")
    shown = run_tool(command).stderr.decode()
    line = next((text for text in shown.splitlines() if '"-cc1"' in text), "")
    words = shlex.split(line)
    return tuple(part for pair in pairwise(words) if pair[0] in ("-aux-target-cpu", "-aux-target-feature") for part in pair)

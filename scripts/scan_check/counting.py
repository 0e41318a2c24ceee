"""How often a tree writes each name of CUDA's, by clang's own lexer and none of the scanner's code.

Counted are names that can hardly be anything else: `cudaMalloc`, `cublasSgemm`, `CUDA_R_32F`, `threadIdx`, `__syncthreads`.
Comments,
literals, what stands in `#if 0`, the name of a `#define` and included files do not count.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

CUDA_NAME = re.compile(
    r"cuda[A-Z]\w*|cu[A-Z][a-z]\w*|CU[a-z]\w+|(?:CU|CUDA|CUBLAS|CUBLASLT|CUDNN|CUFFT|CURAND|CUSPARSE|CUSOLVER|NVRTC|NVML|NPP)_[A-Z]\w*"
    r"|(?:cublas|cufft|curand|cusparse|cusolver|cudnn|nvrtc|nvml|nccl)[A-Z]\w*"
    r"|threadIdx|blockIdx|blockDim|gridDim|warpSize|dim3|__syncthreads|__global__|__device__|__shared__|__constant__"
    r"|__shfl\w*_sync|__ballot_sync|__syncwarp|atomic[A-Z]\w*"
)
SUFFIXES = frozenset([".cu", ".cuh", ".c", ".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp", ".hxx", ".inl"])


def names_in(path: Path) -> Counter[str]:
    """Names of one file, how often it writes each."""
    tokens = [token for token in _tokens(path) if token.kind.name != "COMMENT"]
    left_out = _never_compiled([(token.spelling, token.location.line) for token in tokens])
    defined = _defined_or_included(tokens)
    return Counter(
        token.spelling
        for at, token in enumerate(tokens)
        if CUDA_NAME.fullmatch(token.spelling)
        and at not in defined
        and not any(first <= token.location.line <= last for first, last in left_out)
    )


def _defined_or_included(tokens: list[Any]) -> set[int]:
    """Which tokens stand as the name in `#define NAME`, or anywhere in `#include <cuda_runtime.h>`."""
    found = set[int]()
    for at, token in enumerate(tokens[:-2]):
        if token.spelling == "#" and tokens[at + 1].spelling in {"define", "undef"}:
            found.add(at + 2)
        elif token.spelling == "#" and tokens[at + 1].spelling == "include":
            same_line = itertools.takewhile(partial(_on_line, token.location.line), enumerate(tokens[at:], at))
            found |= {index for index, _ in same_line}
    return found


def _on_line(line: int, numbered: tuple[int, Any]) -> bool:
    return bool(numbered[1].location.line == line)


def _tokens(path: Path) -> list[Any]:
    from clang import cindex

    # Lexed from memory, in no folder: whatever it includes is not found, hence not read.
    text = path.read_bytes().decode("latin-1").encode("ascii", "replace").decode()
    words = ["-x", "c++", "-nostdinc", "-w", "-ferror-limit=0"]
    unit = cindex.Index.create().parse("read.cpp", words, [("read.cpp", text)], cindex.TranslationUnit.PARSE_SKIP_FUNCTION_BODIES)
    return list(unit.get_tokens(extent=unit.cursor.extent))


def _never_compiled(tokens: list[tuple[str, int]]) -> list[tuple[int, int]]:
    """First and last line of each `#if 0`, up to its `#else` or `#endif`."""
    found, opened = list[tuple[int, int]](), list[int]()  # where each open condition's text is left out from; 0: it is not
    for at, (text, line) in enumerate(tokens):
        word = tokens[at + 1][0] if text == "#" and at + 1 < len(tokens) else ""
        if word in {"if", "ifdef", "ifndef"}:
            opened.append(line if word == "if" and _is_zero(tokens, at + 2, line) else 0)
        elif word in {"else", "elif", "endif"} and opened:
            if begin := opened.pop():
                found.append((begin, line))
            if word != "endif":
                opened.append(0)
    return found


def _is_zero(tokens: list[tuple[str, int]], at: int, line: int) -> bool:
    ends = at + 1 >= len(tokens) or tokens[at + 1][1] != line
    return at < len(tokens) and tokens[at] == ("0", line) and ends

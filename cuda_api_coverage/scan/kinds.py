"""What a file is, by its name; files of unknown names by their beginning."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path


class FileKind(Enum):
    """How a file is read."""

    SOURCE = "C, C++ or CUDA"
    PTX = "PTX"
    CMAKE = "CMake"
    MAKE = "make"
    PYTHON = "setup.py"
    UNKNOWN = "unknown"  # read only where its beginning looks like CUDA
    OTHER = "no source"


_CUDA = ".cu .cuh .cuf"
_C = ".c .cc .cpp .cxx .c++ .h .hh .hpp .hxx .h++ .inl .inc .ipp .tpp .txx .tcc .ixx .cppm .ii .cui"
_OTHER = """.md .rst .txt .html .htm .css .js .ts .json .yml .yaml .toml .xml .svg .py .ipynb .pl .rb .sh .bat .ps1 .java .go .rs
    .jl .m .f .f90 .f95 .cl .hip .metal .comp .glsl .hlsl .vert .frag .csv .tsv .dat .bin .png .jpg .jpeg .gif .bmp .ppm .pgm .pdf
    .ps .eps .zip .gz .bz2 .xz .zst .tar .7z .o .a .so .dll .lib .exe .pyc .npy .npz .pt .onnx .gguf .wav .mp4 .ttf .log .patch
    .diff .po .sln .vcxproj .filters .cfg .ini .lock .tex .bib .s .asm .ll .bc .tif .tiff .mtx .graph .obj .stl .ply .vtk .doc
    .docx .ac .am .m4"""
_TEMPLATES = ".in .tmpl .template .j2 .jinja .jinja2"
_CUDA_SUFFIXES = frozenset(_CUDA.split())
_BY_SUFFIX = {
    **dict.fromkeys(_OTHER.split(), FileKind.OTHER),
    **dict.fromkeys([*_C.split(), *_CUDA.split()], FileKind.SOURCE),
    **dict.fromkeys((".mk", ".mak"), FileKind.MAKE),
    ".ptx": FileKind.PTX,
    ".cmake": FileKind.CMAKE,
}
_BY_NAME = {
    **dict.fromkeys(("Makefile", "makefile", "GNUmakefile", "Makefile.am", "Makefile.in"), FileKind.MAKE),
    "CMakeLists.txt": FileKind.CMAKE,
    "setup.py": FileKind.PYTHON,
}
_LOOKS_LIKE_CUDA = re.compile(
    rb'\b__global__\s+\w|\b__device__\s+\w|#[ \t]*include[ \t]*[<"](?:cuda|cub/|thrust/|cooperative_groups)|\bcuda[A-Z]\w+\s*\('
)
SNIFFED_BYTES = 1 << 16


def kind_of(name: str) -> FileKind:
    """What a file's name says; that of a template, `kernel.cu.in`, without its last suffix."""
    if name in _BY_NAME:
        return _BY_NAME[name]
    path = Path(name)
    suffix = path.suffix.lower()
    if suffix in _TEMPLATES.split():
        inner = kind_of(path.stem)
        return inner if inner not in {FileKind.OTHER, FileKind.PYTHON} else FileKind.UNKNOWN
    return _BY_SUFFIX.get(suffix, FileKind.UNKNOWN)


def is_cuda(name: str) -> bool:
    """Whether nvcc would take a file for CUDA, or a project calls it a CUDA header."""
    return any(Path(part).suffix.lower() in _CUDA_SUFFIXES for part in (name, Path(name).stem))


def looks_like_cuda(beginning: bytes) -> bool:
    """Whether text holds what only CUDA sources hold."""
    return b"\0" not in beginning and _LOOKS_LIKE_CUDA.search(beginning) is not None

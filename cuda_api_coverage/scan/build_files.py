"""What files for CMake, make and setuptools say of CUDA: its libraries, and the options they give nvcc.

They are not run: words are taken where they stand, on lines and in variables that are nvcc's by their names. Macros that they
define are the project's own.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from crosswarp.cuda_api_coverage.catalogue.options import lookup_option
from crosswarp.cuda_api_coverage.scan.candidates import Collected
from crosswarp.cuda_api_coverage.scan.model import Problem
from crosswarp.cuda_api_coverage.scan.names import Names
from crosswarp.cuda_api_coverage.scan.tokens import Lexed

_CMAKE_COMMENT = re.compile(r'#\[(=*)\[.*?\]\1\]|#[^\n]*|"(?:[^"\\]|\\.)*"', re.S)
_CMAKE_COMMAND = re.compile(r'(?m)^[ \t]*(\w+)[ \t]*\(((?:[^()"]|"(?:[^"\\]|\\.)*"|\((?:[^()]|\([^()]*\))*\))*)\)', re.S)
_CMAKE_FOR_NVCC = re.compile(r"\b(?:CMAKE_CUDA_FLAGS|CUDA_NVCC_FLAGS|NVCC_?FLAGS)\w*|COMPILE_LANGUAGE:CUDA\b|\bCUDA_\w*FLAGS\b")
_CMAKE_LIBRARY = re.compile(
    r"\bCUDA::(?P<target>\w+)|\$\{CUDA_(?P<variable>\w+?)_LIBRAR(?:Y|IES)\}|\bcuda_add_(?P<command>cublas|cufft)_to_target", re.I
)
_MAKE_COMMENT = re.compile(r"(?m)(?:^|(?<=[ \t]))#[^\n]*")
_MAKE_FOR_NVCC = re.compile(r"(?:NV|CU(?:DA)?)\w*(?:FLAGS|OPTS?|OPTIONS|ARGS)|GENCODE\w*|(?:SM|ARCH)_?FLAGS|ALL_CCFLAGS", re.I)
_MAKE_LINE = re.compile(r"[^\n\\]*(?:\\.[^\n\\]*)*", re.S)
_NVCC = re.compile(r"(?:^|[/\s@(${-])nvcc\b", re.I)
_LINKED = re.compile(r"(?<![\w-])-l(?P<name>[\w-]+)")
_OPTION = re.compile(r"""(?<![\w$({=.,/+-])--?[A-Za-z][\w-]*(?:=[^\s"'<>()$;,]*)?""")
_PASSED_ON = re.compile(r"(?<![\w-])(?:-X\w+|--\w+-options)[= ]?(?:\"[^\"]*\"|'[^']*'|\S+)")
_DEFINED = re.compile(r"(?<![\w-])-D ?(\w+)")
_CMAKE_DEFINES = re.compile(r"(?:target|add)_compile_definitions", re.I)
_TARGETS = {"cuda_driver": "cuda", "nvml": "nvidia-ml"}


def read_cmake(lexed: Lexed, names: Names, out: Collected) -> None:
    """`CUDA::cublas`, `${CUDA_cublas_LIBRARY}`, and words of nvcc in commands that set its options."""
    text = _CMAKE_COMMENT.sub(lambda found: found[0] if found[0][0] == '"' else " " * len(found[0]), lexed.text)
    for found in _CMAKE_LIBRARY.finditer(text):
        name = found["target"] or (found["variable"] or found["command"]).lower()
        _library(name, found.start(), names, out, unknown=bool(found["target"]))
    for command in _CMAKE_COMMAND.finditer(text):
        if _CMAKE_FOR_NVCC.search(command[2]):
            _options(command[2], command.start(2), out)
        _linked(command[2], command.start(2), names, out)
        if _CMAKE_DEFINES.fullmatch(command[1]):
            out.declared.update(re.findall(r"\w+", command[2]))
    out.declared.update(_DEFINED.findall(text))


def read_make(lexed: Lexed, names: Names, out: Collected) -> None:
    """`-lcublas` anywhere, options where nvcc is called and in variables that are called after it."""
    text = _MAKE_COMMENT.sub(lambda found: " " * len(found[0]), lexed.text)
    for line in _MAKE_LINE.finditer(text):
        variable, assigned, _ = line[0].partition("=")
        if _NVCC.search(line[0]) or (assigned and _MAKE_FOR_NVCC.fullmatch(variable.strip(" \t:+?"))):
            _options(line[0], line.start(), out)
        _linked(line[0], line.start(), names, out)
    out.declared.update(_DEFINED.findall(text))


def read_setup(lexed: Lexed, names: Names, out: Collected) -> None:
    """Lists that are nvcc's: `{"nvcc": ["-O3"]}`, `nvcc_flags = [...]`, and `libraries`."""
    try:
        tree = ast.parse(lexed.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:  # the last: too many brackets
        lexed.problems.append(Problem("does not parse", str(error)))
        return
    starts = [0, *(found.end() for found in re.finditer("\n", lexed.text))]
    for what, word, line, column in _setup_words(tree):
        at = starts[line - 1] + column
        if what == "libraries":
            _library(word, at, names, out)
        elif what == "nvcc":
            _option(word, at, out)


def _library(word: str, at: int, names: Names, out: Collected, unknown: bool = False) -> None:
    plain = _TARGETS.get(word, word)
    for name in (plain, re.sub(r"(?:_static)?(?:_deps|_nocallback|_lto)?$", "", plain)):
        if keys := names.libraries.get(name):
            out.add(at, name, keys)
            return
    if unknown and plain != "toolkit":
        out.add(at, f"CUDA::{word}", ())


def _linked(text: str, at: int, names: Names, out: Collected) -> None:
    for found in _LINKED.finditer(text):
        _library(found["name"], at + found.start(), names, out)


def _options(text: str, at: int, out: Collected) -> None:
    """What is passed on to other programs is theirs; the option that passes it on is nvcc's."""
    own = _PASSED_ON.sub(lambda found: re.match(r"[\w-]*", found[0])[0].ljust(len(found[0])), text)  # type: ignore[index]
    for found in _OPTION.finditer(own):
        _option(found[0], at + found.start(), out)


def _option(word: str, at: int, out: Collected) -> None:
    entry = lookup_option(word)
    if entry is not None:
        out.add(at, entry.name, (entry.key,))
    elif word.startswith("--"):
        out.add(at, word.partition("=")[0], ())


def _setup_words(tree: ast.AST) -> Iterator[tuple[str, str, int, int]]:
    """What a word is for, the word, and its line and column."""
    for node in ast.walk(tree):
        pairs = list[tuple[str, ast.AST]]()
        if isinstance(node, ast.Dict):
            pairs = [(_text(key), value) for key, value in zip(node.keys, node.values, strict=True)]
        elif isinstance(node, ast.keyword):
            pairs = [(node.arg or "", node.value)]
        elif isinstance(node, ast.Assign):
            pairs = [(target.id, node.value) for target in node.targets if isinstance(target, ast.Name)]
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            pairs = [(node.target.id, node.value)]
        for name, value in pairs:
            what = "nvcc" if "nvcc" in name.lower() else name
            yield from ((what, text, line, column) for text, line, column in _texts(value))


def _text(node: ast.AST | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _texts(node: ast.AST) -> Iterator[tuple[str, int, int]]:
    items = node.elts if isinstance(node, ast.List | ast.Tuple) else []
    return ((text, item.lineno, item.col_offset) for item in items if (text := _text(item)))

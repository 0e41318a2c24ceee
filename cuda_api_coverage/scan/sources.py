"""What one file may use, whatever it is written in."""

from __future__ import annotations

import re
from pathlib import Path

from crosswarp.cuda_api_coverage.scan.assembly import instructions
from crosswarp.cuda_api_coverage.scan.build_files import read_cmake, read_make, read_setup
from crosswarp.cuda_api_coverage.scan.candidates import Candidate, Collected, Need, Reading
from crosswarp.cuda_api_coverage.scan.directives import Macro, Parts, split
from crosswarp.cuda_api_coverage.scan.kinds import FileKind, is_cuda
from crosswarp.cuda_api_coverage.scan.model import Method, ScanOptions
from crosswarp.cuda_api_coverage.scan.names import LOOKS_LIKE_CUDA, Names, instruction_keys
from crosswarp.cuda_api_coverage.scan.program import Program, relevant_words
from crosswarp.cuda_api_coverage.scan.reading import Text, read
from crosswarp.cuda_api_coverage.scan.tokens import Lexed, Token, lex, lines_of

_CUDA_HEADER = re.compile(
    r"""(?:cub|thrust|cuda|cooperative_groups|crt)/.*
  | (?:cuda|cu(?:blas|fft|rand|sparse|solver|dnn|tensor|file|pti)|nv(?:rtc|ml|jpeg|ToolsExt)|npp|nccl|cooperative_groups
      |device_launch_parameters|vector_types|sm_\d\d_|mma\.h).*""",
    re.X,
)
_DEVICE = frozenset(("__device__", "__global__"))
_SHORT = 12
"""Tokens of a macro that only stands for specifiers."""


def read_file(path: Path, kind: FileKind, names: Names, options: ScanOptions) -> Reading:
    """Read one file. Never raises for what is in it."""
    content = read(path, options.limit)
    if kind is FileKind.SOURCE:
        return _source(path, content, names)
    lexed, out = Lexed(content.text), Collected(is_cuda=True)
    _READERS[kind](lexed, names, out)
    return _reading(path, content, lexed, out, ())


def _read_ptx(lexed: Lexed, _: Names, out: Collected) -> None:
    for opcode, at in instructions(lexed.text):
        out.add(at, opcode, instruction_keys(opcode))


_READERS = {FileKind.PTX: _read_ptx, FileKind.CMAKE: read_cmake, FileKind.MAKE: read_make, FileKind.PYTHON: read_setup}


def _source(path: Path, content: Text, names: Names) -> Reading:
    lexed = lex(content.text)
    parts = split(lexed)
    out = Collected(is_cuda=is_cuda(path.name))
    _includes(parts, names, out)
    _pragmas(parts, names, out)
    for macro in parts.macros:
        _macro_itself(macro, out)
    relevant = relevant_words(lexed.tokens, names)
    program = Program(parts.program, names, out, parts.host_only)
    program.read(relevant)
    for macro in parts.macros:
        Program(macro.body, names, out, in_macro=True, aliases=program.qualified.aliases).read(relevant)
    for condition in parts.conditions:
        _condition(condition, names, out)
    lexed.problems = [problem for problem in lexed.problems if not _is_left_out(problem.line, parts, lexed)]
    return _reading(path, content, lexed, out, tuple(name for name, _ in parts.includes))


def _is_left_out(line: int, parts: Parts, lexed: Lexed) -> bool:
    return any(lexed.place(begin)[0] < line < lexed.place(end)[0] for begin, end in parts.left_out)


def _reading(path: Path, content: Text, lexed: Lexed, out: Collected, includes: tuple[str, ...]) -> Reading:
    """Places become lines and columns, in the order of the file."""
    places = sorted(place for place in out.found if out.is_cuda or not place.if_cuda)
    found = tuple(
        Candidate(place.name, place.keys, *lexed.place(place.at), place.need, place.markers, place.length)
        for place in places
    )
    return Reading(
        path, Method.TOKENS, lines_of(content.text), found, (*content.problems, *lexed.problems), frozenset(out.declared),
        frozenset(out.visible), frozenset(out.device_macros), frozenset(out.namespaces), includes,
    )


def _includes(parts: Parts, names: Names, out: Collected) -> None:
    for header, at in parts.includes:
        if keys := names.headers.get(header):
            out.add(at, header, keys)
        elif _CUDA_HEADER.fullmatch(header):
            out.is_cuda = True
            out.add(at, header, (), Need.NO_FILE)


def _pragmas(parts: Parts, names: Names, out: Collected) -> None:
    for words, at in parts.pragmas:
        for known in (f"pragma {words}", f"pragma {words.split()[0]}"):
            if keys := names.features.get(known):
                out.add_if_cuda(at, known, keys)
                break


def _macro_itself(macro: Macro, out: Collected) -> None:
    """Its name is declared, also where it is CUDA's: the program's own `min` takes the place of CUDA's."""
    out.declared.add(macro.name)
    out.visible.add(macro.name)
    words = {token for token, _ in macro.body[:_SHORT]}
    if len(macro.body) <= _SHORT and not words.isdisjoint(_DEVICE | out.device_macros):
        out.device_macros.add(macro.name)
    if macro.body and macro.body[0] == ("(", macro.at + len(macro.name)):
        for token, _ in macro.body[1 : _closing(macro.body)]:
            if LOOKS_LIKE_CUDA.fullmatch(token):
                out.declared.add(token)


def _closing(body: list[Token]) -> int:
    return next((index for index, (token, _) in enumerate(body) if token == ")"), len(body))


def _condition(tokens: list[Token], names: Names, out: Collected) -> None:
    """Unknown words are a project's switches."""
    for token, at in tokens:
        if (keys := names.words.get(token)) and token not in names.generic:
            out.add_if_cuda(at, token, keys)

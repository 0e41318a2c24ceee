"""PTX inside of programs: the instructions of `asm` statements and of PTX files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crosswarp.cuda_api_coverage.scan.brackets import is_name, text_at
from crosswarp.cuda_api_coverage.scan.tokens import Token

_MODIFIERS = frozenset(("volatile", "__volatile__", "__volatile", "goto", "inline", "__inline__"))
_RAW = re.compile(r'(?:u8|[uUL])?R"([^(]*)\((.*)\)\1"', re.S)
_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "'": "'", "r": "\r", "v": "\v", "\n": ""}
_ESCAPE = re.compile(r"\\(.)", re.S)
_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.S)
# Braces, labels and a predicate may stand in front of the opcode.
_INSTRUCTION = re.compile(r"(?:[\s{}]|[%$\w=]+[ \t]*:(?!:))*(?:@!?[%$\w]+\s+)?([a-z]\w*(?:(?:\.|::)[\w:]+)*)(?=\s|$)")
_HOLE = "\0"


def inline_instructions(tokens: list[Token], index: int) -> Iterator[Token]:
    """The opcodes with modifiers of the `asm` statement at `index`, each where its literal begins or the line of a raw one."""
    at = index + 1
    while text_at(tokens, at) in _MODIFIERS:
        at += 1
    if text_at(tokens, at) != "(":
        return
    text, places = _template(tokens, at + 1)
    for opcode, offset in instructions(text):
        begin = max(place for place in places if place <= offset)
        yield opcode, places[begin]


def _template(tokens: list[Token], at: int) -> tuple[str, dict[int, int]]:
    """The text of adjacent literals, and which offset in it is which in the file. Names between them are holes."""
    text, places = "", dict[int, int]()
    while at < len(tokens):
        token, offset = tokens[at]
        if '"' in token:
            places[len(text)] = offset
            text += literal_text(token)
        elif is_name(token):
            places[len(text)] = offset
            text += _HOLE
        else:
            break
        at += 1
    return text, places


def literal_text(token: str) -> str:
    """What a string literal stands for."""
    if raw := _RAW.fullmatch(token):
        return raw[2]
    return _ESCAPE.sub(lambda escape: _ESCAPES.get(escape[1], escape[0]), token[1:-1])


def instructions(text: str) -> Iterator[Token]:
    """The instructions of a text of PTX and their offsets; directives are left out, and what has a hole in its opcode."""
    blank = _COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)
    begin = 0
    for end in [*(match.start() for match in re.finditer(";", blank)), len(blank)]:
        if found := _INSTRUCTION.match(blank, begin, end):
            yield found[1], found.start(1)
        begin = end + 1

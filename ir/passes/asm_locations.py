r"""Where in the user's source a place in the text of an asm statement is written: for diagnostics.

    asm("add.u32 %0, %0, 1;\n\t"
        "foo.u32 %0;" : ...)

Line 2, column 2 of this text is the `f` in the source's second line.
"""

from __future__ import annotations

import re
from pathlib import Path

from crosswarp.ir.instructions import Instruction
from crosswarp.ir.module import Module
from crosswarp.ir.passes.locations import location_of, node_text
from crosswarp.support.diagnostics import Location

_IN_MACRO = 1 << 31  # in clang's numbers
_NUMBER = re.compile(r"i64 (\d+)")
# One character of the text: an escape of C++, an escape of asm templates, or itself. Between two literals there is none.
_CHARACTER = re.compile(rb'(?:"\s*")*((?:\\(?:x[0-9a-fA-F]+|[0-7]{1,3}|.))|%[%{}|=]|[^"])', re.S)


def location_of_asm(module: Module, call: Instruction, line: int, column: int) -> Location | None:
    """The place of a line and column (from 1) of the text; the statement's where that is not known, as within macros.

    `!srcloc` has clang's number for the beginning of each line of the text. Numbers of one file differ by bytes, and the first one
    is that of the text's opening quote.
    """
    statement = location_of(module, call)
    numbers = [int(n) for n in _NUMBER.findall(node_text(module, call.metadata.get("srcloc")) or "")]
    if statement is None or line > len(numbers) or any(n & _IN_MACRO for n in numbers):
        return statement
    try:
        text = Path(statement.file).read_bytes()
    except OSError:
        return statement
    lines = text.split(b"\n")
    opening = text.find(b'"', sum(len(one) + 1 for one in lines[: statement.line - 1]) + max(statement.column, 1) - 1)
    if opening < 0:
        return statement
    if text[opening - 1 : opening] == b"R":  # clang forgets the delimiter
        return Location(statement.file, text[:opening].count(b"\n") + line, column if line > 1 else 0)
    beginning = opening + (numbers[line - 1] - numbers[0] if line > 1 else 1)
    before = text[: _after(text, beginning, column)]
    return Location(statement.file, before.count(b"\n") + 1, len(before) - before.rfind(b"\n"))


def _after(text: bytes, beginning: int, column: int) -> int:
    """Where the character at a column (from 1) is, counted from a place within a literal."""
    at = start = beginning
    for _ in range(column):
        found = _CHARACTER.match(text, at)
        if found is None:
            return beginning
        start, at = found.span(1)
    return start

"""C++ source text as the tokens that matter for finding names: comments, numbers and character literals are left out.

One regular expression goes over the text. It follows the rules of translation where names depend on them: a backslash at a line's
end joins lines, also within a name; a raw string ends at its own delimiter; a comment may span lines. What has no end is reported,
and reading goes on behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from crosswarp.cuda_api_coverage.scan.model import Problem

Token = tuple[str, int]
"""Its text, as written, and where it begins in the file's text. String literals keep their quotes."""

_JOIN = r"(?:\\[ \t]*\n)"
_NAME = rf"[^\W\d]\w*+(?:{_JOIN}++\w++)*+"
_LEFT_OUT = rf"""(?:
    [^\w"'/#<:.\-(){{}};=*&,\[\]>~%!+^|?\\]++     # blanks and what never stands beside a name of interest
  | /{_JOIN}*+/[^\\\n]*+(?:\\[ \t]*\n?[^\\\n]*+)*+         # a comment goes on behind a backslash at the line's end
  | /{_JOIN}*+\*.*?\*{_JOIN}*+/
  | '(?:[^'\\\n]++|{_JOIN}|\\.)*+'
  | \d(?:[eEpP][+-]|'(?=\w)|[\w.])*+              # 1'000'000 and 0x1.8p-3f
  | \\
)*+"""
_TOKEN = rf"""
    (?P<raw>(?:u8|[uUL])?R"(?P<mark>[^ ()\\\t\v\f\n]{{0,16}})\((?:.*?\)(?P=mark)"|(?P<endless>.*)))
  | {_NAME}
  | "(?:[^"\\\n]++|{_JOIN}|\\.)*+"
  | (?P<open>["'][^\n]*+)                          # a literal that the line's end cuts off
  | (?P<comment>/{_JOIN}*+\*)                      # a comment without end
  | \#[ \t]*+(?:include|include_next|import)\b[ \t]*+(?:<[^>\n]*+>|"[^"\n]*+")
  | \#[ \t]*+(?:error|warning)\b[^\\\n]*+(?:\\[ \t]*\n?[^\\\n]*+)*+   # free text
  | \Z                                              # or the search would begin again within what was left out
  | <{{3,}} | <<[\ ]<                               # and how formatters of C++ break a launch
  | :: | -> | <% | %> | %: | [=!<>+\-*&|^]= | .
"""
_SCAN = re.compile(rf"{_LEFT_OUT}(?P<token>{_TOKEN})", re.X | re.S)
_WHOLE = _SCAN.groupindex["token"]
_JOINED = re.compile(_JOIN)
_SPELLED = {"<< <": "<<<", "<%": "{", "%>": "}", "%:": "#"}
_LINE_START = re.compile(r"(?:[^\S\n]|/\*[^\n]*?\*/)*")


@dataclass(slots=True)
class Lexed:
    """The tokens of a text in their order, and what was wrong with it. Offsets become lines and columns by `place`."""

    text: str
    tokens: list[Token] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        if not self.starts:
            self.starts = [0, *(match.end() for match in re.finditer("\n", self.text))]
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1


def lex(text: str) -> Lexed:
    """The tokens of a file whose lines end with newlines only."""
    result = Lexed(text)
    add = result.tokens.append
    for match in _SCAN.finditer(_comments_closed(result)):
        token, at = match[_WHOLE], match.start(_WHOLE)
        if '"' in token or token[:1] == "'":
            _add_literal(result, match)
        elif not token:
            break
        elif "\\" in token:
            add((_JOINED.sub("", token), at))
        else:
            add((_SPELLED.get(token, token), at))
    return result


def _comments_closed(result: Lexed) -> str:
    """The text without beginnings of comments behind the last end of one: looking for each one's end would take for ever.

    The first of them that is none of a literal or a line comment is told.
    """
    text = result.text
    last = text.rfind("*/") + 2 if "*/" in text else 0
    if "/*" not in text[max(last - 1, 0) :]:
        return text
    for match in _SCAN.finditer(text):
        if match["comment"] is not None:
            at = match.start("comment")
            result.problems.append(Problem("unterminated", "comment", result.place(at)[0]))
            return text[:at] + text[at:].replace("/*", "  ")
    return text


def _add_literal(result: Lexed, match: re.Match[str]) -> None:
    """A literal, or what looked like the beginning of a literal or comment and has no end."""
    at = match.start("token")
    if match["endless"] is not None:
        result.problems.append(Problem("unterminated", "raw string", result.place(at)[0]))
    elif match["open"] is not None:
        result.problems.append(Problem("unterminated", "literal", result.place(at)[0]))
    else:
        result.tokens.append((match["token"], at))


def at_line_start(text: str, offset: int, since: int) -> bool:
    """Whether only blanks and comments stand before a place on its line: a `#` there begins a directive. `since`: where the token
    in front of it ends, 0 where there is none.
    """
    newline = text.rfind("\n", since, offset)
    return (newline >= 0 or since == 0) and _LINE_START.fullmatch(text, newline + 1, offset) is not None


def lines_of(text: str) -> int:
    """How many lines a text has; a last one without newline counts."""
    return text.count("\n") + bool(text and not text.endswith("\n"))

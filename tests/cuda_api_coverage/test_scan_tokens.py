"""Tokens of C++ text, against a lexer that goes character by character."""

from __future__ import annotations

import pytest
from crosswarp.cuda_api_coverage.scan.tokens import lex
from hypothesis import given
from hypothesis import strategies as st


def words(text: str) -> list[str]:
    return [token for token, _ in lex(text).tokens if token[0].isalpha() or token[0] == "_"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a // b\nc", ["a", "c"]),
        ("a // b \\\n still b\nc", ["a", "c"]),
        ("a /* b\n b */ c", ["a", "c"]),
        ("a /\\\n/ b\nc", ["a", "c"]),
        ('a "b\\" b" c', ["a", "c"]),
        ("a 'b' '\\'' c", ["a", "c"]),
        ('R"(b)" c', ['R"(b)"', "c"]),
        ('R"x(b )" )x" c', ['R"x(b )" )x"', "c"]),
        ("1'000'000 0xabc 1e-5f 1.5e+x a", ["a"]),
        ("cuda\\\nMalloc", ["cudaMalloc"]),
        ("#error don't\na", ["a"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_places() -> None:
    lexed = lex("/* a\n */ b\n\tc\\\n  d")
    assert [lexed.place(at) for _, at in lexed.tokens] == [(2, 5), (3, 2), (4, 3)]


ENDLESS = [("/* a", "comment"), ('R"x( a )"', "raw string"), ('"a\nb', "literal"), ("'a\nb", "literal")]


@pytest.mark.parametrize(("text", "what"), ENDLESS)
def test_what_has_no_end_is_told(text: str, what: str) -> None:
    assert [(problem.what, problem.detail, problem.line) for problem in lex("\n" + text).problems] == [("unterminated", what, 2)]


def test_launches_and_shifts() -> None:
    tokens = [token for token, _ in lex("k<<<1, 2>>>(a << b);").tokens]
    assert tokens == ["k", "<<<", ",", ">", ">", ">", "(", "a", "<", "<", "b", ")", ";"]


def reference_words(text: str) -> list[str]:
    """Names outside of comments and literals, found one character at a time."""
    found, at = [], 0
    while at < len(text):
        if text.startswith("//", at):
            at = (text + "\n").index("\n", at)
        elif text.startswith("/*", at):
            at = text.index("*/", at + 2) + 2
        elif text.startswith('R"', at):
            mark = text[at + 2 : text.index("(", at)]
            at = text.index(f"){mark}" + '"', at) + len(mark) + 2
        elif text[at] in "\"'":
            quote, at = text[at], at + 1
            while text[at] != quote:
                at += 2 if text[at] == "\\" else 1
            at += 1
        elif text[at].isalpha() or text[at] == "_":
            end = at
            while end < len(text) and (text[end].isalnum() or text[end] == "_"):
                end += 1
            found.append(text[at:end])
            at = end
        else:
            at += 1
    return found


INSIDE = st.text(alphabet="ab \t/*()x", max_size=8)
PIECES = st.one_of(
    st.sampled_from(["cudaMalloc", "dim3", "_x", "R", "u8"]),
    st.sampled_from([" ", "\n", "(", ")", "<<<", "+", " / ", ";", "::", "#"]),
    INSIDE.map(lambda body: f"//{body}\n"),
    INSIDE.filter(lambda body: "*/" not in f"{body} " and body[:1] != "/" and body[-1:] != "*").map(lambda body: f"/*{body}*/"),
    INSIDE.map(lambda body: f' "{body}\\"" '),
    INSIDE.filter(len).map(lambda body: f" '{body}\\'' "),
    INSIDE.map(lambda body: f' R"x({body} " )x" '),
)


@given(st.lists(PIECES, max_size=12))
def test_random_text_against_the_reference(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert [word for word in words(text) if '"' not in word] == reference_words(text)


@given(st.lists(PIECES.filter(lambda piece: "R" not in piece), max_size=12), st.data())
def test_joined_lines_change_nothing(pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    at = data.draw(st.integers(0, len(text)))
    assert words(text[:at] + "\\\n" + text[at:]) == reference_words(text)


@given(st.text(alphabet=st.sampled_from("aR\"'\\/*\n #<(){}:=x1."), max_size=40))
def test_any_text_is_read_to_its_end(text: str) -> None:
    lexed = lex(text)
    offsets = [at for _, at in lexed.tokens]
    assert offsets == sorted(offsets)
    assert all(1 <= problem.line <= text.count("\n") + 1 for problem in lexed.problems)


def test_a_launch_as_formatters_break_it_is_a_launch():
    assert [text for text, _ in lex("k << <1, 2 >> > (); a << b < c;").tokens][:2] == ["k", "<<<"]

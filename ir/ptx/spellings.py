"""All spellings of a record's mnemonic, for tables and tests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from crosswarp.ir.ptx.form import Form

_TOKEN = re.compile(r"[\[\]()|]|[^\[\]()|]+")
_TYPE = re.compile(r"\.([TU])\b")


def spellings(form: Form) -> Iterator[str]:
    """Every mnemonic that the form spells, with all types."""
    tokens = _TOKEN.findall(form.template)
    choices, rest = _alternatives(tokens)
    assert not rest, f"a bracket too many in {form.template}"
    for one in choices:
        yield from _typed(one, form)


def _typed(mnemonic: str, form: Form) -> Iterator[str]:
    words = [form.types if w == "T" else form.others if w == "U" else (w,) for w in mnemonic.split(".")]
    for chosen in product(*words):
        yield ".".join(chosen)


def _alternatives(tokens: Sequence[str]) -> tuple[list[str], Sequence[str]]:
    """What the tokens up to a closing bracket spell, and the tokens from that bracket on."""
    done: list[str] = []
    present = [""]
    while tokens and tokens[0] not in "])":
        token, tokens = tokens[0], tokens[1:]
        if token == "|":
            done, present = done + present, [""]
            continue
        inside = [token]
        if token in "[(":
            inside, tokens = _alternatives(tokens)
            tokens = tokens[1:]
            inside = ["", *inside] if token == "[" else inside
        present = [left + right for left in present for right in inside]
    return done + present, tokens


def typed_template(form: Form) -> str:
    """The template with the types in place of `T` and `U`: records with one template and other types get names of their own.

    >>> from crosswarp.ir.ptx.records import find
    >>> [typed_template(form) for form, _ in find("add.u32")]
    ['add(.u16|.u32|.u64|.s16|.s32|.s64)']
    """
    words = {"T": form.types, "U": form.others}
    return _TYPE.sub(lambda found: _choice(words[found[1]]), form.template)


def _choice(types: Sequence[str]) -> str:
    return f"(.{'|.'.join(types)})" if len(types) > 1 else f".{types[0]}"

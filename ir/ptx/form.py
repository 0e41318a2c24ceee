"""What one record is: an instruction with its modifiers, the types of its operands, and its meaning.

A template names the instruction: `[...]` may be left out, `(a|b)` is one of several, `T` and `U` are the types of the form.

    "add(|.rn|.rz|.rm|.rp)[.ftz][.sat].T"     T in "f32"
    "cvt[.sat].T.U"                           T in "u8 ... s64", U in "u8 ... s64"

A signature reads `results = sources`. Words are types (`u32`, `pred`), `T`, `U`, or:

    ~T          the register may be wider than the type: sources are cut, results filled
    T{}         also a vector of one, two or four equal parts, lowest first, in the place of one register
    T{4}        exactly four registers in braces: a tuple of values
    T*          one register, or as many in braces as `.v2 .v4 .v8` of the mnemonic says: always a tuple
    T|pred      two results, written `d|p`
    _           a result that is not wanted, written `_`
    !pred       the predicate may be negated
    T.part      a byte or half of the register (`parts.py` lists kinds), -T: it may be negated; the meaning gets a `Part`
    dsel        the selector of the first result; no operand is written for it
    imm0..255   a constant in these bounds
    [shared]    memory of this state space: the meaning gets a pointer. `[]`: of the space that the mnemonic names, or generic
    label       the place that a branch goes to
    cc          the carry flag; no operand is written for it
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from crosswarp.ir.ptx.types import PtxType

# (emitter, use of the form, values of the sources) -> the result, a tuple of results, or None
Meaning = Callable[..., Any]
_SPACE = re.compile(r"\.(global|shared|local|param|const)(::\w+)?(?=\.|$)")
_WORD = re.compile(r"[.\w:]+|.")
# Modifiers that are younger than the instructions that they are modifiers of.
_FIRST = {"cluster": 90, "shared::cluster": 90, "L2::cache_hint": 80, "L2::64B": 75, "L2::128B": 75, "L2::256B": 80}
UNWRITTEN = ("cc", "dsel")
"""Words that no operand is written for."""
_GROUP = re.compile(r"[\[(][^\[\]()]*[\])]")
_SEPARATOR = re.compile(r"[.\[\]()|]")
_TYPE_WORD = re.compile(r"\b([TU])\b")


@dataclass(frozen=True)
class Use:
    """How an instruction uses its form: the types that stand for `T` and `U`, and all modifiers."""

    mnemonic: str
    type: PtxType
    other: PtxType

    @property
    def kind(self) -> str:
        """Of `T`: `b u s f p`."""
        return self.type.kind

    @property
    def bits(self) -> int:
        """Of `T`."""
        return self.type.bits

    @property
    def signed(self) -> bool:
        """Whether `T` is."""
        return self.type.signed

    @cached_property
    def modifiers(self) -> tuple[str, ...]:
        """What follows the instruction's name, without dots, in order."""
        return tuple(self.mnemonic.split(".")[1:])

    def __contains__(self, modifier: str) -> bool:
        return modifier in self.modifiers

    def pick(self, *choices: str) -> str:
        """The one of these modifiers that is there; none of them: ''."""
        return next((m for m in self.modifiers if m in choices), "")

    @property
    def space(self) -> str:
        """The state space that the mnemonic names, without `::cta` and the like, or `generic`."""
        found = _SPACE.search(self.mnemonic)
        return found[1] if found else "generic"

    @property
    def vector(self) -> int:
        """Registers in braces, by `.v2 .v4 .v8`; 1 without."""
        return int((self.pick("v2", "v4", "v8") or "v1")[1:])


@dataclass(frozen=True)
class Form:
    """`effects`: the instruction must not execute where its guard is false.

    `types` and `others` are the types that `T` and `U` stand for; `sm` is the first architecture that has the form; `paired`: the
    first two results are written `d|p`; `until` is the first architecture that lacks the form again, 0: none.
    """

    template: str
    types: tuple[str, ...]
    others: tuple[str, ...]
    results: tuple[str, ...]
    sources: tuple[str, ...]
    meaning: Meaning
    effects: bool = False
    sm: int = 20
    paired: bool = False
    until: int = 0

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """All spellings of the mnemonic."""
        return re.compile("".join(map(self._expression, _WORD.findall(self.template))))

    def _expression(self, word: str) -> str:
        special = {"[": "(?:", "]": ")?", "(": "(?:", ")": ")", "|": "|"}.get(word)
        if special is not None:
            return special
        groups = {"T": f"(?P<T>{'|'.join(self.types)})", "U": f"(?P<U>{'|'.join(self.others)})"}
        return r"\.".join(groups.get(part, re.escape(part)) for part in word.split("."))

    @cached_property
    def _words(self) -> tuple[frozenset[str], frozenset[str]]:
        """The words that a mnemonic of this form may have, and those that it must have: patterns are slow to make."""
        types = {*self.types, *self.others}
        outside, groups = self.template, 1
        while groups:
            outside, groups = _GROUP.subn("", outside)
        return (frozenset(_SEPARATOR.split(self.template)) | types) - {"T", "U"}, frozenset(outside.split(".")) - {"T", "U", ""}

    def use(self, mnemonic: str) -> Use | None:
        """How the mnemonic uses this form; None when it is not of this form."""
        possible, needed = self._words
        words = frozenset(mnemonic.split("."))
        found = self.pattern.fullmatch(mnemonic) if needed <= words <= possible else None
        if found is None:
            return None
        groups = found.groupdict()
        first = groups.get("T") or self.types[0]
        return Use(mnemonic, PtxType.parse(first), PtxType.parse(groups.get("U") or first))

    def since(self, use: Use) -> int:
        """The first architecture that has this use of the form."""
        return max(self.sm, *(_FIRST.get(modifier, 0) for modifier in use.modifiers), 0)

    @property
    def opcode(self) -> str:
        """The mnemonic up to its first modifier."""
        return re.split(r"[.\[(]", self.template)[0]

    @property
    def operands(self) -> int:
        """How many operands are written."""
        return sum(word not in UNWRITTEN for word in (*self.results, *self.sources))


def forms(template: str, types: str, signature: str, meaning: Meaning, *, other: str = "", effects: bool = False,
          sm: int = 20, until: int = 0) -> Iterable[Form]:
    """One record; `types` and `other` list what `T` and `U` stand for (the first type when there is no `T`)."""
    results, _, sources = signature.rpartition("=")
    words = tuple(results.replace("|", " ").split())
    yield Form(template, tuple(types.split()), tuple(other.split()), words, tuple(sources.split()), meaning, effects, sm,
               "|" in results, until)


def filled(word: str, use: Use) -> str:
    """A word of a signature with the types in place of `T` and `U`, and the space in `[]`."""
    if word == "[]":
        return f"[{use.space}]"
    return _TYPE_WORD.sub(lambda found: (use.type if found[1] == "T" else use.other).name, word)

"""Numbers of NVIDIA's front end (EDG), by which real builds switch warnings, and clang's names for warnings of the same.

A number that is not here switches something that clang does not warn of: it is passed over. Host code is compiled by clang, so that
a warning from here counts for it. The numbers are those in public projects' build files and in EDG's own list of messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from crosswarp.driver.options import Parsed

# Warnings that `crosswarp.frontend.requested_warnings` finds; clang has none of them.
REQUESTED = ("default-stream-launch", "missing-launch-bounds", "ext-lambda-captures-this")

NAMES: dict[int, tuple[str, ...]] = {
    39: ("division-by-zero",),
    47: ("macro-redefined",),
    61: ("integer-overflow",),
    62: ("shift-count-negative",),
    63: ("shift-count-overflow",),
    68: ("sign-conversion",),
    111: ("unreachable-code",),
    128: ("unreachable-code",),
    161: ("unknown-pragmas",),
    174: ("unused-value",),
    177: ("unused-variable", "unused-function", "unused-local-typedef"),
    186: ("tautological-unsigned-zero-compare", "tautological-unsigned-enum-zero-compare"),
    187: ("parentheses",),
    191: ("ignored-qualifiers",),
    221: ("literal-range",),
    381: ("extra-semi",),
    549: ("uninitialized",),
    550: ("unused-but-set-variable", "unused-but-set-parameter"),
    611: ("overloaded-virtual",),
    767: ("pointer-to-int-cast", "void-pointer-to-int-cast"),
    815: ("ignored-qualifiers",),
    826: ("unused-parameter",),
    940: ("return-type",),
    997: ("overloaded-virtual",),
    1056: ("return-stack-address",),
    1097: ("unknown-attributes",),
    1215: ("deprecated-declarations",),
    1427: ("invalid-offsetof",),
    1444: ("deprecated-declarations",),
    1650: ("unused-result",),
    1675: ("unknown-pragmas",),
    2361: ("narrowing", "c++11-narrowing"),
    2810: ("unused-result",),
    2906: ("deprecated-this-capture",),
    2908: ("deprecated-this-capture",),
    # CUDA's own numbers.
    20178: ("ext-lambda-captures-this",),
    20198: ("default-stream-launch",),
    20238: ("missing-launch-bounds",),
}
_FORMS = {"suppress": "-Wno-{}", "warn": "-W{}", "warning": "-W{}", "error": "-Werror={}"}
_FRONT_END_WORD = re.compile(r"--?diag_(suppress|warning|error)=?(.*)")


def words_for(severity: str, numbers: Iterable[str]) -> list[str]:
    """Clang's words for warnings given by number (`177`, `177-D`); severity is suppress, warn or error."""
    found = [name for number in numbers for name in NAMES.get(_number(number), ()) if name not in REQUESTED]
    return list(dict.fromkeys(_FORMS[severity].format(name) for name in found))


def severities(parsed: Parsed) -> dict[str, str]:
    """The warnings that nvcc has and clang has not that are on: "warning" or "error"."""
    errors = set(parsed.all("Werror"))
    found: dict[str, str] = {}
    for name in REQUESTED:
        numbers = {str(number) for number, names in NAMES.items() if name in names}
        if parsed.has(f"W{name}") or name in errors or numbers & {*parsed.all("diag-warn"), *parsed.all("diag-error")}:
            found[name] = "error" if errors & {name, "all-warnings"} or numbers & set(parsed.all("diag-error")) else "warning"
        if numbers & set(parsed.all("diag-suppress")) or parsed.has("disable-warnings"):
            found.pop(name, None)
    return found


def front_end_words(words: Iterable[str]) -> list[str]:
    """Clang's words for NVIDIA's front end's own (`--diag_suppress=177`, `--diag_error 20014`); the others mean nothing here."""
    found: list[str] = []
    severity = ""
    for word in words:
        match = _FRONT_END_WORD.fullmatch(word)
        if match:
            severity = match[1]
            found += words_for(severity, match[2].split(","))
        elif severity and _number(word):  # the list was split at its commas, or stands in a word of its own
            found += words_for(severity, [word])
        else:
            severity = ""
    return found


def _number(text: str) -> int:
    digits = text.strip().removesuffix("-D")
    return int(digits) if digits.isdecimal() else 0

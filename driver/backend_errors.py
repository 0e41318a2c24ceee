"""What LLVM says when it gives up, in words that help: it names its own nodes, the user wrote CUDA.

    fatal error: error in backend: Cannot select: 0x7f4850cb6630: ch = brind 0x7f4850cb62b0
    In function: _Z1kPi
->  crosswarp: error: unsupported: computed goto (`goto *p`) in device code, in function '_Z1kPi' [CW3010]
"""

from __future__ import annotations

import re

from crosswarp.support.diagnostics import Diagnostic

_GAVE_UP = re.compile(r"^fatal error: error in backend: .*", re.M | re.S)
_FUNCTION = re.compile(r"[Ii]n function:? '?([\w$.]+)")
# What the text mentions, and what the user wrote.
_KNOWN = {
    "threadlocal": "a thread_local variable in device code",
    "brind": "computed goto (`goto *p`) in device code",
    "unsupported library call": "an operation that needs a run-time library, such as a 128-bit floating-point conversion",
    "blockaddress": "computed goto (`goto *p`) in device code",
}
CODE = "CW3010"


def explained(text: str) -> str:
    r"""A step's output with the message of an LLVM that gave up in our form; the first line of an unknown one is kept.

    >>> explained("fatal error: error in backend: unsupported library call operation\n").splitlines()[0][:46]
    'crosswarp: error: unsupported: an operation th'
    """
    found = _GAVE_UP.search(text)
    if found is None:
        return text
    known = next((words for sign, words in _KNOWN.items() if sign in text), None)
    function = _FUNCTION.search(text)
    where = f", in function '{function[1]}'" if function else ""
    first = found[0].splitlines()[0].removeprefix("fatal error: error in backend: ")
    what = known or f"device code that LLVM has no instructions for ({first})"
    hint = "leave this code out of the target with #if, or choose other targets with --targets"
    before = "" if known else text[: found.start()]
    return before + Diagnostic("error", f"unsupported: {what}{where}", CODE, help=hint).render() + "\n"

"""Device functors whose result type host code asks for.

`decltype(functor(1))` and `std::invoke_result_t<Functor, int>` compute nothing, so nvcc does not mind that `operator()` is a
`__device__` function; for clang no call of it exists in host code. There every functor of the files concerned gets a host side, a
declaration that may be named but not called.
"""

from __future__ import annotations

import re

from crosswarp.frontend.repair.declarations import declaration
from crosswarp.frontend.repair.rule import Case, Place, Rule
from crosswarp.frontend.repair.source import Edit, Source
from crosswarp.frontend.repair.targets import NOT_ALLOWED

_CALL = re.compile(r"\boperator\s*\(\s*\)\s*\(")


def _functors(source: Source, offset: int) -> list[Edit]:
    del offset  # the error is in what asks for the type
    edits = []
    for match in _CALL.finditer(source.text):
        found = declaration(source, match.start())
        if found and "__device__" in found.words and "__host__" not in found.words:
            edits += found.copy(NOT_ALLOWED, ";")
    return edits


def _repair(case: Case) -> list[Place]:
    messages = {message.file: message for message in (*case.message.notes, case.message)}
    return [place for message in messages.values() for place in case.at(message, _functors)]


RULES = (Rule("invoke|result_of|no type named 'type' in|no matching function for call to object of type", _repair, late=True),)

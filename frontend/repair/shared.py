"""Objects in shared memory whose class has a constructor, which nvcc does not call (it warns) and clang refuses.

    __shared__ Barrier all, one[2];  ->  __shared__ ::__cw::uninitialised<Barrier> __cw_all; auto& all = __cw_all.object; ...

The name keeps its meaning, and so does everything that uses it.
"""

from __future__ import annotations

from crosswarp.frontend.repair.declarations import declaration_start
from crosswarp.frontend.repair.rule import Case, Place, Rule
from crosswarp.frontend.repair.source import Edit, Source

_NOT_TYPE = ("__shared__", "static")


def _objects(source: Source, offset: int) -> list[Edit]:
    name = source.index(offset)
    first = _first_name(source, name)
    start = declaration_start(source, first)
    words = [token.text for token in source.tokens[start:first]]
    semicolon = _statement_end(source, first)
    if "__shared__" not in words or semicolon < 0:
        return []
    type_name = " ".join(word for word in words if word not in _NOT_TYPE).replace(" :: ", "::")
    declared = [_object(source, type_name, at) for at in _declarators(source, first, semicolon)]
    if not all(declared):
        return []
    begin, end = source.tokens[start].start, source.tokens[semicolon].end
    return [Edit(begin, end, " ".join(declared) + "\n" * source.text.count("\n", begin, end))]


def _first_name(source: Source, name: int) -> int:
    """The first declarator of the list that one belongs to."""
    at = name
    while at > 0 and source.tokens[at - 1].text in (",", "]"):
        at -= 1
        if source.is_at(at, "]"):
            at = source.opening(at)
        at -= 1
        while source.is_at(at, "]"):
            at = source.opening(at) - 1
    return at


def _statement_end(source: Source, at: int) -> int:
    for number in range(at, len(source.tokens)):
        if source.tokens[number].text == ";":
            return number
        if source.tokens[number].text in "(){}=":
            return -1
    return -1


def _declarators(source: Source, first: int, semicolon: int) -> list[tuple[int, int]]:
    """The name and the last token of each declarator."""
    found: list[tuple[int, int]] = []
    name = at = first
    while at <= semicolon:
        if source.tokens[at].text in (",", ";"):
            found.append((name, at - 1))
            name = at + 1
        at = source.closing(at) + 1 if source.is_at(at, "[") else at + 1
    return found


def _object(source: Source, type_name: str, declarator: tuple[int, int]) -> str:
    name, last = declarator
    word = source.tokens[name].text
    bounds = source.slice(name + 1, last) if last > name else ""
    return f"__shared__ ::__cw::uninitialised<{type_name}{bounds}> __cw_{word}; auto& {word} = __cw_{word}.object;"


def _repair(case: Case) -> list[Place]:
    return case.at(case.message, _objects)


RULES = (Rule("^initialization is not supported for __shared__ variables", _repair,
              warning="the constructor of a __shared__ variable is not called"),)

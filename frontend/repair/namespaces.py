"""Function templates defined with a namespace's name before theirs, of which the namespace declares none of that type.

    template <class T> __device__ void a::b::f(T, int) {...}
->  namespace a { namespace b { template <class T> __device__ void f(T, int) {...} } }

nvcc takes the definition for the declaration.
"""

from __future__ import annotations

from crosswarp.frontend.repair.declarations import BOTH, Declaration, declaration
from crosswarp.frontend.repair.rule import Case, Place, Rule
from crosswarp.frontend.repair.source import Edit, Source


def _undeclared(case: Case) -> list[Place]:
    return case.at(case.message, _inside_namespace)


def _inside_namespace(source: Source, offset: int) -> list[Edit]:
    found, own = declaration(source, offset), source.index(offset)
    if found is None or not source.is_at(found.start, "template") or found.name == own:
        return []
    body = found.end + 1
    last = source.closing(body) if source.is_at(body, "{") else -1
    if last < 0:
        return []
    names = [token.text for token in source.tokens[found.name : own] if token.text != "::"]
    start, end = source.tokens[found.start].start, source.tokens[last].end
    return [Edit(start, start, "".join(f"namespace {name} {{ " for name in names)),
            Edit(source.tokens[found.name].start, source.tokens[own].start, ""),
            Edit(end, end, " }" * len(names)), *_without_added_target(source, found)]  # fmt: skip


def _without_added_target(source: Source, found: Declaration) -> list[Edit]:
    """Takes away what was tried before: that the declaration differs by `__host__` alone."""
    added = BOTH.split()
    if found.words[:2] != added or not set(added) & set(found.words[2:]):
        return []
    return [Edit(source.tokens[found.specifiers].start, source.tokens[found.specifiers + 2].start, "")]


RULES = (Rule("^out-of-line definition of '.*' does not match any declaration in namespace", _undeclared, late=True),)

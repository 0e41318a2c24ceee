"""Warnings of nvcc's that clang does not have, and that a command line asks for by name. libclang finds the places.

* default-stream-launch: `k<<<grid, block>>>()` names no stream;
* missing-launch-bounds: a kernel without `__launch_bounds__`;
* ext-lambda-captures-this: `[=] __device__ { ... member ... }` captures the host's `this` without naming it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from crosswarp.frontend.facts import FUNCTIONS, launch_words, parsed_source, place_of, user_cursors, user_files
from crosswarp.frontend.options import FrontendOptions
from crosswarp.support.diagnostics import Diagnostic, Location

# grid, block, shared bytes, stream
_WITH_STREAM = 4


def requested_warnings(source: Path, options: FrontendOptions, severities: Mapping[str, str]) -> list[Diagnostic]:
    """The warnings that a source deserves, with the severity that each name is given. Raises `CompileError`."""
    unit = parsed_source(source, options)
    found = dict.fromkeys(warning for cursor in user_cursors(unit.cursor, set(user_files(unit, source)))
                          for warning in _of_cursor(cursor) if warning[0] in severities)
    return [Diagnostic(severities[name], text, f"-W{name}", location) for name, text, location in found]


def _of_cursor(cursor: Any) -> Iterator[tuple[str, str, Location]]:
    kind = cursor.kind.name
    if kind in FUNCTIONS and _is_unbounded_kernel(cursor):
        yield "missing-launch-bounds", f"no __launch_bounds__ for kernel '{cursor.spelling}'", place_of(cursor.location)
    elif kind == "CALL_EXPR" and _is_launch_without_stream(cursor):
        yield "default-stream-launch", "no stream named in this kernel launch", place_of(cursor.extent.start)
    elif kind == "LAMBDA_EXPR" and _captures_this(cursor):
        yield "ext-lambda-captures-this", "this annotated lambda captures 'this' without naming it", place_of(cursor.extent.start)


def _is_unbounded_kernel(cursor: Any) -> bool:
    """Libclang knows no cursor for launch bounds: they are an attribute it does not expose."""
    attributes = [child.kind.name for child in cursor.get_children() if child.kind.is_attribute()]
    return "CUDAGLOBAL_ATTR" in attributes and "UNEXPOSED_ATTR" not in attributes


def _is_launch_without_stream(cursor: Any) -> bool:
    launch = launch_words(cursor)
    if launch is None:
        return False
    depth, arguments = 0, 1
    for word in launch[1]:
        depth += (word in "([{") - (word in ")]}")
        arguments += word == "," and depth == 0
    return arguments < _WITH_STREAM


def _captures_this(cursor: Any) -> bool:
    text = " ".join(token.spelling for token in cursor.get_tokens())
    introducer = re.match(r"\[([^\]]*)\]\s*(?:__device__|__host__)", text)
    if introducer is None or "this" in introducer[1] or not re.match(r"\s*[=&]", introducer[1]):
        return False
    body = [each for child in cursor.get_children() if child.kind.name == "COMPOUND_STMT" for each in child.walk_preorder()]
    return any(each.kind.name == "CXX_THIS_EXPR" or (each.kind.name == "MEMBER_REF_EXPR" and not list(each.get_children()))
               for each in body)

"""Functions whose `__host__` and `__device__` nvcc takes together from all their declarations, and calls from the wrong side.

For nvcc a function has one set of attributes; for clang those of a different set declare a different function. nvcc lets a
`__host__ __device__` function call a `__host__` one, with a warning; on the device that call must not be reached, and here it ends
the launch. In a host compilation it looks at no body of a kernel or device function, so that what these call may then be missing.
"""

from __future__ import annotations

import re

from crosswarp.frontend.repair.declarations import BOTH, declaration
from crosswarp.frontend.repair.messages import Message
from crosswarp.frontend.repair.rule import DEVICE, HOST, HOST_CALL_WARNING, Case, Place, Rule
from crosswarp.frontend.repair.source import Edit, Source

_TRAP = "{ __builtin_trap(); }"
# A host function that may be named but not called.
NOT_ALLOWED = '__host__ __attribute__((error("calling a __device__ function from a __host__ function is not allowed")))'
# One that may be called where nobody gets to: nvcc's host side of a device function ends the program too.
_ENDS = 'inline __host__ __attribute__((warning("calling a __device__ function from host code: this ends the program")))'


def _both(source: Source, offset: int) -> list[Edit]:
    found = declaration(source, offset)
    return found.with_specifiers(BOTH) if found else []


def _trapping(source: Source, offset: int) -> list[Edit]:
    """A device function of the same name and type that ends the launch."""
    found = declaration(source, offset)
    if found is None:
        return []
    if found.is_defaulted:
        return found.with_specifiers(BOTH)
    if found.is_overloadable:
        return found.copy("inline __device__", _TRAP)
    return found.with_specifiers(f"inline {BOTH}") + found.with_body(_TRAP)


def _for_types(source: Source, offset: int) -> list[Edit]:
    """A host function of the same name and type that may be named where nothing is computed, as in `decltype(f(1))`."""
    found = declaration(source, offset)
    return found.copy(NOT_ALLOWED, ";") if found else []


def _ending(source: Source, offset: int) -> list[Edit]:
    """A host function of the name and type of a device function; whoever calls it is warned."""
    found = declaration(source, offset)
    return found.copy(_ENDS, _TRAP) if found else []


def _mismatch(case: Case) -> list[Place]:
    """A second declaration with other attributes: both get both."""
    return [place for message in (case.message, *case.message.notes) for place in case.at(message, _both)]


def _redeclared(case: Case) -> list[Place]:
    places = [] if case.match["new"] == BOTH else case.at(case.message, _both)
    if case.match["old"] != BOTH and case.message.notes:
        places += case.at(case.message.notes[0], _both)
    return places


def _called(text: str, notes: tuple[Message, ...]) -> list[Message]:
    return [note for note in notes if text in note.text]


def _host_call(case: Case) -> list[Place]:
    return [place for note in _called("declared here", case.message.notes)[:1] for place in case.at(note, _trapping)]


def _named_from_kernel(case: Case) -> list[Place]:
    return [place for note in _called("declared here", case.message.notes)[:1] for place in case.at(note, _both)]


def _named_in_host_code(case: Case) -> list[Place]:
    return [place for note in _called("declared here", case.message.notes)[:1] for place in case.at(note, _ending)]


def _from_kernel(case: Case) -> list[Place]:
    notes = [note for note in case.message.notes if _FROM_KERNEL.search(note.text)]
    return [place for note in notes for place in case.at(note, _both)]


def _default_argument(case: Case) -> list[Place]:
    """What a trapping function's default arguments call."""
    source = case.read(case.message.file)
    if source is None or _TRAP not in source.line(case.message.line):
        return []
    notes = _called("call to __host__ function from __device__ function", case.message.notes)
    return [place for note in notes for place in case.at(note, _trapping)]


def _device_type(case: Case) -> list[Place]:
    notes = _called("call to __device__ function from __host__ function", case.message.notes)
    return [place for note in notes for place in case.at(note, _for_types)]


_FROM_KERNEL = re.compile("call to __host__ function from (?:__global__|__device__|__host__ __device__) function")
_KINDS = "(?:__host__ __device__|__host__|__device__)"
RULES = (
    Rule(rf"^(?P<new>{_KINDS}) function '.*' cannot overload (?P<old>{_KINDS}) function '.*'", _redeclared),
    Rule("^out-of-line definition of '.*' does not match any declaration in", _mismatch),
    Rule("^no function template matches function template specialization", _mismatch),
    Rule("^reference to __host__ function '(?P<name>.*)' in __host__ __device__ function", _host_call, (DEVICE,),
         HOST_CALL_WARNING),
    Rule("^reference to __host__ function '.*' in __(?:global|device)__ function", _named_from_kernel, (HOST,)),
    Rule("^reference to __device__ function '.*' in __host__ (?:__device__ )?function", _named_in_host_code, (HOST,)),
    Rule("", _from_kernel, (HOST,)),
    Rule("^no matching (?:member function|function|constructor)", _default_argument, (DEVICE,)),
    Rule("^no matching (?:member )?function for call", _device_type, late=True),
)

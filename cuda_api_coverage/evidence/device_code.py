"""What a launched kernel proves: the device functions and the inline PTX that it reaches in portable IR, before any optimisation.

    kernel -> helper (the program's) -> sinf (ours, `_ZL4sinff`) -> __cw.math.sin.f32

What is reached need not have been executed: a test of one branch proves the functions of both.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.load import catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Entry, Kind
from crosswarp.cuda_api_coverage.catalogue.ptx import lookup_ptx
from crosswarp.cuda_api_coverage.derive.language import NAMESPACE, namespace
from crosswarp.cuda_api_coverage.evidence.demangled import qualified_name
from crosswarp.cuda_api_coverage.scan.assembly import instructions
from crosswarp.cuda_api_coverage.scan.names import Names, names_of_catalogue

# Functions that clang writes calls of in another way than by their names.
_OTHERWISE = {
    "llvm.nvvm.barrier.cta.sync.aligned.all": "__syncthreads",
    "llvm.nvvm.barrier.cta.red.popc.aligned.all": "__syncthreads_count",
    "llvm.nvvm.barrier.cta.red.and.aligned.all": "__syncthreads_and",
    "llvm.nvvm.barrier.cta.red.or.aligned.all": "__syncthreads_or",
    "vprintf": "printf",
    "__assertfail": "assert",
    "llvm.trap": "__trap",
}
_BUILT_IN = re.compile(r"_ZN?K?\d+__cw_(threadIdx|blockIdx|blockDim|gridDim)_t")
_FAMILIES = ("device_functions", "curand_device", "cooperative_groups", "language")
_OWN_NAMESPACES = re.compile(r"::(?:__v?\d+\w*|_V_\w+|_CUDA_\w+|details?|__detail|CUB_\w+|THRUST_\w+)(?=::)")


class Code:
    """What the functions of one module of portable IR refer to (`driver/device_facts.py`)."""

    def __init__(self, path: Path) -> None:
        content = json.loads(path.read_text(encoding="utf-8"))
        self.names: list[str] = content["names"]
        self.refers: dict[str, list[int]] = content["refers"]
        self.asm: dict[str, list[str]] = content["asm"]

    def reached(self, kernel: str) -> set[str]:
        """Every function and variable that a kernel may come to, itself among them."""
        found, waiting = {kernel}, [kernel]
        while waiting:
            for place in self.refers.get(waiting.pop(), ()):
                if (name := self.names[place]) not in found:
                    found.add(name)
                    waiting.append(name)
        return found

    def entries(self, kernel: str) -> Iterator[Entry]:
        """What a kernel reaches, as entries of the catalogue."""
        for name in self.reached(kernel):
            yield from entries_of(name)
            for text in self.asm.get(name, ()):
                yield from instructions_of(text)


@cache
def entries_of(symbol: str) -> tuple[Entry, ...]:
    """The records of a function or variable of device code, by its mangled name; none for the program's own."""
    names = names_of_catalogue()
    built_in = _BUILT_IN.match(symbol)
    name = built_in[1] if built_in else _OTHERWISE.get(symbol) or qualified_name(symbol)
    if "::" not in name:
        found = [names.entries[key] for key in names.words.get(name, ()) if key[0] in _FAMILIES]
        return tuple(entry for entry in found if entry.kind is not Kind.TYPE)
    if name.startswith(f"{NAMESPACE}::"):
        return _feature(name.split("::")[1])
    full = _OWN_NAMESPACES.sub("", name)
    return tuple(names.entries[key] for part in _beginnings(full) for key in _keys(names, part))


@cache
def _feature(scope: str) -> tuple[Entry, ...]:
    """The language feature whose source has this namespace: a kernel of it ran, and `language.toml` says what it must leave."""
    return tuple(entry for entry in catalogue().of("language") if namespace(entry) == scope)


@cache
def instructions_of(text: str) -> tuple[Entry, ...]:
    """The records of the instructions in an asm statement, as LLVM's IR has its text."""
    plain = re.sub(r"\\([0-9A-Fa-f]{2})", lambda found: chr(int(found[1], 16)), text).replace("$$", "$")
    found = {lookup_ptx(opcode) for opcode, _ in instructions(plain)}
    return tuple(entry for entry in found if entry is not None)


def _beginnings(full: str) -> Iterator[str]:
    """`a::b::c`, `a::b`: a member's use is one of its class."""
    while "::" in full:
        yield full
        full = full.rpartition("::")[0]


def _keys(names: Names, full: str) -> tuple[tuple[str, str], ...]:
    return names.qualified.get(full, ())

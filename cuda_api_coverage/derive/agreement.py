"""Catalogue, headers and built libraries, held against each other.

What a record calls implemented or refused is declared by our header and exported by our library; what these have of CUDA's names
has a record. Reasons for what differs stand in agreement.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.model import Entry, Kind, State
from crosswarp.cuda_api_coverage.derive.declared_names import declared_cplusplus, declared_names, plain_name
from crosswarp.cuda_api_coverage.derive.types import DRIVER_HEADERS, RUNTIME_HEADERS
from elftools.elf.elffile import ELFFile
from elftools.elf.sections import SymbolTableSection

EXCEPTIONS = Path(__file__).with_name("agreement.toml")


@dataclass(frozen=True)
class Library:
    """A library, the headers for it, the family of its functions, those of all names in its headers, and what functions and other
    names begin with.
    """

    name: str
    file: str
    headers: tuple[str, ...]
    family: str
    families: frozenset[str]
    function: str
    other: str


LIBRARIES = (
    Library("cudart", "libcudart.so.12", RUNTIME_HEADERS, "runtime",
            frozenset(("runtime", "runtime_types", "templates", "device_functions")), "cuda[A-Z]", "cuda[A-Z]|CUDA_|CUDART"),
    Library("cuda", "libcuda.so.1", DRIVER_HEADERS, "driver", frozenset(("driver", "driver_types")),
            "cu[A-Z]", "CU[A-Za-z_]|CUDA"),
    Library("nvrtc", "libnvrtc.so.12", ("nvrtc.h",), "nvrtc", frozenset(("nvrtc",)), "nvrtc[A-Z]", "NVRTC_|nvrtc[A-Z]"),
)


def exported(library: Path, pattern: str) -> set[str]:
    """The names that a library exports, of those that begin with `pattern`."""
    with library.open("rb") as stream:
        table = ELFFile(stream).get_section_by_name(".dynsym")
        assert isinstance(table, SymbolTableSection), library
        names = {symbol.name for symbol in table.iter_symbols() if symbol["st_shndx"] != "SHN_UNDEF"}
    return {plain_name(name) for name in names if re.match(pattern, name)}


def disagreements(library: Library, folder: Path, entries: Iterable[Entry]) -> Iterator[str]:
    """`library/name: what is wrong`, exceptions left out; `folder` has the built libraries, `entries` is the whole catalogue."""
    told = dict(_differences(library, folder, [entry for entry in entries if entry.family in library.families]))
    reasons = {name for name in tomllib.loads(EXCEPTIONS.read_text()) if name.startswith(f"{library.name}/")}
    yield from (f"{name}: {what}" for name, what in sorted(told.items()) if name not in reasons)
    yield from (f"{name}: {EXCEPTIONS.name} excuses what is in order" for name in sorted(reasons - told.keys()))


def _differences(library: Library, folder: Path, entries: list[Entry]) -> Iterator[tuple[str, str]]:
    known = declared_names(library.headers)
    declared = {plain_name(name) for name, about in known.items() if about.kind in (Kind.FUNCTION, Kind.MACRO)}
    functions = (entry for entry in entries if entry.kind is Kind.FUNCTION and entry.family == library.family)
    present = {entry.name for entry in functions if entry.state is not State.ABSENT}
    from_library = exported(folder / library.file, library.function)
    recorded = {entry.name for entry in entries if entry.state is not State.ABSENT}
    names = {plain_name(name) for name in known if re.match(f"{library.function}|{library.other}", name)}
    cplusplus = declared_cplusplus("cuda_runtime.h") if library.name == "cudart" else {}
    names |= {plain_name(name) for name in cplusplus if re.match(library.function, name)}
    for which, what in (
        (present - declared, "has a record, and no declaration"),
        (present - from_library, f"has a record, and {library.file} does not export it"),
        (from_library - present, f"{library.file} exports it, and it has no record"),
        (names - recorded, "a header declares it, and it has no record"),
    ):
        yield from ((f"{library.name}/{name}", what) for name in which)

"""Writes the facts of the CUDA-X libraries' records: every public function, and the types and enumerators that go with them.

    python scripts/library_names.py --scratch DIR --mirrors DIR [FAMILY ...]

`--mirrors` has bare mirrors as `<owner>+<name>/repo` of ROCm/HIPIFY, coreylowman/cudarc, NVIDIA/nccl, NVIDIA/go-nvml and
NVIDIA/cccl. Wheels of PyPI are brought to `--scratch` one at a time and deleted when their symbols are read (15 GB the first time,
then nothing); only names come from them. What counts as public: `library_facts/libraries.py`. The derived columns are written by
scripts/catalogue.py.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.load import FAMILIES, RECORDS
from crosswarp.cuda_api_coverage.catalogue.model import Entry, Kind
from crosswarp.cuda_api_coverage.catalogue.tables import write_entries
from library_facts import own_versions, sources
from library_facts.libraries import Library, libraries
from library_facts.records import documented, entries
from library_facts.sources import RELEASES, Names, Repositories
from library_facts.wheels import Wheels

MIRRORS = ("ROCm+HIPIFY", "coreylowman+cudarc", "NVIDIA+nccl", "NVIDIA+go-nvml", "NVIDIA+cccl")
COMMENT = """{title}.
Facts written by scripts/library_names.py: {sources}
Empty version: unknown, or from before what was read."""
SOURCES = """names and versions from HIPIFY's tables, cudarc's bindings by CUDA version, NVIDIA's
Python bindings, and the symbols that the libraries of CUDA 12.0, 12.9 and 13.0 to 13.5 export."""


def collected(library: Library, wheels: Wheels, mirrors: Repositories) -> Names:
    """The public names of a library with CUDA's versions."""
    hip = sources.from_hipify(mirrors.hipify, library)
    rust = sources.from_cudarc(mirrors.cudarc, library)
    python = sources.from_bindings(wheels, library)
    binary = sources.exported(wheels, library, RELEASES)
    published = hip.keys() | rust.keys() | python.keys()
    public = {name: known for name, known in binary.items() if library.is_public(name, known.span.since) or name in published}
    return corrected(sources.joined(rust, python, hip, public), hip, binary)


def corrected(names: Names, hip: Names, binary: Names) -> Names:
    """HIPIFY's versions before the others', and its sections; what the newest library exports is not gone, whoever says so."""
    found = {}
    for name, known in names.items():
        said = hip.get(name)
        span = sources.merged(said.span, known.span) if said else known.span
        if name in binary and not binary[name].span.removed:
            span = replace(span, removed="")
        found[name] = replace(known, span=span, section=said.section if said else "")
    return found


def makers() -> dict[str, Callable[[Wheels, Repositories], list[Entry]]]:
    """Family to what makes its records."""
    usual = {family: partial(_usual, library) for family, library in libraries().items()}
    return {**usual, **own_versions.MAKERS}


def _usual(library: Library, wheels: Wheels, mirrors: Repositories) -> list[Entry]:
    return entries(library, collected(library, wheels, mirrors))


def main(words: list[str]) -> int:
    """Command line. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("families", nargs="*", metavar="FAMILY", help=f"of {', '.join(makers())}; all where none is named")
    parser.add_argument("--scratch", type=Path, required=True)
    parser.add_argument("--mirrors", type=Path, required=True)
    asked = parser.parse_args(words)
    repositories = Repositories(*(asked.mirrors / name / "repo" for name in MIRRORS))
    for family in asked.families or makers():
        collected_names = makers()[family](Wheels(asked.scratch), repositories)
        found = [*collected_names, *documented(family, {entry.name for entry in collected_names})]
        comment = COMMENT.format(title=FAMILIES[family], sources=own_versions.SOURCES.get(family, SOURCES))
        write_entries(RECORDS / f"{family}.tsv", comment, found)
        functions = [entry for entry in found if entry.kind in (Kind.FUNCTION, Kind.DEVICE_FUNCTION)]
        dated = sum(bool(entry.since) for entry in functions)
        print(f"{family}: {len(found)} names, {len(functions)} functions, {dated} of these with the version that brought them")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

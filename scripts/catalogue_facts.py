"""Writes what is known of NVIDIA's own API into the catalogue: names, kinds, groups, headers, and the versions that brought each
name, deprecated it and removed it. The derived columns stay; `scripts/catalogue.py` writes them.

    python scripts/catalogue_facts.py --hipify DIR --cudarc DIR --bindings DIR --symbols DIR [FAMILY ...]

--hipify and --cudarc are checkouts of ROCm/HIPIFY and coreylowman/cudarc; --bindings has `<version>.json` files
(scripts/api_facts/bindings.py, of cuda-bindings); --symbols has `<version>.txt` files, the symbols (`nm -D`) of libcudart.so from
PyPI's nvidia-cuda-runtime. Nothing of NVIDIA's header files is read. Values of enumerators and macros go into
tests/cuda_api_coverage/enumerator_values.tsv.
"""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import replace
from pathlib import Path

from api_facts import bindings, callbacks, cudarc, hipify
from api_facts.families import COMMENTS, Family, correct, families_of, fill_groups, header_of
from api_facts.history import Name, combined, order
from crosswarp.cuda_api_coverage.catalogue.load import RECORDS
from crosswarp.cuda_api_coverage.catalogue.model import Entry
from crosswarp.cuda_api_coverage.catalogue.tables import read_entries, write_entries, write_rows
from crosswarp.cuda_api_coverage.derive.declared_names import plain_name

VALUES = Path(__file__).parents[1] / "tests" / "cuda_api_coverage" / "enumerator_values.tsv"
SYMBOLS = VALUES.with_name("runtime_symbols.tsv")
VERSIONS = Path(__file__).parents[1] / "runtime_shim" / "driver_api" / "versions.inc"
HIPIFY_GRAPHS = "11.0"  # what HIPIFY has for functions of graphs that came with CUDA 10
HIPIFY_TABLES = {"runtime": "CUDA_Runtime_API_functions", "driver": "CUDA_Driver_API_functions", "nvrtc": "CUDA_RTC_API"}


def read(library: str, places: argparse.Namespace) -> dict[str, Name]:
    """All that the sources know of a library."""
    table = places.hipify / "docs" / "reference" / "tables" / f"{HIPIFY_TABLES[library]}_supported_by_HIP.md"
    rust = places.cudarc / "src" / library / "sys" / "mod.rs"
    exported: dict[str, Name] = {}
    for path in places.symbols.glob("*.txt") if library == "runtime" else ():
        for symbol in path.read_text().split():
            exported.setdefault(symbol, Name("function")).seen.add(path.stem)
    listed, dated = cudarc.read(rust.read_text()), hipify.read(table.read_text())
    names = combined(listed, bindings.read(places.bindings, library), exported, dated)
    for name, version in first_forms().items() if library == "driver" else ():
        names[name].since = names[name].since or version
    called = callbacks.read((places.cudarc / "src" / "cupti" / "sys" / "mod.rs").read_text()) if library == "runtime" else {}
    for name in called.keys() & names.keys():
        about = names[name]
        if about.since in ("", HIPIFY_GRAPHS) and order(called[name]) < order(about.since or HIPIFY_GRAPHS):
            about.since = called[name]
    correct(names)
    return names


def first_forms() -> dict[str, str]:
    """The driver's entries whose first form has the plain name, and the version that `cuGetProcAddress` knows it by."""
    found: dict[str, str] = {}
    for name, symbol, version in re.findall(r"^CW_SINCE\((\w+), (\w+), (\d+)\)", VERSIONS.read_text(), re.M):
        found.setdefault(name, f"{int(version) // 1000}.{int(version) % 1000 // 10}" if symbol == name else "")
    return found


def write(family: Family, names: dict[str, Name]) -> None:
    """The facts of one family into its records."""
    path = RECORDS / f"{family.name}.tsv"
    kept = {entry.name: entry for entry in read_entries(path)} if path.exists() else {}
    entries = dict(kept)
    for name, about in names.items():
        if family.holds(name, about):
            old = kept.get(name, Entry(family.name, name, family.kind(name, about)))
            header = old.header or header_of(family.name, name)
            group = enumeration(family.name, about.group or old.group)
            entries[name] = replace(old, kind=family.kind(name, about), group=group, header=header,
                                    since=about.since, deprecated=about.deprecated, removed=about.removed)
    unknown = sum(not entry.since for entry in entries.values())
    write_entries(path, f"{COMMENTS[family.name]}\n{len(entries)} names; of {unknown} nobody tells the version that brought them.",
                  entries.values())


def write_symbols(places: argparse.Namespace) -> None:
    """What NVIDIA's runtime exports, for a test: each function's first and last version of those that were looked at."""
    versions = sorted((path.stem for path in places.symbols.glob("*.txt")), key=order)
    have: dict[str, list[str]] = {}
    for version in versions:
        for name in dict.fromkeys(map(plain_name, (places.symbols / f"{version}.txt").read_text().split())):
            have.setdefault(name, []).append(version)
    comment = f"Functions that libcudart.so exports, of the versions {' '.join(versions)} of PyPI's nvidia-cuda-runtime."
    write_rows(SYMBOLS, comment, ("name", "first", "last"), ((name, seen[0], seen[-1]) for name, seen in sorted(have.items())))


def enumeration(family: str, group: str) -> str:
    """One name for an enumeration, which has a tag and a name: `CUgraphNodeType_enum` is `CUgraphNodeType`."""
    if group.startswith("cudaError"):
        return "CUresult" if family == "driver_types" else "cudaError"  # the driver's has the tag cudaError_enum
    return group.removesuffix("_enum")


def write_values(libraries: dict[str, dict[str, Name]]) -> None:
    """Values of CUDA 12.9 and 13.x: those that one version has and another has not, or has otherwise, are told by version."""
    rows = []
    for library, names in libraries.items():
        for name, about in sorted(names.items()):
            for version in ("12.9", "13.0", "13.5"):
                if version in about.values:
                    rows.append((library, name, version, str(about.values[version])))
    write_rows(VALUES, "Values of enumerators and macros, by CUDA version: facts from cuda-bindings and cudarc.",
               ("library", "name", "version", "value"), rows)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for place in ("hipify", "cudarc", "bindings", "symbols"):
        parser.add_argument(f"--{place}", type=Path, required=True)
    parser.add_argument("families", nargs="*")
    places = parser.parse_args()
    libraries = {library: read(library, places) for library in HIPIFY_TABLES}
    for library, names in libraries.items():
        fill_groups(names)
        for family in families_of(library):
            if not places.families or family.name in places.families:
                write(family, names)
    write_values(libraries)
    write_symbols(places)


if __name__ == "__main__":
    sys.exit(main())

"""Libraries that need a way of their own: NPP (eleven files), NVML, and NCCL and cuDNN, whose versions are not CUDA's."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.model import Entry, Kind
from crosswarp.cuda_api_coverage.catalogue.tables import rows

from library_facts import cccl, git, sources
from library_facts.history import NEVER_SAID, Span, spans
from library_facts.libraries import libraries
from library_facts.records import entries
from library_facts.sources import EVERY_RELEASE, Name, Repositories
from library_facts.wheels import Wheels

# Where the facts of each come from.
SOURCES = {
    "cudnn": "names of functions from what libcudnn.so of cuDNN 8.9, 9.10 and 9.28 exports and\n"
    "HIPIFY's table, of the rest from cudarc's bindings. Versions are cuDNN's, by HIPIFY's table.",
    "nccl": "names from what NCCL 2.16.5, 2.27.3 and 2.32.3 export and cudarc's bindings.\n"
    "Versions are NCCL's: the first release, from 2.3.5 on, whose nccl.h.in (github.com/NVIDIA/nccl) has the name.",
    "npp": "names and versions from what the libraries of each CUDA release from 12.0 to 13.5\n"
    "export; types from NPP's documentation.",
    **dict.fromkeys(
        ("cub", "thrust", "libcudacxx"),
        "names from CCCL's sources (github.com/NVIDIA/cccl). Versions are CUDA's, from\n"
        "12.3 on (libcu++: 12.9): each came with the CCCL of one tag.",
    ),
    "nvml": "names from NVIDIA's Python bindings of CUDA 12.9 to 13.5. Versions are CUDA's: the\n"
    "first release, from 11.0 on, of NVIDIA's Go bindings (github.com/NVIDIA/go-nvml) with the name.",
}
NPP = {
    "nppc": ("nppcore.h", "nppc core"),
    "nppial": ("nppi_arithmetic_and_logical_operations.h", "nppi arithmetic and logical"),
    "nppicc": ("nppi_color_conversion.h", "nppi color conversion"),
    "nppidei": ("nppi_data_exchange_and_initialization.h", "nppi data exchange and initialization"),
    "nppif": ("nppi_filtering_functions.h", "nppi filtering"),
    "nppig": ("nppi_geometry_transforms.h", "nppi geometry transforms"),
    "nppim": ("nppi_morphological_operations.h", "nppi morphological operations"),
    "nppist": ("nppi_statistics_functions.h", "nppi statistics"),
    "nppisu": ("nppi_support_functions.h", "nppi support"),
    "nppitc": ("nppi_threshold_and_compare_operations.h", "nppi threshold and compare"),
    "npps": ("npps.h", "npps signals"),
}
_TYPED = re.compile(r"_(1|8|16|32|64)(u|s|f)")
_CUDNN_PARTS = ("ops", "cnn", "adv", "graph")
_RELEASE = re.compile(r"v(2\.\d+\.\d+)-\d+$")


def npp(wheels: Wheels, _: Repositories) -> list[Entry]:
    """Every exported function. Private: a name with `_Ctx` and no data type, whose name without `_Ctx` never was one."""
    found: dict[str, Entry] = {}
    for file, (header, words) in NPP.items():
        history = spans((version, wheels.symbols(release, "nvidia-npp", file)) for release, version in EVERY_RELEASE)
        for name, span in history.items():
            plain = name.removesuffix("_Ctx")
            if name.startswith("npp") and (plain == name or _TYPED.search(name) or plain in history):
                found[name] = Entry("npp", name, Kind.FUNCTION, words, header, span.since, "", span.removed)
    types = rows(Path(__file__).with_name("npp_types.tsv"))
    return [*found.values(), *(Entry("npp", name, Kind(kind), "types", "nppdefs.h") for name, kind in types)]


def nccl(wheels: Wheels, mirrors: Repositories) -> list[Entry]:
    """Functions that the library exports, with the release of the header that first has each."""
    library = libraries()["nccl"]
    releases = [(tag, found[1]) for tag in git.tags(mirrors.nccl) if (found := _RELEASE.match(tag))]
    history = sources.tagged(mirrors.nccl, releases, "src/nccl.h.in", r"\bnccl[A-Z]\w+(?=\s*\()")
    binary = sources.exported(wheels, library, (("12:2.16.5", ""), ("12:2.27.3", ""), ("13:2.32.3", "")))
    known = sources.joined(binary, sources.from_cudarc(mirrors.cudarc, library, own_versions=True))
    return entries(library, {name: replace(item, span=history.get(name, NEVER_SAID)) for name, item in known.items()})


def nvml(wheels: Wheels, mirrors: Repositories) -> list[Entry]:
    """What NVIDIA's Python bindings declare, and its Go bindings call; the latter have a release for each of CUDA."""
    library = libraries()["nvml"]
    releases = {tag.removeprefix("v0.").rpartition("-")[0]: tag for tag in git.tags(mirrors.go_nvml) if tag.startswith("v0.1")}
    calls = r"(?<=C\.)nvml[A-Z]\w+(?=\()"
    history = sources.tagged(mirrors.go_nvml, [(tag, version) for version, tag in releases.items()], "pkg/nvml/nvml.go", calls)
    called = {name: Name(Kind.FUNCTION, span) for name, span in history.items()}
    declared = sources.from_bindings(wheels, library)
    names = sources.joined(declared, called)
    now = {name: replace(item, span=replace(item.span, removed="")) if name in declared else item for name, item in names.items()}
    return entries(library, now)


def cudnn(wheels: Wheels, mirrors: Repositories) -> list[Entry]:
    """What libcudnn.so exports; which of its parts has a function tells header and group. Only HIPIFY tells versions."""
    library = libraries()["cudnn"]
    hip = sources.from_hipify(mirrors.hipify, library)
    binary = sources.exported(wheels, library, (("12:8.9.0.131", ""), ("12:9.10.2.21", "9.0.0"), ("13:9.28.0.42", "")))
    binary = {name: replace(item, span=Span("", item.span.removed)) for name, item in binary.items()}
    names = sources.joined(hip, binary, sources.from_cudarc(mirrors.cudarc, library, own_versions=True))
    parts = {part: wheels.symbols("13:9.28.0.42", "nvidia-cudnn", f"cudnn_{part}") for part in _CUDNN_PARTS}
    found = []
    for entry in entries(library, names):
        part = next((part for part, symbols in parts.items() if entry.name in symbols), "")
        found.append(replace(entry, group=part, header=f"cudnn_{part}.h") if part else entry)
    return found


def _of_cccl(family: str, _: Wheels, mirrors: Repositories) -> list[Entry]:
    return cccl.entries(mirrors.cccl)[family]


MAKERS: dict[str, Callable[[Wheels, Repositories], list[Entry]]] = {
    "npp": npp,
    "nccl": nccl,
    "nvml": nvml,
    "cudnn": cudnn,
    **{family: partial(_of_cccl, family) for family in ("cub", "thrust", "libcudacxx")},
}

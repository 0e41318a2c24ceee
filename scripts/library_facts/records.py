"""Records of names: what kind, which header, which group."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.model import Entry, Kind
from crosswarp.cuda_api_coverage.catalogue.tables import rows

from library_facts.libraries import Library, libraries
from library_facts.sources import Name, Names

DOCUMENTED = Path(__file__).with_name("documented.tsv")
_SECTION = re.compile(r"^CU\w+ | Function Reference$| Reference$")
_VARIANT = re.compile(r"(_v2)?(_64)?$")
_BY_SECTION = ("cublas", "cusparse")  # HIPIFY's sections are finer there than what the name tells


def entries(library: Library, names: Names) -> list[Entry]:
    """Records of a library; the derived columns are empty."""
    found = []
    for name, known in names.items():
        kind = Kind(library.called) if known.kind is Kind.FUNCTION else known.kind
        place = _group(library, name, known, names), library.header(name)
        found.append(Entry(library.family, name, kind, *place, known.span.since, known.deprecated, known.span.removed))
    return found


def documented(family: str, known: Container[str]) -> list[Entry]:
    """Records of names that only NVIDIA's documentation has (`documented.tsv`)."""
    found = []
    for own, kind, header, names in rows(DOCUMENTED):
        for name in names.split():
            if own == family and name not in known:
                words = libraries()[family].group(name) if kind == Kind.DEVICE_FUNCTION.value else "types"
                found.append(Entry(family, name, Kind(kind), words, header))
    return found


def _group(library: Library, name: str, known: Name, names: Mapping[str, Name]) -> str:
    """`types`; HIPIFY's section of the name, or of the form without `_v2` and `_64`; or the library's word for it."""
    if known.kind is not Kind.FUNCTION:
        return "types"
    section = known.section or names.get(_VARIANT.sub("", name), known).section
    if section and library.family in _BY_SECTION:
        return _SECTION.sub("", section).lower().replace("blas-", "BLAS-").replace("api", "API")
    return library.group(name)

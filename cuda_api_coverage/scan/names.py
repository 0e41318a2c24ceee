"""The catalogue's names as a scan looks them up, and which names look like CUDA's though no record has them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from crosswarp.cuda_api_coverage.catalogue.load import Catalogue, catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Entry, Kind
from crosswarp.cuda_api_coverage.catalogue.ptx import lookup_ptx

Keys = tuple[tuple[str, str], ...]
"""Family and name of every record that a word may mean."""

_LIBRARIES = "cublas|cufft|curand|cusparse|cusolver|cudnn|nvrtc|nvml|nccl|cudss|cutensor|nvjpeg|cufile|cupti"
_UPPER = "CU|CUDA|CUDART|CUDNN|CUBLAS|CUBLASLT|CUFFT|CURAND|CUSPARSE|CUSOLVER|NVRTC|NVML|NPP|NCCL|CUTENSOR|CUPTI"
LOOKS_LIKE_CUDA = re.compile(
    rf"""cuda[A-Z]\w*                      # the runtime
  | cu[A-Z][a-z]\w* | CU[a-z]\w*           # the driver
  | (?:{_UPPER})_[A-Z0-9]\w*
  | (?:{_LIBRARIES})[A-Z]\w* | nppi?s?[A-Z]\w*
  | __nv_\w+ | __cuda_?\w+""",
    re.X,
)
_GENERIC = re.compile(r"[a-z0-9]+|[A-Z]+|[a-z]+_t")
_CPP_WORD = re.compile(r"[a-z_]*[a-z]")
ROOTS = {"cub": "cub", "thrust": "thrust", "libcudacxx": "cuda::std", "cooperative_groups": "cooperative_groups"}
"""The namespace that a family's records stand in where their names do not say."""
NAMESPACES = frozenset(("cub", "thrust", "cuda", "cooperative_groups", "nvcuda", "nv", "nvstd"))
_CALLED = frozenset((Kind.FUNCTION, Kind.DEVICE_FUNCTION, Kind.TEMPLATE))
_NO_WORDS = frozenset(("options", "ptx", "headers", "libraries"))


@dataclass(frozen=True)
class Names:
    """`words` has what a source may write as one word, `qualified` whole names from their outermost namespace, `headers` what
    stands in `#include`, `libraries` what is linked. `generic` are words that programs use for their own things; `called` are
    functions, `variables` those of device code (`threadIdx`).
    """

    words: dict[str, Keys]
    qualified: dict[str, Keys]
    headers: dict[str, Keys]
    libraries: dict[str, Keys]
    features: dict[str, Keys]
    device_words: frozenset[str]
    """Features of C++ that are one word: `constexpr`, `asm`."""
    members: dict[str, frozenset[str]]
    """What stands directly in a namespace or class."""
    generic: frozenset[str]
    called: frozenset[str]
    variables: frozenset[str]
    entries: dict[tuple[str, str], Entry]

    def longest(self, full: str) -> tuple[str, Keys]:
        """The longest beginning of a whole name that has records: `cub::BlockReduce::TempStorage` may only have its class's."""
        name = full
        while "::" in name:
            if keys := self.qualified.get(name):
                return name, keys
            name = name.rpartition("::")[0]
        return full, ()


@lru_cache
def names_of_catalogue() -> Names:
    """Those of this version's catalogue."""
    return names_of(catalogue())


def names_of(known: Catalogue) -> Names:
    """Those of a catalogue."""
    entries = known.entries
    qualified = {_whole(entry): _keys([entry]) for entry in entries if entry.family in ROOTS or "::" in entry.name}
    words = _by(entry for entry in entries if _is_word(entry))
    words |= {form: words[name] for form, name in known.forms.items() if name in words}
    return Names(
        words=words,
        qualified=qualified,
        headers=_by(known.of("headers")),
        libraries=_by(known.of("libraries")),
        features=_by(known.of("language")),
        device_words=frozenset(entry.name for entry in known.of("language") if _CPP_WORD.fullmatch(entry.name)),
        members=_members(qualified),
        generic=frozenset(word for word in words if _GENERIC.fullmatch(word) and not LOOKS_LIKE_CUDA.fullmatch(word)),
        variables=frozenset(entry.name for entry in entries if entry.kind is Kind.VARIABLE and entry.name in words),
        called=frozenset((*(entry.name for entry in entries if entry.kind in _CALLED), *known.forms)),
        entries={entry.key: entry for entry in entries},
    )


def _keys(entries: Iterable[Entry]) -> Keys:
    return tuple(entry.key for entry in entries)


def _is_word(entry: Entry) -> bool:
    if entry.family in {*ROOTS, *_NO_WORDS} or "::" in entry.name:
        return False
    return entry.family != "language" or not _CPP_WORD.fullmatch(entry.name)


def _by(entries: Iterable[Entry]) -> dict[str, Keys]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.name].append(entry)
    return {name: _keys(same) for name, same in found.items()}


def _members(qualified: Iterable[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name in qualified:
        parts = name.split("::")
        for count in range(1, len(parts)):
            found["::".join(parts[:count])].add(parts[count])
    return {outer: frozenset(inner) for outer, inner in found.items()}


def instruction_keys(opcode: str) -> Keys:
    """The record of an instruction as a program writes it."""
    entry = lookup_ptx(opcode)
    return (entry.key,) if entry else ()


def _whole(entry: Entry) -> str:
    """A record's name from its outermost namespace."""
    root = ROOTS.get(entry.family, "")
    outermost = entry.name.partition("::")[0]
    return entry.name if not root or outermost in NAMESPACES else f"{root}::{entry.name}"

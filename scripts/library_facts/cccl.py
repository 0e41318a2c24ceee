"""Names of CUB, Thrust and libcu++, from CCCL's open sources (github.com/NVIDIA/cccl), one tag for each CUDA release.

CUB: classes and what can be called of them. Thrust and libcu++: what namespaces have, without members. Not in it: names that begin
with an underscore, namespaces and folders called detail, and folders that are no one's header (`_INTERNAL`).
"""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.model import Entry, Kind
from crosswarp.cuda_api_coverage.derive.cccl import missing

from library_facts.history import spans
from library_facts.outline import Declared, outline

# The newest of each minor version: CUDA 12.9 came with CCCL 2.8, CUDA 13.x with CCCL 3.x.
TAGS = (("v2.2.0", "12.3"), ("v2.3.2", "12.4"), ("v2.4.0", "12.5"), ("v2.5.0", "12.6"), ("v2.7.0", "12.8"), ("v2.8.2", "12.9"),
        ("v3.0.2", "13.0"), ("v3.1.4", "13.1"), ("v3.2.1", "13.2"), ("v3.3.4", "13.3"), ("v3.4.2", "13.4"),
        ("v3.5.0-rc0", "13.5"))  # fmt: skip
# Before CCCL 2.8 most of libc++ lay beside it, usable or not.
_LIBCUDACXX = ("12.9", "13.0", "13.1", "13.2", "13.3", "13.4", "13.5")
FOLDERS = ("cub/cub", "thrust/thrust", "libcudacxx/include/cuda")
_INTERNAL = re.compile(
    r"/(detail|dispatch|agent|specializations|__(cccl\w*|internal|host_stdlib|fwd|floating_point|driver|runtime|exception))/"
)
_HEADERS = {"__tuple_dir": "tuple", "__string": "string_view", "__device": "devices", "__event": "stream", "__container": "buffer",
            "__pstl": "execution", "__ptx": "ptx", "__new": "memory", "__thread": "atomic",
            "__memcpy_async": "barrier"}  # fmt: skip
# Where Thrust's execution policies are: one per system, put together by macros.
_POLICIES = ("seq", "cuda::par", "cuda::par_nosync", "omp::par", "tbb::par", "cpp::par")
_ROOTS = {"cub": "cub", "thrust": "thrust", "libcudacxx": "cuda"}
Found = dict[str, tuple[Kind, str]]


@lru_cache
def entries(repository: Path) -> dict[str, list[Entry]]:
    """Records by family; the derived columns are empty."""
    lists = [(version, _names(repository, tag)) for tag, version in TAGS]
    found: dict[str, list[Entry]] = {}
    for family in ("cub", "thrust", "libcudacxx"):
        known = [(version, names[family]) for version, names in lists if family != "libcudacxx" or version in _LIBCUDACXX]
        history = spans((version, set(names)) for version, names in known)
        places = {name: place for _, names in known for name, place in names.items()}
        found[family] = [Entry(family, name, kind, _group(header), header, history[name].since, "", history[name].removed)
                         for name, (kind, header) in places.items()]  # fmt: skip
    return {family: list(map(_still_there, records)) for family, records in found.items()}


def _still_there(entry: Entry) -> Entry:
    """A name that the newest wheel declares is not gone, wherever it is now: the outline does not see through every macro."""
    member = entry.name.count("::") > 1 and entry.family == "cub"
    return entry if member or entry.name in missing() else replace(entry, removed="")


def _names(repository: Path, tag: str) -> dict[str, Found]:
    found: dict[str, Found] = {"cub": {}, "thrust": {}, "libcudacxx": {}}
    files = dict(_files(repository, tag))
    public = {path.removeprefix("libcudacxx/include/") for path in files if "." not in path.rpartition("/")[2]}
    for path, text in files.items():
        family = path.split("/")[0]
        header = _header(path)
        if family != "libcudacxx" or header in public:
            root = "cuda::ptx" if "/__ptx/instructions/generated/" in path else ""
            names = {one.name: (one.kind, header) for one in outline(text, root) if _wanted(family, one)}
            found[family] = names | found[family]
    found["thrust"] |= {f"thrust::{name}": (Kind.VARIABLE, "thrust/execution_policy.h") for name in _POLICIES}
    return found


def _files(repository: Path, tag: str) -> Iterator[tuple[str, str]]:
    command = ["git", "-C", str(repository), "archive", tag, *FOLDERS]
    archive = subprocess.run(command, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        for member in files:
            data = files.extractfile(member)
            if data and not _INTERNAL.search(member.name.replace("/detail/libcxx/include/", "/")):
                yield member.name, data.read().decode(errors="replace")


def _header(path: str) -> str:
    """The header that a program includes for a file's names, by the file's folder."""
    family, _, inner = path.partition("/")
    if family != "libcudacxx":
        return inner
    inner = inner.removeprefix("include/").replace("std/detail/libcxx/include/", "std/")
    folder = "cuda/std" if inner.startswith("cuda/std/") else "cuda"
    first = inner.removeprefix(folder + "/").split("/")[0]
    return f"{folder}/{_HEADERS.get(first, first.strip('_'))}"


def _wanted(family: str, one: Declared) -> bool:
    space, _, name = one.name.rpartition("::")
    if one.name.split("::")[0] != _ROOTS[family] or "_impl" in name or len(name) == 1:
        return False
    return not one.inside or (family == "cub" and space.count("::") == 1 and (one.kind is Kind.MEMBER or name == "TempStorage"))


def _group(header: str) -> str:
    """`block` of cub/block/block_scan.cuh, `cuda/std/atomic` of libcu++."""
    parts = header.split("/")
    return header if parts[0] == "cuda" else parts[1] if len(parts) > 2 else parts[1].partition(".")[0]

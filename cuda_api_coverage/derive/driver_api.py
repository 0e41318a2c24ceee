"""The driver API's entries and what each does, from the shim itself, so that no list has to be kept by hand.

`runtime_shim/driver_api/versions.inc` names every entry that CUDA 13.0 declares, with the symbols of its forms. An entry is
implemented where one of the sources below `driver_api/` defines its newest form. It is refused where `unsupported.inc` names it,
where its own definition says so (`say_unsupported("<entry>")`), or where all it does is to call a runtime entry that is refused.
"""

from __future__ import annotations

import re
from pathlib import Path

from crosswarp.cuda_api_coverage.derive.runtime_api import Entry, Status
from crosswarp.support.paths import PACKAGE_ROOT

SHIM = PACKAGE_ROOT / "runtime_shim"
DRIVER_API = SHIM / "driver_api"
GRAPHICS = DRIVER_API / "graphics.inc"
HEADERS = SHIM / "include" / "crosswarp" / "driver"
# Forms that have a name of their own in cuda.h, beside the name they are a form of.
_SAME_ENTRY = {"cuGraphInstantiateWithFlags"}
_PROFILER = ("cuProfilerInitialize", "cuProfilerStart", "cuProfilerStop")  # declared by cudaProfiler.h
_FORM = re.compile(r"^CW_SINCE\((\w+), (\w+), \d+\)", re.M)
_UNSUPPORTED = re.compile(r"^CW_UNSUPPORTED\((\w+)\)", re.M)
_DEFINITION = re.compile(r"^CUresult (cu[A-Z]\w+)\(.*?(?=^CUresult |\Z)", re.M | re.S)
_MACRO = re.compile(r"^#define (cu\w+) (cu\w+)$", re.M)


def declared() -> set[str]:
    """The names that cuda.h gives to its prototypes."""
    text = "".join(path.read_text() for path in sorted(HEADERS.glob("*_api.h")))
    return set(re.findall(r"^CUresult (cu\w+)\(", text, re.M))


def forms() -> dict[str, list[str]]:
    """Entry to the symbols of its forms, oldest first."""
    found: dict[str, list[str]] = {}
    for name, symbol in _FORM.findall((DRIVER_API / "versions.inc").read_text()):
        found.setdefault(name, []).append(symbol)
    return found


def symbols() -> set[str]:
    """Every symbol that libcuda.so.1 exports for programs, by the tables it is made from."""
    tables = {"per_thread.inc": r"CW_PER_THREAD\(\w+, (\w+)\)", "plain_names.inc": r"CW_PLAIN_NAME\((\w+), \w+\)"}
    listed = {symbol for entry in forms().values() for symbol in entry}
    for table, pattern in tables.items():
        listed |= set(re.findall(pattern, (DRIVER_API / table).read_text()))
    return listed | set(_PROFILER) | set(_UNSUPPORTED.findall(GRAPHICS.read_text()))


def _binary_names() -> dict[str, str]:
    """What cuda.h's macros make of a name without `--default-stream per-thread`."""
    text = (HEADERS / "versions.h").read_text()
    common, _, rest = text.partition("#if defined(CUDA_API_PER_THREAD_DEFAULT_STREAM)")
    return dict(_MACRO.findall(common)) | dict(_MACRO.findall(rest.partition("#else")[2]))


def _refused_runtime_entries() -> set[str]:
    return set(_UNSUPPORTED.findall((SHIM / "api" / "unsupported.inc").read_text()))


def _definitions() -> dict[str, tuple[Path, str]]:
    """Symbol to its source and the text of its definition."""
    binary = _binary_names()
    found = {}
    for path in sorted(DRIVER_API.rglob("*.cpp")):
        for match in _DEFINITION.finditer(path.read_text()):
            found[binary.get(match.group(1), match.group(1))] = (path, match.group(0))
    return found


def _is_refused(name: str, text: str, refused: set[str]) -> bool:
    outright = f'say_unsupported("{name}")' in text or "{ return CUDA_ERROR_NOT_SUPPORTED; }" in text
    return outright or bool(refused & set(re.findall(r"\bcuda\w+", text)))


def driver_entries() -> list[Entry]:
    """Every entry that CUDA 13.0's cuda.h declares, by family and name; what the library lacks is not in the list."""
    definitions, refused = _definitions(), _refused_runtime_entries()
    table = DRIVER_API / "unsupported.inc"
    entries = []
    for name, known in forms().items():
        if name in _SAME_ENTRY:
            continue
        if known[-1] in definitions:
            path, text = definitions[known[-1]]
            status = Status.NOT_SUPPORTED if _is_refused(name, text, refused) else Status.IMPLEMENTED
            entries.append(Entry(path.parent.name, name, status, path))
        elif known[-1] in _UNSUPPORTED.findall(table.read_text()):
            entries.append(Entry("unsupported", name, Status.NOT_SUPPORTED, table))
    return sorted(entries, key=lambda entry: (entry.family, entry.name))


def other_entries() -> list[Entry]:
    """What the library has besides: entries of headers beside cuda.h, and forms that programs write by a name of their own."""
    found, entries = _definitions(), {entry.name: entry for entry in driver_entries()}
    profiler = [(name, *found[name]) for name in _PROFILER]
    others = [Entry(path.parent.name, name, Status.NOT_SUPPORTED if _is_refused(name, text, set()) else Status.IMPLEMENTED, path)
              for name, path, text in profiler]
    same = [(name, entry) for name, symbols in forms().items() for entry in entries.values() if name in _SAME_ENTRY and
            set(symbols) & set(forms()[entry.name])]
    graphics = {re.sub(r"_v2$", "", symbol) for symbol in _UNSUPPORTED.findall(GRAPHICS.read_text())}
    others += [Entry("unsupported", name, Status.NOT_SUPPORTED, GRAPHICS) for name in sorted(graphics)]
    return others + [Entry(entry.family, name, entry.status, entry.source) for name, entry in same]

"""Writes the derived columns of the catalogue (`cuda_api_coverage/catalogue/records/`) from our own sources.

    python scripts/catalogue.py [FAMILY ...]     rewrite those families, or all
    python scripts/catalogue.py --check [...]    compare: each disagreement on a line, exit status 1

The columns name to removed are facts, which stay; state to source are what the family's deriving function says now. Stated
differences (`cuda_api_coverage/derive/differences.toml`) are applied to every family here.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.load import FAMILIES, FORMS, RECORDS
from crosswarp.cuda_api_coverage.catalogue.model import Entry
from crosswarp.cuda_api_coverage.catalogue.tables import HEADINGS, comment_of, fields, read_entries, rows, write_entries, write_rows
from crosswarp.cuda_api_coverage.derive import cccl, driver, headers, language, libraries, linked_libraries, ptx, runtime, templates
from crosswarp.cuda_api_coverage.derive.forms import forms

sys.path.insert(0, str(Path(__file__).parent))
import device_records
import option_records

DIFFERENCES = Path(runtime.__file__).with_name("differences.toml")
Derive = Callable[[list[Entry]], list[Entry]]
# Records as kept -> records as they should be. It may add records that only our sources know; a record it leaves out goes away.
LIBRARIES = ("cublas", "cublaslt", "cufft", "curand", "curand_device", "cusparse", "cusolver", "nccl", "cudnn", "npp", "nvml")
DERIVED: dict[str, Derive] = {
    "runtime": runtime.entries,
    "driver": driver.entries,
    "nvrtc": driver.nvrtc_entries,
    "runtime_types": runtime.type_records,
    "driver_types": driver.type_records,
    "templates": templates.entries,
    "headers": headers.entries,
    "cooperative_groups": device_records.cooperative_groups,
    "device_functions": device_records.device_functions,
    "language": language.entries,
    "options": option_records.entries,
    "ptx": ptx.entries,
    "libraries": linked_libraries.entries,
    **dict.fromkeys(LIBRARIES, libraries.entries),
    **dict.fromkeys(("cub", "thrust", "libcudacxx"), cccl.entries),
}


def kept(family: str) -> list[Entry]:
    """The family's records as they are written down; none before the first run."""
    path = RECORDS / f"{family}.tsv"
    return read_entries(path) if path.exists() else []


def differences() -> dict[str, str]:
    """`family/name` to what a user must know."""
    found: dict[str, str] = tomllib.loads(DIFFERENCES.read_text(encoding="utf-8"))
    return found


def derived(family: str) -> dict[str, Entry]:
    """The family's records as our sources have them now, by name."""
    stated = differences()
    entries = DERIVED[family]([replace(entry, difference="") for entry in kept(family)])
    found = {entry.name: replace(entry, difference=stated.get(f"{family}/{entry.name}", entry.difference)) for entry in entries}
    if len(found) != len(entries):
        raise ValueError(f"{family}: a name has two records")
    return found


def compare(family: str) -> Iterator[str]:
    """Each disagreement of the family's file with our sources: `family/name: record says X, sources say Y`."""
    records, sources = {entry.name: entry for entry in kept(family)}, derived(family)
    for name in sorted(records.keys() | sources.keys()):
        said, found = _described(records.get(name)), _described(sources.get(name))
        if said != found:
            yield f"{family}/{name}: record says {_unlike(said, found)}, sources say {_unlike(found, said)}"


def unknown_differences() -> Iterator[str]:
    """Stated differences of what has no record."""
    for key in differences():
        family, _, name = key.partition("/")
        if name not in {entry.name for entry in kept(family)}:
            yield f"{key}: {DIFFERENCES.name} says something of it, and it has no record"


def rewrite(family: str) -> None:
    """Write the family's file; its comment stays."""
    path = RECORDS / f"{family}.tsv"
    comment = comment_of(path) if path.exists() else f"{FAMILIES[family]}."
    write_entries(path, comment, derived(family).values())


def form_disagreements() -> Iterator[str]:
    """Forms of functions that the catalogue's list has otherwise than our headers and libraries."""
    written, found = dict(rows(FORMS)), forms()
    for form in sorted(name for name in written.keys() | found.keys() if written.get(name) != found.get(name)):
        yield f"{FORMS.name}/{form}: record says {written.get(form, 'nothing')}, sources say {found.get(form, 'nothing')}"


def main(words: Iterable[str]) -> int:
    """Command line. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("families", nargs="*", metavar="FAMILY", help=f"of {', '.join(DERIVED)}; all where none is named")
    parser.add_argument("--check", action="store_true", help="compare and write nothing")
    asked = parser.parse_args(list(words))
    if unknown := set(asked.families) - DERIVED.keys():
        parser.error(f"no such family: {', '.join(sorted(unknown))}")
    chosen = asked.families or list(DERIVED)
    if not asked.check:
        for family in chosen:
            rewrite(family)
        write_rows(FORMS, "Forms of functions, and the name that has the record.", ("form", "name"), forms().items())
    found = [*unknown_differences(), *form_disagreements(), *(line for family in chosen if asked.check for line in compare(family))]
    print("\n".join(found), file=sys.stderr) if found else None
    return 1 if found else 0


def _described(entry: Entry | None) -> dict[str, str]:
    return dict(zip(HEADINGS, fields(entry), strict=True)) if entry else {}


def _unlike(said: dict[str, str], other: dict[str, str]) -> str:
    words = [f"{heading} {text or 'empty'}" for heading, text in said.items() if other.get(heading) != text]
    return ", ".join(words) if said and other else "it exists" if said else "nothing"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

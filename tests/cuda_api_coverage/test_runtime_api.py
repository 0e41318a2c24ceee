"""The catalogue is read from the sources; the built library is the independent witness."""

import re

from crosswarp.cuda_api_coverage.derive.runtime_api import PER_THREAD_FORMS, Status, runtime_entries, totals
from crosswarp.support.paths import library_dir
from elftools.elf.elffile import ELFFile


def exported() -> set[str]:
    with (library_dir() / "libcudart.so.12").open("rb") as stream:
        symbols = ELFFile(stream).get_section_by_name(".dynsym").iter_symbols()
        names = {symbol.name for symbol in symbols if symbol["st_shndx"] != "SHN_UNDEF"}
    return {name for name in names if name.startswith("cuda") and not name.endswith(PER_THREAD_FORMS)}


def test_every_entry_is_exported_and_every_export_is_an_entry():
    names = {entry.name for entry in runtime_entries()}
    symbols = {name.removesuffix("_v2") for name in exported()}
    assert {name.removesuffix("_v2") for name in names} == symbols


def test_no_entry_has_two_statuses():
    names = [entry.name for entry in runtime_entries()]
    assert len(names) == len(set(names))


def test_totals_add_up():
    entries = runtime_entries()
    counted = totals(entries)
    assert counted[Status.IMPLEMENTED] >= 60
    assert sum(counted.values()) == len(entries)


def test_command_lists_every_entry(crosswarp):
    """What `unsupported.inc` names is refused; of the others the records' own rules decide (some refuse in their definition)."""
    listed = dict(line.split(": ") for line in crosswarp("coverage", "--list", "--family", "runtime").stdout.splitlines())
    own = {re.sub(r"_v\d+$", "", entry.name): entry.status for entry in runtime_entries()}
    assert own.keys() <= listed.keys()
    assert {listed[name] for name, status in own.items() if status is Status.NOT_SUPPORTED} == {"refused"}
    assert listed["cudaMalloc"] == "implemented"

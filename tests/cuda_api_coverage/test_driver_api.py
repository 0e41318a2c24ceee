"""The driver API's catalogue is read from the sources; the built library and cuda.h are the independent witnesses."""

import re

from crosswarp.cuda_api_coverage.derive.driver_api import declared, driver_entries, forms, symbols
from crosswarp.cuda_api_coverage.derive.runtime_api import Status, totals
from crosswarp.support.paths import library_dir
from elftools.elf.elffile import ELFFile


def exported() -> set[str]:
    with (library_dir() / "libcuda.so.1").open("rb") as stream:
        found = ELFFile(stream).get_section_by_name(".dynsym").iter_symbols()
        return {symbol.name for symbol in found if symbol["st_shndx"] != "SHN_UNDEF" and symbol.name.startswith("cu")}


def test_what_is_exported_is_what_the_tables_name():
    assert exported() == symbols()


def test_every_entry_is_there_once():
    names = [entry.name for entry in driver_entries()]
    assert len(names) == len(set(names)) == 446
    assert set(names) == set(forms()) - {"cuGraphInstantiateWithFlags"}


def test_every_entry_is_declared():
    plain = {re.sub(r"_v\d$", "", name) for name in declared()}
    assert {entry.name for entry in driver_entries()} == plain


def test_most_are_implemented():
    counted = totals(driver_entries())
    assert counted[Status.IMPLEMENTED] >= 380
    assert sum(counted.values()) == 446

"""Advice is data: every pattern means something that is in the catalogue, and every name gets some."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from crosswarp.cuda_api_coverage.catalogue.load import FAMILIES, Catalogue
from crosswarp.cuda_api_coverage.catalogue.load import catalogue as whole
from crosswarp.cuda_api_coverage.catalogue.model import Device, Entry, Kind, Status
from crosswarp.cuda_api_coverage.output.advice import TABLE, advice, page
from crosswarp.cuda_api_coverage.output.close import CloseNames

ROOT = Path(__file__).parents[3]
DATA = tomllib.loads(TABLE.read_text())


@pytest.mark.parametrize("section", ["names", "successors"])
def test_every_pattern_fits_an_entry(section: str) -> None:
    keys = ["/".join(entry.key) for entry in whole().entries]
    assert [pattern for pattern in DATA[section] if not any(fnmatchcase(key, pattern) for key in keys)] == []


def test_pages_exist_for_families_that_exist() -> None:
    assert set(DATA["pages"]) <= set(FAMILIES)
    for family in FAMILIES:
        file, _, anchor = page(family).partition("#")
        text = (ROOT / file).read_text()
        assert not anchor or f"\n## {anchor.replace('-', ' ')}" in text.lower()


def test_whatever_does_not_work_has_advice() -> None:
    for entry in whole().entries:
        for device in Device:
            status = whole().status(entry, device)
            text = advice(entry, status, device)
            assert text or status is Status.WORKS
            assert "{" not in text or "{" in entry.name + entry.difference
            assert "\n" not in text


@pytest.mark.parametrize(("family", "name", "start"), [
    ("cublas", "cublasSgemm", "There is no cuBLAS."),
    ("driver", "cuTensorMapEncodeTiled", "There are no tensor maps"),
    ("device_functions", "__shfl_xor", "CUDA has no __shfl_xor from compute capability 7.0 on: use __shfl_xor_sync"),
    ("runtime", "cudaNotAtAll", "Crosswarp has no cudaNotAtAll"),
])
def test_the_longest_pattern_that_fits_gives_the_advice(family: str, name: str, start: str) -> None:
    assert advice(Entry(family, name, Kind.FUNCTION), Status.ABSENT, Device.AMD).startswith(start)


def test_successors_are_said_of_what_works_too() -> None:
    removed = Entry("runtime", "cudaThreadExit", Kind.FUNCTION, removed="13.0")
    assert advice(removed, Status.WORKS, Device.CPU) == "CUDA: removed in CUDA 13.0; use cudaDeviceReset instead."
    deprecated = Entry("runtime", "x", Kind.FUNCTION, deprecated="12.0")
    assert advice(deprecated, Status.WORKS, Device.CPU) == "CUDA: deprecated since CUDA 12.0."


@pytest.mark.parametrize(("name", "close"), [
    ("cudamalloc", ["cudaMalloc"]), ("cudaMaloc", ["cudaMalloc"]), ("cudaMemsett", ["cudaMemset"]), ("xyzzy", []), ("", [])])
def test_close_names(catalogue: Catalogue, name: str, close: list[str]) -> None:
    assert CloseNames(catalogue).of(name) == tuple(close)

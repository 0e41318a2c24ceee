"""The runtime's records against what NVIDIA's libcudart.so of seventeen versions exports (scripts/catalogue_facts.py looked)."""

import re
from pathlib import Path

import pytest
from crosswarp.cuda_api_coverage.catalogue.load import catalogue
from crosswarp.cuda_api_coverage.catalogue.tables import comment_of, rows
from crosswarp.cuda_api_coverage.report.versions import exists_in, number

FACTS = Path(__file__).with_name("runtime_symbols.tsv")
VERSIONS = re.findall(r"\b1\d\.\d\b", comment_of(FACTS))
WINDOWS = re.compile("D3D|WGL")


def test_many_versions_were_looked_at():
    assert len(VERSIONS) == 17
    assert {"11.8", "12.9", "13.0", "13.5"} <= set(VERSIONS)


@pytest.mark.parametrize("version", VERSIONS)
def test_records_exist_in_the_versions_that_export_them(version):
    exported = {name for name, first, last in rows(FACTS) if number(first) <= number(version) <= number(last)}
    recorded = {e.name for e in catalogue().of("runtime") if exists_in(e, version) and not WINDOWS.search(e.name)}
    assert exported == recorded

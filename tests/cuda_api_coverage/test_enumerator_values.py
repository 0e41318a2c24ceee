"""Enumerators and macros of our headers have NVIDIA's values: facts from cuda-bindings and cudarc, collected by
scripts/catalogue_facts.py. Our headers speak 12.9; what CUDA 13 added has its value there.
"""

from collections import defaultdict
from pathlib import Path

import pytest
from crosswarp.cuda_api_coverage.catalogue.model import Kind
from crosswarp.cuda_api_coverage.catalogue.tables import rows
from crosswarp.cuda_api_coverage.derive.declared_names import declared_names, macro_values
from crosswarp.cuda_api_coverage.derive.types import DRIVER_HEADERS, RUNTIME_HEADERS

FACTS = Path(__file__).with_name("enumerator_values.tsv")
HEADERS = {"runtime": RUNTIME_HEADERS, "driver": DRIVER_HEADERS, "nvrtc": ("nvrtc.h",)}
AT_LEAST = {"runtime": 700, "driver": 850, "nvrtc": 18}


def facts(library: str) -> dict[str, int]:
    """Name to the value of the oldest version that has it, 12.9 first."""
    found = defaultdict(dict)
    for owner, name, version, value in rows(FACTS):
        if owner == library:
            found[name][version] = int(value)
    return {name: next(values[v] for v in ("12.9", "13.0", "13.5") if v in values) for name, values in found.items()}


def ours(library: str) -> dict[str, int]:
    """The values that our headers give to the names of which there are facts."""
    known, expected = declared_names(HEADERS[library]), facts(library)
    values = {name: declared.value for name, declared in known.items() if declared.kind is Kind.ENUMERATOR}
    for header in HEADERS[library]:
        macros = [name for name, d in declared_names((header,)).items() if d.kind is Kind.MACRO and name in expected]
        values |= macro_values(macros, header)
    return {name: values[name] for name in values.keys() & expected.keys()}


@pytest.mark.parametrize("library", HEADERS)
def test_values_are_nvidias(library):
    expected, found = facts(library), ours(library)
    wrong = {name: (value, expected[name]) for name, value in found.items() if (value - expected[name]) % 2**32}
    assert wrong == {}  # signs apart, which a 32-bit constant has or has not by who reads it
    assert len(found) >= AT_LEAST[library]


def test_a_macro_that_is_no_constant_is_told():
    with pytest.raises(ValueError, match=r"driver_types\.h"):
        macro_values(["__host__"], "driver_types.h")

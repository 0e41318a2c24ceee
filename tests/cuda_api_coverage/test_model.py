"""Status on a device, from what the sources have and what tests prove; and the files that carry both."""

import pytest
from crosswarp.cuda_api_coverage.catalogue.model import Device, Entry, Kind, Proof, State, Status, status
from crosswarp.cuda_api_coverage.catalogue.tables import read_entries, write_entries

PLAIN = Entry("runtime", "cudaMalloc", Kind.FUNCTION, state=State.IMPLEMENTED)
STATED = Entry("runtime", "cudaMalloc", Kind.FUNCTION, state=State.IMPLEMENTED, difference="zeroed", refused_on=(Device.AMD,))
PROVEN = (Proof(Device.CPU, ("tests/a.py::test_b",)), Proof(Device.NVIDIA, ("tests/a.py::test_b",), recorded=True))


@pytest.mark.parametrize(
    ("entry", "device", "expected"),
    [
        (PLAIN, Device.CPU, Status.WORKS),
        (PLAIN, Device.EMULATED, Status.UNTESTED),
        (PLAIN, Device.NVIDIA, Status.UNTESTED),  # only a recording library stood in for it
        (STATED, Device.CPU, Status.DIFFERS),
        (STATED, Device.AMD, Status.NOT_SUPPORTED),
        (Entry("runtime", "cudaX", Kind.FUNCTION, state=State.REFUSED), Device.CPU, Status.NOT_SUPPORTED),
        (Entry("runtime", "cudaX", Kind.FUNCTION), Device.CPU, Status.ABSENT),
    ],
)
def test_status(entry, device, expected):
    assert status(entry, device, PROVEN) is expected


def test_records_come_back_as_they_were_written(tmp_path):
    path = tmp_path / "runtime.tsv"
    entries = [STATED, Entry("runtime", "cudaFree", Kind.FUNCTION, "memory", "cuda_runtime_api.h", "2.0", "12.9", "13.0")]
    write_entries(path, "from nowhere", entries)
    assert read_entries(path) == sorted(entries, key=lambda entry: entry.name)

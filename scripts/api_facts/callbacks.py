"""Runtime functions older than the other sources tell, from CUPTI's callback numbers in cudarc's bindings: the name of each ends
with the CUDA version of its function (`CUPTI_RUNTIME_TRACE_CBID_cudaMallocManaged_v6000`).

CUPTI began with 3.2: what has that number is older or as old. Numbers of later versions are those of development, often before the
release, and are left to the other sources.
"""

from __future__ import annotations

import re

_NAME = re.compile(r"CUPTI_RUNTIME_TRACE_CBID_(cuda\w+?)(?:_v\d)?_v(\d{4,5})\b")
_RELEASED = (4000, 4010, 4020, 5000, 5050, 6000, 6050, 7000, 7050, 8000, 9000, 9010, 9020, 10000, 10010, 10020, 11010)
_PUBLIC = {"cudaOccupancyMaxActiveBlocksPerMultiprocessor": "6.5"}  # numbered 6.0, as is nothing else of its kind


def read(text: str) -> dict[str, str]:
    """Function to the version that brought it, where that is after 3.2 and before 11.2."""
    oldest: dict[str, int] = {}
    for name, version in _NAME.findall(text):
        oldest[name] = min(int(version), oldest.get(name, int(version)))
    dated = {name: f"{version // 1000}.{version % 1000 // 10}" for name, version in oldest.items() if version in _RELEASED}
    return dated | _PUBLIC

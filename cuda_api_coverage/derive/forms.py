"""Forms of functions: other versions (`cuMemAlloc_v2`) and those for the per-thread default stream (`cudaMemcpyAsync_ptsz`), which
headers make of a plain name, which programs ask for by name, and which binaries import.
"""

from __future__ import annotations

import re

from crosswarp.cuda_api_coverage.catalogue.model import Kind
from crosswarp.cuda_api_coverage.derive.declared_names import declared_names, plain_name
from crosswarp.cuda_api_coverage.derive.driver_api import symbols
from crosswarp.cuda_api_coverage.derive.runtime_api import API
from crosswarp.cuda_api_coverage.derive.types import DRIVER_HEADERS, RUNTIME_HEADERS

_PER_THREAD = re.compile(r"^CW_PER_THREAD\(\w+, (\w+)\)", re.M)


def forms() -> dict[str, str]:
    """Each form that our headers declare or our libraries export, and the name whose record is meant."""
    declared = declared_names(RUNTIME_HEADERS) | declared_names(DRIVER_HEADERS)
    names = {name for name, about in declared.items() if about.kind is Kind.FUNCTION}
    names |= symbols() | set(_PER_THREAD.findall((API / "per_thread.inc").read_text()))
    return {name: plain_name(name) for name in sorted(names) if plain_name(name) != name}

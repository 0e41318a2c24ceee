"""Which Crosswarp printed a step: a word that caches hash, so that another compiler's results are never taken for ours."""

from __future__ import annotations

from functools import cache

from crosswarp.driver.images import compiler_fingerprint, target_fingerprint
from crosswarp.driver.nvcc import VERSION
from crosswarp.support.files import digest, stamp
from crosswarp.support.paths import PACKAGE_ROOT

_PARTS = ("driver", "frontend", "runtime_shim/fatbin")


@cache
def version_word() -> str:
    """`0.1.0-` and a digest of the compiler's own files: names, sizes and times."""
    files = sorted(path for part in _PARTS for path in (PACKAGE_ROOT / part).rglob("*.py"))
    stamps = [f"{path.relative_to(PACKAGE_ROOT)} {stamp(str(path))}" for path in files]
    parts = [compiler_fingerprint(), target_fingerprint("sm_80"), *stamps]
    return f"{VERSION}-{digest(*(part.encode() for part in parts)).hex()[:16]}"

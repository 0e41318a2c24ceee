"""SCALE's coverage report (docs/manual/library/apidiff/*.md of spectral-compute/scale-docs).

Declarations of NVIDIA's documentation as a diff: those that SCALE lacks have a minus.
"""

from __future__ import annotations

import re
from collections import defaultdict

from crosswarp.cuda_api_coverage.peers.peer import NOT_SUPPORTED, PARTLY, SUPPORTED

_FUNCTION = re.compile(r"^([ -])\s*(?!typedef|#|enum|struct|union)[\w:*&<>, ]*?[\w*&> ]\b(\w+)\s*\(", re.M)
_BLOCK = re.compile(r"^```diff\n(.*?)^```", re.M | re.S)


def verdicts(text: str) -> dict[str, str]:
    """Function to `yes`, to `no`, or to `partly`: some forms are there (on the host), others lack (on the device)."""
    marks: dict[str, set[str]] = defaultdict(set)
    for block in _BLOCK.findall(text):
        for mark, name in _FUNCTION.findall(block):
            marks[name].add(mark)
    words = {frozenset(" "): SUPPORTED, frozenset("-"): NOT_SUPPORTED}
    return {name: words.get(frozenset(found), PARTLY) for name, found in marks.items()}

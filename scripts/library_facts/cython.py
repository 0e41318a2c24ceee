"""Names that NVIDIA's own Python bindings declare (`cy<library>.pxd` of nvmath-python and cuda-bindings, both Apache-2.0)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crosswarp.cuda_api_coverage.catalogue.model import Kind

_LINE = re.compile(
    r"^cdef \w[\w *]*?\b(?P<function>\w+)\("
    r'|^ctypedef (?:enum|struct|union) (?P<type>\w+)'
    r'|^    (?P<member>[A-Z]\w*)(?: "\w+")?(?: = .*)?$'
    r"|^ctypedef .*?\b(?P<alias>\w+)(?: '\w+'| \"\w+\")?$", re.M)  # fmt: skip


def declared(text: str) -> Iterator[tuple[str, Kind]]:
    """Names of one file; what is only the bindings' own begins with an underscore there and is left out by the reader's prefix."""
    kinds = {"function": Kind.FUNCTION, "type": Kind.TYPE, "member": Kind.ENUMERATOR, "alias": Kind.TYPE}
    for match in _LINE.finditer(text):
        group = match.lastgroup
        assert group
        yield match[group], kinds[group]

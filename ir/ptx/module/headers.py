"""`.version`, `.target` and `.address_size`: what a module must say of itself. Source: PTX ISA 8.8, "PTX Module Directives"."""

from __future__ import annotations

import re

from crosswarp.ir.ptx.items import Header, Item
from crosswarp.ir.ptx.syntax import PtxError

_VERSION = re.compile(r"[1-9]\d*\.\d+")
_TARGET = re.compile(r"sm_\d+[af]?|compute_\d+[af]?|texmode_unified|texmode_independent|debug")


def check_headers(items: tuple[Item, ...]) -> None:
    """Raises `PtxError` for a module without version and target, and for targets and address sizes that it cannot be made for."""
    headers = [item for item in items if isinstance(item, Header)]
    if not items or not isinstance(items[0], Header) or items[0].word != "version" or not _VERSION.fullmatch(items[0].values[0]):
        raise PtxError("a module that does not begin with its .version")
    if all(header.word != "target" for header in headers):
        raise PtxError("a module without .target")
    for header in headers:
        if header.word == "address_size" and header.values != ("64",):
            raise PtxError(f"addresses of {', '.join(header.values)} bits", header.at)
        for value in header.values if header.word == "target" else ():
            if not _TARGET.fullmatch(value):
                raise PtxError(f"the target '{value}'", header.at)

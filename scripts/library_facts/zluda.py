"""ZLUDA's libraries (vosen/ZLUDA): every function that NVIDIA's header declares is exported and fails, but for those in lists."""

from __future__ import annotations

import re

from crosswarp.cuda_api_coverage.peers.peer import NOT_SUPPORTED, SUPPORTED

_LIST = re.compile(r"<=\s*\[([\w\s,]*)\]")
_DECLARED = re.compile(r"\bfn (\w+)\s*\(")
_VERSION = re.compile(r"(_v\d+)?(_pt(?:ds|sz))?$")


def verdicts(library: str, declarations: str, prefix: str) -> dict[str, str]:
    """`library`: its lib.rs, `declarations`: cuda_macros' file for it.

    A name that headers give to a form (`cuMemAlloc` to `_v2`) is there when one of its forms is.
    """
    implemented = {name for names in _LIST.findall(library) for name in re.findall(r"\w+", names) if name.startswith(prefix)}
    declared = {name for name in _DECLARED.findall(declarations) if name.startswith(prefix)}
    plain = {_VERSION.sub("", name) for name in implemented}
    names = declared | {_VERSION.sub("", name) for name in declared}
    return {name: SUPPORTED if name in implemented or (name in plain and name not in declared - implemented) else NOT_SUPPORTED
            for name in names}  # fmt: skip

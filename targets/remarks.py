"""`-opt-info inline`: what LLVM says of inlining while it emits, for people: the user's own functions by their names."""

from __future__ import annotations

import re
import sys

from crosswarp.targets.base import TargetOptions

_REMARK = re.compile(r"^remark: (?P<place>\S+?): (?P<text>'(?P<callee>[^']+)' (?:not )?inlined into '(?P<caller>[^']+)'.*?)"
                     r"(?: at callsite [^;]*;)? \[-Rpass(?:-missed)?=inline\]$", re.M)
_UNKNOWN = "<unknown>:0:0"
# Functions of the device libraries, and of the headers, are nobody's concern.
_OURS = ("__cw", "__nvvm", "_ZL")


def remark_flags(options: TargetOptions) -> list[str]:
    """Clang's words for the remarks that are asked for."""
    return ["-Rpass=inline", "-Rpass-missed=inline"] if options.inline_remarks else []


def show_remarks(messages: bytes, arch: str) -> None:
    """Print an emission's remarks on stderr, in the order they came."""
    for match in _REMARK.finditer(messages.decode(errors="replace")):
        if not match["callee"].startswith(_OURS):
            place = "" if match["place"] == _UNKNOWN else f"{match['place']}: "
            print(f"{place}remark: {match['text']} [{arch}]", file=sys.stderr)

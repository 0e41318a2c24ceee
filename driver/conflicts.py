"""Combinations of options that mean nothing together: nvcc refuses them, and so do we, before anything is compiled."""

from __future__ import annotations

from crosswarp.driver.option_words import CommandLineError
from crosswarp.driver.options import Parsed

_RULES = ("generate-dependencies", "generate-nonsystem-dependencies", "generate-dependencies-with-compile",
          "generate-nonsystem-dependencies-with-compile")
_MOST_DENSE = 101


def check(parsed: Parsed) -> None:
    """Raises `CommandLineError`; what only overrides something else becomes a note."""
    if parsed.has("device-w") and parsed.on("relocatable-device-code", False):
        raise CommandLineError("'--device-w (-dw)' is not compatible with '--relocatable-device-code=true (-rdc=true)'")
    if parsed.has("dependency-output") and not any(map(parsed.has, _RULES)):
        raise CommandLineError("Option '--dependency-output (-MF)' requires one of '-M', '-MM', '-MD' or '-MMD'")
    if parsed.has("ptx") and (parsed.has("dlink-time-opt") or parsed.has("lto")):
        raise CommandLineError("'-dlto' is not compatible with '-ptx'")
    if int(parsed.last("jump-table-density", "0")) > _MOST_DENSE:
        raise CommandLineError(f"Argument for --jump-table-density must be between [0-{_MOST_DENSE}]")
    if parsed.has("device-debug") and parsed.has("generate-line-info"):
        parsed.notes.append("'--device-debug (-G)' overrides '--generate-line-info (-lineinfo)'")

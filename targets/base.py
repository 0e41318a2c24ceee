"""What a target is: names, facts, and the ordered stages from portable IR to an image for the fat binary.

A target has no state. Differences between architectures are data (`facts`), differences between targets are stages.
"""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

from crosswarp.ir.facts import TargetFacts


class ImageKind(IntEnum):
    """What a fat-binary entry holds; the numbers are the file format's (docs/contracts.md)."""

    CPU = 1
    AMDGPU = 2
    PTX = 3
    CUBIN = 4
    PORTABLE_IR = 5


@dataclass(frozen=True)
class TargetOptions:
    """Options of one compilation that a target's stages may read. Units: `opt_level` 0-3, `maxrregcount` registers.

    `keep_functions`: PTX keeps functions that another module could call. `inline_remarks`: emission tells what it inlines.
    `report_layouts`: the pass `tensor-layout` tells what it chose.
    """

    opt_level: int = 3
    debug: bool = False
    line_info: bool = False
    fast_math: bool = False
    flush_denormals: bool = False
    precise_div: bool = True
    precise_sqrt: bool = True
    maxrregcount: int | None = None
    relocatable: bool = False
    keep_functions: bool = False
    inline_remarks: bool = False
    report_layouts: bool = False
    verify: bool = False


def has_remarks(options: TargetOptions) -> bool:
    """Whether something is told while an image is made: it cannot come from a cache then."""
    return options.inline_remarks or options.report_layouts


def teller(context: StageContext) -> Callable[[str], None] | None:
    """Prints the report of a stage on stderr; None where none is wanted."""
    if not context.options.report_layouts:
        return None
    return lambda line: print(f"{line} [{context.arch}]", file=sys.stderr)


def denormal_flags(options: TargetOptions) -> list[str]:
    """Clang's flags at emission that give a device library's functions the mode of the module's own (`-ftz`)."""
    return ["-fdenormal-fp-math-f32=preserve-sign,preserve-sign"] if options.flush_denormals else []


@dataclass(frozen=True)
class StageContext:
    """Where a stage runs: `workdir` exists, is private to this target's chain and removed afterwards unless kept."""

    arch: str
    workdir: Path
    options: TargetOptions = field(default_factory=TargetOptions)


Stage = Callable[[bytes, StageContext], bytes]


class Target(ABC):
    """One kind of processor."""

    name: str
    image_kind: ImageKind

    @abstractmethod
    def archs(self) -> tuple[str, ...]:
        """Every architecture name this target accepts, oldest first."""

    @abstractmethod
    def facts(self, arch: str) -> TargetFacts:
        """What passes may know about `arch`."""

    @abstractmethod
    def stages(self, arch: str, options: TargetOptions) -> dict[str, Stage]:
        """File extension (without the leading dot) to function, in order; the last stage's output is the image."""

    @abstractmethod
    def fingerprint(self) -> str:
        """What a cache key must contain besides the input and the options (tool and device-library versions)."""

"""Which target serves an architecture name."""

from __future__ import annotations

from functools import cache

from crosswarp.support.diagnostics import user_error
from crosswarp.targets.amdgpu.target import AmdGpuTarget
from crosswarp.targets.base import Target


@cache
def targets() -> tuple[Target, ...]:
    """Every target, AMD first."""
    return (AmdGpuTarget(),)


def target_for(arch: str) -> Target:
    for target in targets():
        if arch in target.archs():
            return target
    raise user_error(f"unknown architecture '{arch}'", "CW1101")

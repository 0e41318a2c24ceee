"""What a pass may know about the target it prepares code for. Plain data; a pass never sees a target's name."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class TargetFacts:
    """Facts of one architecture. Sizes in bytes, address spaces are the target's LLVM numbers."""

    arch: str
    triple: str
    datalayout: str
    warp_size: int = 32
    wave_size: int = 32
    kernel_calling_convention: str = ""
    alloca_space: int = 0
    kernel_parameter_space: int = 0
    shared_bytes: int = 48 * 1024
    features: frozenset[str] = field(default_factory=frozenset)
    reflect: dict[str, int] = field(default_factory=dict)

"""What differs between NVIDIA architectures, as data.

Sources: PTX ISA, "Release Notes" (the PTX version that introduced each target) and the CUDA Programming Guide, "Compute
Capabilities" (shared memory).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from crosswarp.ir.facts import TargetFacts

TRIPLE = "nvptx64-nvidia-cuda"
DATALAYOUT = "e-p6:32:32-i64:64-i128:128-i256:256-v16:16-v32:32-n16:32:64"
SHARED_BYTES = 48 * 1024


@dataclass(frozen=True)
class Architecture:
    """One `sm_` name. `ptx` is the PTX version written, as LLVM numbers it (80 is PTX 8.0): not newer than needed, since a
    driver takes only versions it knows. `library` is the oldest architecture its device library serves.
    """

    name: str
    ptx: int
    library: int

    @property
    def library_name(self) -> str:
        """Name of the device library."""
        return f"nvptx-sm{self.library}"

    @property
    def features(self) -> str:
        """Clang's `"target-features"` for functions: LLVM inlines only where it is the same on both sides."""
        return f"+ptx{self.ptx},+{self.name}"


def _architectures() -> tuple[Architecture, ...]:
    older = [(50, 50), (52, 50), (53, 50), (60, 60), (61, 60), (62, 60), (70, 70), (72, 70), (75, 70), (80, 80), (86, 80), (87, 80),
             (89, 80)]
    newer = {"90": 84, "90a": 84, "100": 86, "100a": 86, "101": 86, "101a": 86, "103": 88, "103a": 88, "120": 87, "120a": 87,
             "121": 88, "121a": 88}
    # From sm_70 on PTX 8.1, which lets kernels have 32,764 bytes of parameters instead of 4,352.
    return (*(Architecture(f"sm_{number}", 81 if number >= 70 else 80, library) for number, library in older),
            *(Architecture(f"sm_{name}", ptx, 90) for name, ptx in newer.items()))


ARCHITECTURES: dict[str, Architecture] = {a.name: a for a in _architectures()}


@cache
def facts_of(name: str) -> TargetFacts:
    """Facts of an architecture. Raises `KeyError` for an unknown name."""
    arch = ARCHITECTURES[name]
    number = int("".join(c for c in name if c.isdigit()))
    features = {f"ptx{arch.ptx}"} | ({"clusters"} if number >= 90 else set())
    return TargetFacts(arch=name, triple=TRIPLE, datalayout=DATALAYOUT, kernel_calling_convention="ptx_kernel",
                       shared_bytes=SHARED_BYTES, features=frozenset(features), reflect={"__CUDA_ARCH": number * 10})

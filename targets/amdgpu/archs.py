"""What differs between AMD processors, as data.

Sources: LLVM's "User Guide for AMDGPU Backend" (processors, generic processors, code object versions) and AMD's ISA documents.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from crosswarp.ir.facts import TargetFacts

TRIPLE = "amdgcn-amd-amdhsa"
DATALAYOUT = ("e-m:e-p:64:64-p1:64:64-p2:32:32-p3:32:32-p4:64:64-p5:32:32-p6:32:32-p7:160:256:256:32-p8:128:128:128:48-"
              "p9:192:256:256:32-i64:64-v16:16-v24:32-v32:32-v48:64-v96:128-v192:256-v256:256-v512:512-v1024:1024-v2048:2048-"
              "n32:64-S32-A5-G1-ni:7:8:9")
PRIVATE_SPACE = 5
CONSTANT_SPACE = 4
LDS_BYTES = 64 * 1024
# V_CVT_{I32,U32}_{F32,F64} saturate and turn NaN to 0; 64-bit conversions are LLVM's expansions, which do not.
NATIVE_CONVERSION_BITS = 32
# CUDA's scopes of atomics and fences by LLVM's names; "" is the whole system.
SCOPES = (("cta", "workgroup"), ("gpu", "agent"), ("sys", ""))
# What block and device scope promise about the memory, so that LLVM may use native atomic instructions.
LOCAL_MEMORY = ("amdgpu.no.fine.grained.memory", "amdgpu.no.remote.memory")
LOCAL_FLOATS = ("amdgpu.ignore.denormal.mode",)


@dataclass(frozen=True)
class Family:
    """Processors that share a device library and one lowering. `wave_size` in lanes."""

    name: str
    wave_size: int

    @property
    def library(self) -> str:
        """Name of the device library."""
        return f"amdgpu-{self.name}"


@dataclass(frozen=True)
class Processor:
    """One `-target-cpu`. `timer_hz` is the rate of the counter behind `llvm.readsteadycounter`; generic processors need
    code object version 6.
    """

    name: str
    family: Family
    timer_hz: int = 100_000_000
    features: frozenset[str] = frozenset()
    code_object_version: int = 5


GFX9 = Family("gfx9", 64)
GFX10 = Family("gfx10", 32)
GFX11 = Family("gfx11", 32)
GFX12 = Family("gfx12", 32)

_MFMA = frozenset({"mfma"})
_WMMA = frozenset({"wmma"})
_DOT = frozenset({"dot"})  # of bytes and half bytes


def _generic(name: str, family: Family, features: frozenset[str] = frozenset()) -> Processor:
    return Processor(name, family, 100_000_000, features, 6)


PROCESSORS: dict[str, Processor] = {p.name: p for p in (
    Processor("gfx900", GFX9, 27_000_000),
    Processor("gfx906", GFX9, 25_000_000, _DOT),
    Processor("gfx908", GFX9, 25_000_000, _MFMA | _DOT),
    Processor("gfx90a", GFX9, 25_000_000, _MFMA | _DOT),
    Processor("gfx942", GFX9, 100_000_000, _MFMA | _DOT),
    Processor("gfx950", GFX9, 100_000_000, _MFMA | _DOT),
    Processor("gfx1010", GFX10),
    *(Processor(name, GFX10, features=_DOT) for name in ("gfx1011", "gfx1012", "gfx1030", "gfx1031", "gfx1032", "gfx1033",
                                                         "gfx1034", "gfx1035", "gfx1036")),
    *(Processor(name, GFX11, features=_WMMA) for name in ("gfx1100", "gfx1101", "gfx1102", "gfx1103", "gfx1150", "gfx1151",
                                                          "gfx1152", "gfx1153")),
    *(Processor(name, GFX12, features=_WMMA) for name in ("gfx1200", "gfx1201")),
    _generic("gfx9-generic", GFX9),
    _generic("gfx9-4-generic", GFX9, _MFMA | _DOT),
    _generic("gfx10-1-generic", GFX10),
    _generic("gfx10-3-generic", GFX10, _DOT),
    _generic("gfx11-generic", GFX11, _WMMA),
    _generic("gfx12-generic", GFX12, _WMMA),
)}


@cache
def facts_of(name: str) -> TargetFacts:
    """Facts of a processor. Raises `KeyError` for an unknown name."""
    processor = PROCESSORS[name]
    return TargetFacts(
        arch=name, triple=TRIPLE, datalayout=DATALAYOUT, warp_size=32, wave_size=processor.family.wave_size,
        kernel_calling_convention="amdgpu_kernel", alloca_space=PRIVATE_SPACE, kernel_parameter_space=CONSTANT_SPACE,
        shared_bytes=LDS_BYTES, features=processor.features | {"tiles"}, reflect={"__CUDA_ARCH": 800})

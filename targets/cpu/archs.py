"""CPU architectures: the names users give, and what LLVM must be told for each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from crosswarp.support.diagnostics import user_error

X86_64_LAYOUT = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
AARCH64_LAYOUT = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i8:8:32-i16:16:32-i64:64-i128:128-n32:64-S128-Fn32"


@dataclass(frozen=True)
class Arch:
    """One architecture. `cpu` and `features` are LLVM's (`+avx2`); `library` is the suffix of the device libraries."""

    name: str
    triple: str
    datalayout: str
    cpu: str
    features: tuple[str, ...] = ()
    library: str = "x86-64"

    @property
    def is_wide(self) -> bool:
        """Whether there are 32 vector registers of 512 bits."""
        return self.name == "x86-64-v4" or "+avx512f" in self.features


def _x86(name: str) -> Arch:
    return Arch(name, "x86_64-unknown-linux-gnu", X86_64_LAYOUT, name)


ARCHS = {
    arch.name: arch
    for arch in (
        _x86("x86-64"),
        _x86("x86-64-v2"),
        _x86("x86-64-v3"),
        _x86("x86-64-v4"),
        Arch("aarch64", "aarch64-unknown-linux-gnu", AARCH64_LAYOUT, "generic", library="aarch64"),
    )
}
ALIASES = {"cpu": "x86-64-v3"}
NATIVE = "native"


def names() -> tuple[str, ...]:
    """Every accepted name, oldest first."""
    return (*ARCHS, NATIVE, *ALIASES)


def find(name: str) -> Arch:
    """The architecture of that name. Raises `CompileError` for an unknown one."""
    if name == NATIVE:
        return native()
    try:
        return ARCHS[ALIASES.get(name, name)]
    except KeyError:
        raise user_error(f"unknown CPU architecture '{name}'", "CW3001", hint=f"known: {', '.join(names())}") from None


@cache
def native() -> Arch:
    """The machine we run on: its CPU's name and exactly its features."""
    import llvmlite.binding as llvm

    triple = llvm.get_default_triple()
    family = "aarch64" if triple.startswith("aarch64") else "x86-64"
    features = tuple(f"{'+' if present else '-'}{name}" for name, present in sorted(llvm.get_host_cpu_features().items()) if name)
    base = ARCHS[family]
    return Arch(NATIVE, base.triple, base.datalayout, llvm.get_host_cpu_name(), features, base.library)

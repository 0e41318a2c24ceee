"""Names of architectures. Reads the targets' tables of names only: this runs before clang starts."""

from __future__ import annotations


def known_archs() -> tuple[str, ...]:
    """Every name that a target other than NVIDIA's has."""
    from crosswarp.targets.amdgpu.archs import PROCESSORS
    from crosswarp.targets.cpu.archs import ARCHS

    return (*PROCESSORS, *ARCHS)


def nvidia_archs() -> tuple[str, ...]:
    """NVIDIA's architectures (`sm_80`), oldest first."""
    from crosswarp.targets.nvptx.archs import ARCHITECTURES

    return tuple(ARCHITECTURES)


def canonical_arch(name: str) -> str:
    """An image's name for a user's: `cpu` is the CPU target's usual level. Raises `KeyError` for an unknown one."""
    from crosswarp.targets.cpu.archs import ALIASES

    canonical = ALIASES.get(name, name)
    if canonical not in known_archs():
        raise KeyError(name)
    return canonical

"""`CpuTarget`: kernels as shared objects that the runtime shim loads."""

from __future__ import annotations

import hashlib

from crosswarp.ir.facts import TargetFacts
from crosswarp.support.paths import device_library_dir
from crosswarp.targets.base import ImageKind, Stage, Target, TargetOptions
from crosswarp.targets.cpu import archs
from crosswarp.targets.cpu.emit import emit, link
from crosswarp.targets.cpu.lower import lower


class CpuTarget(Target):
    """The CPU."""

    name = "cpu"
    image_kind = ImageKind.CPU

    def archs(self) -> tuple[str, ...]:
        """x86-64 levels, `native`, `aarch64`; `cpu` stands for x86-64-v3."""
        return archs.names()

    def facts(self, arch: str) -> TargetFacts:
        """What passes may know about `arch`."""
        found = archs.find(arch)
        return TargetFacts(arch, found.triple, found.datalayout, features=frozenset(found.features))

    def stages(self, arch: str, options: TargetOptions) -> dict[str, Stage]:
        """IR for the processor, object file, shared object."""
        return {f"{arch}.ll": lower, f"{arch}.o": emit, f"{arch}.so": link}

    def fingerprint(self) -> str:
        """The device libraries' contents, and the host's processor, which `native` means."""
        digest = hashlib.sha256()
        for library in sorted(device_library_dir().glob("cpu-*.bc")):
            digest.update(library.name.encode() + library.read_bytes())
        host = archs.native()
        digest.update(" ".join((host.cpu, *host.features)).encode())
        return digest.hexdigest()

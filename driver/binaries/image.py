"""One piece of device code in a file, whoever made the file: its kind, architecture and bytes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from crosswarp.support.elf import ElfError, is_elf, section_bytes


class Kind(Enum):
    """What an image is: its name for people, and the suffix of the file it is extracted to."""

    CPU = "CPU code", "so"
    AMDGPU = "AMDGPU code object", "hsaco"
    PTX = "PTX", "ptx"
    CUBIN = "cubin", "cubin"
    PORTABLE_IR = "portable IR", "nvvm.ll"
    LTO_IR = "NVIDIA's LTO IR", "ltoir"

    @property
    def title(self) -> str:
        """Its name for people."""
        return self.value[0]

    @property
    def suffix(self) -> str:
        """The suffix of a file that holds it."""
        return self.value[1]

    @property
    def is_elf(self) -> bool:
        """Whether it is machine code in an ELF file; the others are text or IR."""
        return self in (Kind.CPU, Kind.AMDGPU, Kind.CUBIN)


class ContentError(ValueError):
    """Bytes that say what they are and are damaged, or a form that is not supported."""


@dataclass(frozen=True)
class Image:
    """Device code: `size` bytes, in `stored` by `compression` ("", lz4, zstd); `packed`: compressed in its container."""

    kind: Kind
    arch: str
    stored: bytes
    size: int
    compression: str = ""
    producer: str = ""
    version: tuple[int, int] = (0, 0)
    relocatable: bool = False
    member: str = ""
    packed: bool = False

    @property
    def data(self) -> bytes:
        """The image, uncompressed. Raises `ContentError`."""
        from crosswarp.driver.binaries.compression import decompress

        return decompress(self.stored, self.compression, self.size)

    @property
    def text(self) -> str:
        """A text image without the NUL at its end."""
        return self.data.rstrip(b"\0").decode(errors="replace")


_MACHINE_CUDA, _MACHINE_AMDGPU = 190, 224
_CPUS = {62: "x86-64", 183: "aarch64"}


def elf_image(data: bytes) -> Image | None:
    """The image that an ELF file is by itself: a cubin, an AMD code object, CPU code; None for other files. Raises `ElfError`."""
    if not is_elf(data) or len(data) < 64:
        return None
    machine, flags = int.from_bytes(data[18:20], "little"), int.from_bytes(data[48:52], "little")
    if machine == _MACHINE_CUDA:
        # The architecture's place in the flags moved with version 8 of the format (CUDA 13).
        return Image(Kind.CUBIN, f"sm_{(flags >> 8 if data[8] >= 8 else flags) & 0xFF}", data, len(data))
    if machine == _MACHINE_AMDGPU:
        from crosswarp.targets.amdgpu.metadata import read_metadata

        target = str(read_metadata(data).get("amdhsa.target", ""))
        if "--" not in target:
            raise ElfError("an AMD code object that does not say its architecture")
        return Image(Kind.AMDGPU, target.rpartition("--")[2], data, len(data))
    if b"\0__cw_cpu_module\0" in section_bytes(data, ".dynstr"):
        return Image(Kind.CPU, _CPUS.get(machine, f"machine {machine}"), data, len(data))
    return None

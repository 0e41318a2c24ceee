"""The functions that NVIDIA's libraries export, by CUDA release: of their wheels the dynamic symbols are kept, nothing else.

PyPI's `cuda-toolkit` says which version of each library's wheel belongs to a release; `nvidia-nccl==2.27.3` is that wheel itself. A
wheel is deleted as soon as it was read; the names stay in the scratch folder, so that a second run downloads nothing.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from elftools.elf.elffile import ELFFile
from elftools.elf.sections import SymbolTableSection

_REQUIREMENT = re.compile(r"^Requires-Dist: (nvidia-[\w-]+?)(?:-cu12)?==([\d.]+)\.\*", re.M)


@dataclass(frozen=True)
class Wheels:
    """Where wheels are brought and names are kept."""

    scratch: Path

    def symbols(self, release: str, project: str, library: str) -> set[str]:
        """What `lib<library>.so*` exports; empty where there is no such file.

        `release` is a version of PyPI's `cuda-toolkit`, or `12:2.27.3`: CUDA 12's wheel of that version. `project` is PyPI's name
        without `-cu12` and `-cu13`.
        """
        kept = self.scratch / release.replace(":", "-")
        if not (kept / f"{project}.done").exists():
            self._collect(release, project, kept)
        found = sorted(kept.glob(f"lib{library}.so*.txt"))
        return set(found[0].read_text().split()) if found else set()

    def text(self, project: str, version: str, file: str) -> str:
        """A file of a wheel."""
        with zipfile.ZipFile(self._download(project, version)) as wheel:
            return wheel.read(file).decode()

    def _collect(self, release: str, project: str, kept: Path) -> None:
        major, _, version = release.rpartition(":")
        suffix = f"-cu{major}" if major else "-cu12" if release.startswith("12.") else ""
        path = self._download(project + suffix, version if major else self._versions(release)[project])
        kept.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(path) as wheel:
            for name in wheel.namelist():
                if ".so" in name and "/lib/" in name:
                    file = kept / (name.rsplit("/", 1)[1] + ".txt")
                    file.write_text("\n".join(sorted(exported(wheel.read(name)))) + "\n")
        path.unlink()
        (kept / f"{project}.done").touch()

    def _versions(self, release: str) -> dict[str, str]:
        path = self._download("cuda-toolkit", release)
        with zipfile.ZipFile(path) as wheel:
            metadata = next(name for name in wheel.namelist() if name.endswith("/METADATA"))
            return dict(_REQUIREMENT.findall(wheel.read(metadata).decode()))

    def _download(self, project: str, version: str) -> Path:
        folder = self.scratch / "wheels" / f"{project}-{version}"
        if not list(folder.glob("*.whl")):
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", str(folder), f"{project}=={version}"]
            subprocess.run(command, check=True)
        return next(folder.glob("*.whl"))


def exported(library: bytes) -> set[str]:
    """Names of the functions that a shared library defines."""
    table = ELFFile(io.BytesIO(library)).get_section_by_name(".dynsym")
    if not isinstance(table, SymbolTableSection):
        return set()
    return {s.name for s in table.iter_symbols() if s["st_info"]["type"] == "STT_FUNC" and s["st_shndx"] != "SHN_UNDEF"}

"""Device code as an input: a `.ptx`, `.cubin` or `.fatbin` file is put in a fat binary, or made machine code.

PTX becomes an image for every target, as a CUDA source does; its text is NVIDIA's image.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crosswarp.driver.pool import Pool
from crosswarp.driver.request import Action
from crosswarp.driver.unit import Unit
from crosswarp.support.diagnostics import user_error


@dataclass
class DeviceFileUnit(Unit):
    """A `.ptx`, `.cubin` or `.fatbin` file."""

    @property
    def archs(self) -> tuple[str, ...]:
        """The architectures that PTX is compiled for here: all but NVIDIA's."""
        targets = self.request.targets
        others = tuple(arch for arch in targets.archs if arch not in targets.nvidia)
        wanted = self.request.action is Action.FATBIN or not targets.nvidia
        return others if self.source.kind == "ptx" and wanted else ()

    @property
    def has_images(self) -> bool:
        """Whether target stages run."""
        return bool(self.archs)

    @property
    def portable(self) -> Path:
        """What the images are made from."""
        return self.file("nvvm.ll")

    def image(self, arch: str) -> Path:
        """The image of one architecture."""
        return self.file(f"{arch}.done")

    def add_steps(self, pool: Pool) -> None:
        """From PTX to portable IR, then the images."""
        if self.archs:
            pool.add(f"{self.stem}: device", self._translate)
        for arch in self.archs:
            pool.add(f"{self.stem}: {arch}", lambda arch=arch: self._build(arch), after=(f"{self.stem}: device",))  # type: ignore[misc]

    def _translate(self) -> None:
        from crosswarp.driver.ptx_module import Refused, read_ptx

        try:
            self.portable.write_bytes(read_ptx(str(self.path), self.path.read_text(errors="replace")))
        except Refused as error:
            raise user_error(str(error), "CW2014") from error

    def _build(self, arch: str) -> None:
        from crosswarp.driver.images import ImageJob

        request = self.request
        ImageJob(arch, self.portable, self.image(arch), self.stem, self.folder, request.target_options,
                 request.settings.cache_bytes, keep=request.keep is not None).run()

    def finish(self) -> None:
        """Wrap or assemble it."""
        from crosswarp.driver import packing

        assert self.result is not None
        if self.request.action is Action.FATBIN:
            images = [(arch, self.image(arch)) for arch in self.archs]
            self.result.write_bytes(packing.wrap_file(self.path, self.source.kind, images))
        elif self.archs:
            self.result.write_bytes(self.image(self.archs[0]).read_bytes())
        else:
            packing.assemble_file(self.path, self.request, self.result)

    def tidy(self) -> None:
        """Remove images."""
        for arch in self.archs:
            self.image(arch).unlink(missing_ok=True)

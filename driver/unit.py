"""One input of a compilation: the steps it adds to the pool, the files between them, what is left to do when they have run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crosswarp.driver.options import InputFile
from crosswarp.driver.pool import Pool
from crosswarp.driver.request import Action, Request
from crosswarp.frontend.options import FrontendOptions

DEVICE_ACTIONS = (Action.PTX, Action.CUBIN, Action.FATBIN)


@dataclass
class Unit:
    """One input. `result` is where its own output is written (None where only linking follows)."""

    request: Request
    source: InputFile
    options: FrontendOptions
    stem: str
    folder: Path
    result: Path | None = None

    @property
    def path(self) -> Path:
        """The input file."""
        return Path(self.source.path)

    @property
    def has_images(self) -> bool:
        """Whether target stages run for this input."""
        return False

    @property
    def makes_relocatable(self) -> bool:
        """Whether this input becomes an object whose device code is linked later."""
        return False

    @property
    def link_input(self) -> Path:
        """What the linker gets."""
        return self.path

    def file(self, extension: str) -> Path:
        """An intermediate file."""
        return self.folder / f"{self.stem}.{extension}"

    @property
    def configuration(self) -> tuple[Path, ...]:
        """The configuration file as a file that the output depends on: none if there is none."""
        return (self.request.settings.file,) if self.request.settings.file else ()

    def add_steps(self, pool: Pool) -> None:
        """Add this input's steps to the pool."""

    def finish(self) -> None:
        """What is done here after all steps have succeeded."""

    def tidy(self) -> None:
        """Where intermediate files are kept, remove those that only carry data from one step to the next."""

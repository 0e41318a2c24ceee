"""The samples as data: what each is called, teaches and is built from. Read from the head of `<name>/<name>.cu`.

The demo, the tests and `docs/samples.md` all go by this list, so a new folder is all that a new sample needs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
_BUILD = re.compile(r"^// Build: nvcc (.*) -o \w+$", re.M)
_TEACHES = re.compile(r"^// Teaches: (.*?)\n//\n", re.M | re.S)


@dataclass(frozen=True)
class Sample:
    """One sample. `sources` are absolute paths, `flags` what nvcc needs beside them; `picture`: takes a PNG path to write."""

    name: str
    title: str
    teaches: str
    sources: tuple[Path, ...]
    flags: tuple[str, ...]
    picture: bool

    def build_words(self, program: Path) -> list[str]:
        """Nvcc's arguments that make `program`."""
        return [*self.flags, *map(str, self.sources), "-o", str(program)]


def all_samples() -> list[Sample]:
    """Every sample, by name."""
    return [read_sample(path.parent) for path in sorted(FOLDER.glob("*/*.cu")) if path.stem == path.parent.name]


def read_sample(folder: Path) -> Sample:
    """Read one sample's head. Raises `ValueError` when a part of it is missing."""
    text = (folder / f"{folder.name}.cu").read_text()
    build, teaches = _BUILD.search(text), _TEACHES.search(text)
    if build is None or teaches is None:
        raise ValueError(f"{folder.name}: the head needs a 'Teaches:' paragraph and a 'Build: nvcc ... -o name' line")
    words = build[1].split()
    return Sample(
        name=folder.name,
        title=text.partition("\n")[0].removeprefix("// ").rstrip("."),
        teaches=re.sub(r"\s*\n//\s*", " ", teaches[1]),
        sources=tuple(folder / word for word in words if not word.startswith("-")),
        flags=tuple(word for word in words if word.startswith("-")),
        picture="[picture.png]" in text,
    )

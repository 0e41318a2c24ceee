"""Which of CUDA's libraries there are to link: those that the runtime's build makes, and what the toolkit folder adds."""

from __future__ import annotations

from dataclasses import replace

from crosswarp.cuda_api_coverage.catalogue.model import Entry, State
from crosswarp.support.paths import PACKAGE_ROOT

_MAKERS = ("runtime_shim/build.py", "driver/toolkit.py")


def entries(kept: list[Entry]) -> list[Entry]:
    """The records with what our build makes."""
    texts = {name: (PACKAGE_ROOT / name).read_text(encoding="utf-8") for name in _MAKERS}
    return [_entry(entry, texts) for entry in kept]


def _entry(entry: Entry, texts: dict[str, str]) -> Entry:
    maker = next((name for name, text in texts.items() if f'"lib{entry.name}.' in text), "")
    return replace(entry, state=State.IMPLEMENTED if maker else State.ABSENT, refused_on=(), source=maker)

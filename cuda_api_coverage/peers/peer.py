"""What another project publishes about CUDA's names: `<peer>.toml` tells who, when and what it means, `<peer>.tsv` each name."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.tables import rows

HERE = Path(__file__).parent
HEADINGS = ("list", "name", "says")
SUPPORTED, PARTLY, NOT_SUPPORTED = "yes", "partly", "no"


@dataclass(frozen=True)
class Peer:
    """`means` says what the project calls supported; `date` (ISO) is that of the source. `says` has `SUPPORTED`, `PARTLY` or
    `NOT_SUPPORTED` for each family and name that its lists speak about; a name that is not in it is unknown, which is not "no".
    """

    key: str
    title: str
    about: str
    means: str
    source: str
    date: str
    says: dict[tuple[str, str], str]

    @property
    def families(self) -> set[str]:
        """Those of ours that its lists speak about."""
        return {family for family, _ in self.says}


def read_peer(path: Path) -> Peer:
    """From its `.toml`, with the `.tsv` beside it."""
    about = tomllib.loads(path.read_text(encoding="utf-8"))
    lists: dict[str, list[str]] = about["lists"]
    says: dict[tuple[str, str], str] = {}
    for table, name, word in rows(path.with_suffix(".tsv")):
        says |= {(family, name): word for family in lists[table]}
    return Peer(path.stem, about["title"], about["about"], about["means"], about["source"], about["date"], says)


@lru_cache
def peers() -> tuple[Peer, ...]:
    """Every peer, by title."""
    return tuple(sorted(map(read_peer, HERE.glob("*.toml")), key=lambda peer: peer.title.lower()))

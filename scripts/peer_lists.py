"""Writes the name lists of `cuda_api_coverage/peers/` from what other projects publish.

    python scripts/peer_lists.py hip REPOSITORY        a clone or bare mirror of ROCm/HIPIFY
    python scripts/peer_lists.py scale REPOSITORY      of spectral-compute/scale-docs
    python scripts/peer_lists.py zluda REPOSITORY      of vosen/ZLUDA
    python scripts/peer_lists.py sycl FOLDER           with the tables of SYCLomatic's documentation

Their lists are read at the newest commit there; address and date of it belong into the peer's `.toml`, by hand.
"""

from __future__ import annotations

import csv
import sys
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.tables import write_rows
from crosswarp.cuda_api_coverage.peers.peer import HEADINGS, HERE, NOT_SUPPORTED, SUPPORTED
from library_facts import git, hipify
from library_facts import scale as spectral
from library_facts import zluda as zluda_lists

Says = Iterable[tuple[str, str, str]]


def lists(peer: str) -> list[str]:
    """The names of a peer's lists, which its `.toml` has."""
    return list(tomllib.loads((HERE / f"{peer}.toml").read_text(encoding="utf-8"))["lists"])


def hip(repository: Path) -> Says:
    """Functions only: types stand in sections of their own."""
    for name in lists("hip"):
        for mapping in hipify.table(repository, name):
            if "types" not in mapping.section.lower():
                yield name, mapping.name, SUPPORTED if mapping.supported else NOT_SUPPORTED


def scale(repository: Path) -> Says:
    """The pages of SCALE's coverage report."""
    for name in lists("scale"):
        found = spectral.verdicts(git.show(repository, f"docs/manual/library/apidiff/{name}.md"))
        yield from ((name, function, word) for function, word in found.items())


def zluda(repository: Path) -> Says:
    """ZLUDA's lists of what is implemented, in its sources."""
    for name in lists("zluda"):
        folder, header, prefix = name.split()
        library = git.show(repository, f"{folder}/src/lib.rs")
        found = zluda_lists.verdicts(library, git.show(repository, f"cuda_macros/src/{header}.rs"), prefix)
        yield from ((name, function, word) for function, word in found.items())


def sycl(folder: Path) -> Says:
    """SYCLomatic's tables: `Function,Migration Support,Diagnostic Message`."""
    words = {"YES": SUPPORTED, "NO": NOT_SUPPORTED}
    for name in lists("sycl"):
        with (folder / f"{name.split()[0]}_API_migration_status.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                yield name, row["Function"].removeprefix("cooperative_groups::"), words[row["Migration Support"]]


READERS: dict[str, Callable[[Path], Says]] = {"hip": hip, "scale": scale, "sycl": sycl, "zluda": zluda}


def main(words: list[str]) -> int:
    """Command line. Returns the exit status."""
    if len(words) != 2 or words[0] not in READERS:
        print(__doc__, file=sys.stderr)
        return 2
    peer, path = words
    comment = f"Written by scripts/peer_lists.py; {peer}.toml tells the source."
    write_rows(HERE / f"{peer}.tsv", comment, HEADINGS, sorted(set(READERS[peer](Path(path)))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""From a run of tests to `proofs/<family>.tsv`: at most three tests for each entry and device, smallest names first.

A test with a space in its name is never named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.model import Proof
from crosswarp.cuda_api_coverage.catalogue.tables import PROOF_HEADINGS, write_rows
from crosswarp.cuda_api_coverage.evidence import entries
from crosswarp.cuda_api_coverage.evidence.logs import Place, read_runs
from crosswarp.cuda_api_coverage.evidence.session import Outcome

MOST_TESTS = 3
COMMENT = "Written by scripts/evidence.py from what passing tests left. Nobody edits it."
# (family, name, place) to the tests that used it there and passed.
Found = dict[tuple[str, str, Place], set[str]]


def proven(tests: Iterable[Outcome]) -> Found:
    """What the passing tests of a run prove."""
    found: Found = defaultdict(set)
    for test in tests:
        for folder in test.folders if test.passed else ():
            for run in read_runs(folder):
                for fact in entries.proven(run):
                    found[fact].add(test.test)
    return found


def by_family(found: Found) -> dict[str, list[tuple[str, Proof]]]:
    """Each family's proofs in the order of names and devices; one over a recording library only where there is no other."""
    families: dict[str, list[tuple[str, Proof]]] = defaultdict(list)
    for (family, name, place), tests in sorted(found.items(), key=lambda item: (*item[0][:2], item[0][2].device.value)):
        if not place.recorded or (family, name, Place(place.device)) not in found:
            # Names in the files are separated by spaces.
            chosen = tuple(sorted(test for test in tests if not set(test) & set(" \t"))[:MOST_TESTS])
            families[family] += [(name, Proof(place.device, chosen, place.recorded))] if chosen else []
    return families


def write_proofs(folder: Path, found: Found, known: set[tuple[str, str]]) -> None:
    """One file for each family; what the catalogue does not know (`known`: family and name) is left out."""
    folder.mkdir(exist_ok=True)
    for family, proofs in by_family(found).items():
        records = [
            (name, proof.device.value, "yes" if proof.recorded else "no", " ".join(proof.tests))
            for name, proof in proofs
            if (family, name) in known
        ]
        write_rows(folder / f"{family}.tsv", COMMENT, PROOF_HEADINGS, records)

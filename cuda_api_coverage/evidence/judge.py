"""From a run of tests to `proofs/<family>.tsv`: at most three tests for each entry and device, smallest names first.

A test with a space in its name is never named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.model import Device, Proof
from crosswarp.cuda_api_coverage.catalogue.tables import PROOF_HEADINGS, write_rows
from crosswarp.cuda_api_coverage.evidence import entries
from crosswarp.cuda_api_coverage.evidence.device_code import Code
from crosswarp.cuda_api_coverage.evidence.logs import Command, Launch, Place, Run, read_compiled, read_runs
from crosswarp.cuda_api_coverage.evidence.session import Outcome
from crosswarp.cuda_api_coverage.evidence.sources import Built, ReadCommand, options_of, written_in

MOST_TESTS = 3
COMMENT = "Written by scripts/evidence.py from what passing tests left. Nobody edits it."
Key = tuple[str, str]
"""Family and name."""
# An entry and a place to the tests that used it there and passed.
Found = dict[tuple[str, str, Place], set[str]]


@dataclass
class Judge:
    """All tests of a run: what one test compiled, another may have launched."""

    tests: list[Outcome]
    read_command: ReadCommand
    _launched: dict[Launch, frozenset[Key]] = field(default_factory=dict)

    def proven(self) -> Found:
        """What the passing tests prove."""
        found: Found = defaultdict(set)
        for test in self.tests:
            for key, place in self._by_test(test) if test.passed else ():
                found[*key, place].add(test.test)
        return found

    def _by_test(self, test: Outcome) -> Iterator[tuple[Key, Place]]:
        runs = [run for folder in test.folders for run in read_runs(folder)]
        places = {run.place for run in runs if run.place is not None} or {Place(Device.CPU)}
        for run in runs:
            yield from entries.proven(run)
            for key in self._by_program(run) if run.place else ():
                yield key, run.place  # type: ignore[misc]
        for folder in test.folders:
            for command in (fact for fact in read_compiled(folder) if isinstance(fact, Command)):
                yield from ((entry.key, place) for entry in options_of(command) for place in places)

    def _by_program(self, run: Run) -> Iterator[Key]:
        yield from entries.libraries(run)
        for launch in run.launches:
            yield from self._by_launch(launch)
        sources = self._built.sources_of(run.files, run.launches)
        yield from (entry.key for entry in written_in(self._built.with_headers(sources)))

    def _by_launch(self, launch: Launch) -> frozenset[Key]:
        if launch not in self._launched:
            code = self._code.get(self._built.portable.get(launch.image, ""))
            keys = (entry.key for entry in Code(code).entries(launch.kernel)) if code else ()
            self._launched[launch] = frozenset(keys)
        return self._launched[launch]

    @cached_property
    def _folders(self) -> list[Path]:
        return sorted({folder for test in self.tests for folder in test.folders})

    @cached_property
    def _built(self) -> Built:
        built = Built()
        for folder in self._folders:
            for fact in read_compiled(folder):
                built.add(fact, folder, self.read_command)
        return built

    @cached_property
    def _code(self) -> dict[str, Path]:
        return {path.stem: path for folder in self._folders for path in folder.glob("*.code")}


def by_family(found: Found) -> dict[str, list[tuple[str, Proof]]]:
    """Each family's proofs in the order of names and devices; one over a recording library only where there is no other."""
    families: dict[str, list[tuple[str, Proof]]] = defaultdict(list)
    for (family, name, place), tests in sorted(found.items(), key=lambda item: (*item[0][:2], item[0][2].device.value)):
        if not place.recorded or (family, name, Place(place.device)) not in found:
            # Names in the files are separated by spaces.
            chosen = tuple(sorted(test for test in tests if not set(test) & set(" \t"))[:MOST_TESTS])
            families[family] += [(name, Proof(place.device, chosen, place.recorded))] if chosen else []
    return families


def with_kept(found: Found, kept: Iterable[tuple[Key, Proof]], tests: Iterable[Outcome]) -> Found:
    """What was found, and kept proofs by tests that did not run: left out of this run, or none of `tests`."""
    ran, joined = {test.test for test in tests if test.folders}, defaultdict(set, {key: set(names) for key, names in found.items()})
    for (family, name), proof in kept:
        if others := set(proof.tests) - ran:
            joined[family, name, Place(proof.device, proof.recorded)] |= others
    return joined


def write_proofs(folder: Path, found: Found, known: Iterable[Key]) -> None:
    """One file for each family, in place of all that are there; what the catalogue does not know is left out."""
    folder.mkdir(exist_ok=True)
    for path in folder.glob("*.tsv"):
        path.unlink()
    there = set(known)
    for family, proofs in by_family({key: tests for key, tests in found.items() if key[:2] in there}).items():
        records = [(name, proof.device.value, "yes" if proof.recorded else "no", " ".join(proof.tests)) for name, proof in proofs]
        write_rows(folder / f"{family}.tsv", COMMENT, PROOF_HEADINGS, records)

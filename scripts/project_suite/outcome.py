"""What a run found, as it is stored in `tests/projects/results/<name>.json`."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from project_suite.description import DATA


@dataclass(frozen=True)
class TestOutcome:
    """One test command on one device. `said`: the first line that tells why, where it failed; `seconds`: how long it took."""

    name: str
    passed: int
    failed: int
    said: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Outcome:
    """A project for one target. `made` of `units` sources compiled, where the description can count them; `images`: device
    images of this target found in the products; `error`: the first error, empty when the build succeeded.
    """

    target: str
    built: bool
    images: int = 0
    made: int = 0
    units: int = 0
    error: str = ""
    seconds: float = 0.0
    tests: tuple[TestOutcome, ...] = ()

    @property
    def passed(self) -> int:
        """Tests that passed."""
        return sum(test.passed for test in self.tests)

    @property
    def failed(self) -> int:
        """Tests that failed."""
        return sum(test.failed for test in self.tests)


@dataclass(frozen=True)
class Evidence:
    """A header that does not exist here: the first place that includes it, how many files do, names of it that are used."""

    header: str
    place: str
    files: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """All that is known of a project. `date`: of the latest run, ISO."""

    name: str
    date: str
    outcomes: tuple[Outcome, ...]
    evidence: tuple[Evidence, ...] = field(default=())

    def of(self, target: str) -> Outcome | None:
        """The outcome for a target, if it was tried."""
        return next((outcome for outcome in self.outcomes if outcome.target == target), None)


def stored(name: str) -> Result | None:
    """The stored result of a project."""
    path = DATA / "results" / f"{name}.json"
    return read(path) if path.exists() else None


def read(path: Path) -> Result:
    """A stored result. Raises `TypeError` or `KeyError` where the file has not its form."""
    data: dict[str, Any] = json.loads(path.read_text())
    outcomes = [Outcome(**{**one, "tests": tuple(TestOutcome(**test) for test in one["tests"])}) for one in data["outcomes"]]
    evidence = [Evidence(**{**one, "names": tuple(one["names"])}) for one in data["evidence"]]
    return Result(data["name"], data["date"], tuple(outcomes), tuple(evidence))


def merge(old: Result | None, new: Result) -> Result:
    """The new outcomes, and the old ones of targets that were not tried this time."""
    tried = {outcome.target for outcome in new.outcomes}
    kept = [outcome for outcome in old.outcomes if outcome.target not in tried] if old else []
    return Result(new.name, new.date, tuple(sorted([*kept, *new.outcomes], key=lambda outcome: outcome.target)), new.evidence)


def store(result: Result) -> None:
    """Write a result, in the same order every time."""
    path = DATA / "results" / f"{result.name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(asdict(result), indent=1, ensure_ascii=False) + "\n")

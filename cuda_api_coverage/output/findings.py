"""What makes a scan fail: its findings by the user's conditions, without those that an earlier scan had already."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

from crosswarp.cuda_api_coverage.catalogue.model import Status
from crosswarp.cuda_api_coverage.output.json_report import FORMAT
from crosswarp.cuda_api_coverage.output.verdict import Verdict
from crosswarp.cuda_api_coverage.output.words import WORDS

UNKNOWN, PROBLEM = "unknown", "problem"


class FailOn(Enum):
    """What makes the exit code 1. A status includes those that are worse."""

    MISSING = "missing"
    REFUSED = "refused"
    UNTESTED = "untested"
    UNKNOWN = "unknown"
    PROBLEMS = "problems"
    NEVER = "never"


_FAILING = {
    FailOn.MISSING: {WORDS[Status.ABSENT]},
    FailOn.REFUSED: {WORDS[Status.ABSENT], WORDS[Status.NOT_SUPPORTED]},
    FailOn.UNTESTED: {WORDS[Status.ABSENT], WORDS[Status.NOT_SUPPORTED], WORDS[Status.UNTESTED]},
    FailOn.UNKNOWN: {UNKNOWN},
    FailOn.PROBLEMS: {PROBLEM},
    FailOn.NEVER: set[str](),
}


class Finding(NamedTuple):
    """`what` is a status's word, `unknown` or `problem`; `name` an API or the kind of a problem. Lines move: they do not count."""

    what: str
    name: str
    file: str


class BaselineError(ValueError):
    """A file that is not an earlier scan as JSON."""


def failing(found: Iterable[Finding], conditions: Iterable[FailOn]) -> set[Finding]:
    """Those that meet any of the conditions."""
    words = set[str]().union(*(_FAILING[condition] for condition in conditions))
    return {finding for finding in found if finding.what in words}


def findings(verdict: Verdict) -> Iterator[Finding]:
    """Everything that a scan found, what works too."""
    for api in verdict.apis:
        yield from (Finding(WORDS[api.status], api.name, place.path) for place in api.places)
    for unknown in verdict.unknown:
        yield from (Finding(UNKNOWN, unknown.name, place.path) for place in unknown.places)
    for file, problem in verdict.problems:
        yield Finding(PROBLEM, problem.what, file.path if file else "")


def baseline(path: Path) -> set[Finding]:
    """What an earlier scan found, from its JSON. Raises `BaselineError`, `OSError`."""
    try:
        report = json.loads(path.read_bytes())
        if report["format"] != FORMAT:
            raise BaselineError(f"its format is {report['format']}")
        return set(_kept(report))
    except (ValueError, KeyError, TypeError) as error:
        raise BaselineError(f"'{path}' is no scan as JSON (crosswarp coverage --format json): {error}") from error


def _kept(report: dict[str, Any]) -> Iterator[Finding]:
    for api in report["apis"]:
        yield from (Finding(api["status"], api["name"], place["file"]) for place in api["places"])
    for unknown in report["unknown"]:
        yield from (Finding(UNKNOWN, unknown["name"], place["file"]) for place in unknown["places"])
    for problem in report["problems"]:
        yield Finding(PROBLEM, problem["what"], "")
    for file in report["files"]:
        yield from (Finding(PROBLEM, problem["what"], file["file"]) for problem in file["problems"])


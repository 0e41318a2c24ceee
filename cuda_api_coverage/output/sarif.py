"""A scan as SARIF 2.1.0, for code scanning: a rule for each API that does not simply work, a result for each place.

What works has no result. Paths are relative to the folder that `SRCROOT` names; columns count Unicode characters.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from crosswarp.cuda_api_coverage.catalogue.load import FAMILIES
from crosswarp.cuda_api_coverage.catalogue.model import Status
from crosswarp.cuda_api_coverage.output.advice import advice, page
from crosswarp.cuda_api_coverage.output.places import Place, path_uri
from crosswarp.cuda_api_coverage.output.verdict import Api, Verdict
from crosswarp.cuda_api_coverage.output.words import DEVICES, ORDER, WORDS
from crosswarp.cuda_api_coverage.scan.model import PROBLEMS, Problem

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Status.ABSENT: "error", Status.NOT_SUPPORTED: "error", Status.UNTESTED: "note", Status.DIFFERS: "note"}
MOST_RESULTS = 25_000
"""GitHub takes no file with more; the worst come first, and the file says how many are left out."""

_UNKNOWN_RULE = "unknown-name"


def render_sarif(verdict: Verdict) -> str:
    """One log with one run."""
    return json.dumps(as_object(verdict), ensure_ascii=False, separators=(",", ":")) + "\n"


def as_object(verdict: Verdict) -> dict[str, Any]:
    """The same as an object."""
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [_Run(verdict).as_object()]}


class _Run:
    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        self.uris = {file.path: verdict.paths.uri(file.file) for file in verdict.files}
        self.rules = {_rule_id(api): api for api in reversed(verdict.of(*ORDER[:-1]))}
        self.index = {rule: index for index, rule in enumerate(self.rules)}

    def as_object(self) -> dict[str, Any]:
        results = list(self._results())
        notifications = list(self._notifications(len(results)))
        invocation = {"executionSuccessful": self.verdict.read, "toolExecutionNotifications": notifications}
        return {
            "tool": {"driver": {"name": "crosswarp coverage", "rules": list(self._rules())}},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {"SRCROOT": {"uri": path_uri(self.verdict.paths.base).rstrip("/") + "/"}},
            "invocations": [invocation],
            "results": results[:MOST_RESULTS],
            "properties": {"device": self.verdict.device.value, "verdict": self.verdict.sentences},
        }

    def _rules(self) -> Iterator[dict[str, Any]]:
        """One for each record; names in none share the last."""
        yield from map(self._rule, self.rules.values())
        if self.verdict.unknown:
            yield {
                "id": _UNKNOWN_RULE,
                "shortDescription": {"text": "A name that looks like CUDA's and is in no record of the catalogue"},
                "defaultConfiguration": {"level": "warning"},
                "properties": {"tags": ["cuda"]},
            }

    def _rule(self, api: Api) -> dict[str, Any]:
        text = advice(api.entry, api.status, self.verdict.device)
        short = f"{api.name} ({FAMILIES[api.entry.family]}): {api.status.value} on {DEVICES[self.verdict.device]}"
        return {
            "id": _rule_id(api),
            "shortDescription": {"text": short},
            "fullDescription": {"text": text or short},
            "help": {"text": f"{text} See {page(api.entry.family)}."},
            "defaultConfiguration": {"level": LEVELS[api.status]},
            "properties": {"tags": ["cuda", api.entry.family, WORDS[api.status]]},
        }

    def _results(self) -> Iterator[dict[str, Any]]:
        """The worst first: what is missing or refused, names in no record, the rest."""
        for api in self.verdict.of(*ORDER[:2]):
            yield from self._of_api(api)
        for unknown in self.verdict.unknown:
            close = f"; close: {', '.join(unknown.close)}" if unknown.close else ""
            text = f"{unknown.name} is in no record of the catalogue{close}."
            yield from self._at(unknown.places, unknown.name, _result(_UNKNOWN_RULE, len(self.rules), "warning", text))
        for api in self.verdict.of(*ORDER[2:-1]):
            yield from self._of_api(api)

    def _of_api(self, api: Api) -> Iterator[dict[str, Any]]:
        text = f"{api.name}: {api.status.value} on {DEVICES[self.verdict.device]}."
        said = " ".join(part for part in (text, advice(api.entry, api.status, self.verdict.device)) if part)
        return self._at(api.places, api.name, _result(_rule_id(api), self.index[_rule_id(api)], LEVELS[api.status], said))

    def _at(self, places: tuple[Place, ...], name: str, result: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The result at each place. Its fingerprint counts places in the file: lines move."""
        counts = Counter[str]()
        for place in places:
            counts[place.path] += 1
            fingerprint = f"{name}/{place.path}/{counts[place.path]}"
            location = self._location(place.path, place.line, place.column)
            yield {**result, "locations": [location], "partialFingerprints": {"placeInFile/v1": fingerprint}}

    def _location(self, path: str, line: int, column: int = 0) -> dict[str, Any]:
        uri = self.uris[path]
        artifact = {"uri": uri} if uri.startswith("file:") else {"uri": uri, "uriBaseId": "SRCROOT"}
        region = {"startLine": line, **({"startColumn": column} if column else {})}
        return {"physicalLocation": {"artifactLocation": artifact, **({"region": region} if line else {})}}

    def _notifications(self, results: int) -> Iterator[dict[str, Any]]:
        if results > MOST_RESULTS:
            text = f"{results - MOST_RESULTS:,} of {results:,} results are left out: code scanning takes no more."
            yield {"level": "warning", "message": {"text": text}}
        for file, problem in self.verdict.problems:
            found = {"level": "warning", "descriptor": {"id": problem.what}, "message": {"text": _told(problem)}}
            yield {**found, "locations": [self._location(file.path, problem.line)]} if file else found


def _result(rule: str, index: int, level: str, text: str) -> dict[str, Any]:
    return {"ruleId": rule, "ruleIndex": index, "level": level, "message": {"text": text}}


def _rule_id(api: Api) -> str:
    return "/".join(api.entry.key)


def _told(problem: Problem) -> str:
    what = f"{problem.what}: {PROBLEMS.get(problem.what, problem.what)}"
    return f"{what} ({problem.detail})" if problem.detail else what

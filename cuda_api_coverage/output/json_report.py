"""A scan as JSON, for programs: `schema.json` beside this file describes every field."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from crosswarp.cuda_api_coverage.catalogue.load import FAMILIES
from crosswarp.cuda_api_coverage.catalogue.model import Status
from crosswarp.cuda_api_coverage.output.advice import advice, page
from crosswarp.cuda_api_coverage.output.places import Place, as_text
from crosswarp.cuda_api_coverage.output.record import facts
from crosswarp.cuda_api_coverage.output.verdict import Api, FileVerdict, Unknown, Verdict
from crosswarp.cuda_api_coverage.output.words import ORDER, WORDS
from crosswarp.cuda_api_coverage.scan.model import Problem

SCHEMA = Path(__file__).with_name("schema.json")
FORMAT = "crosswarp-coverage"
# Raised when a field changes its meaning or goes; new fields may come without.
VERSION = 1


def render_json(verdict: Verdict) -> str:
    """One object, in one line: `jq` makes it readable."""
    return json.dumps(as_object(verdict), ensure_ascii=False, separators=(",", ":")) + "\n"


def as_object(verdict: Verdict) -> dict[str, Any]:
    """The same as an object."""
    result = verdict.result
    return {
        "format": FORMAT,
        "version": VERSION,
        "device": verdict.device.value,
        "root": as_text(verdict.paths.base),
        "verdict": verdict.sentences,
        "summary": _summary(verdict),
        "families": [{"family": name, "title": FAMILIES[name], **_counts(counts)} for name, counts in verdict.families.items()],
        "apis": [_api(api, verdict) for api in verdict.apis],
        "unknown": [_unknown(each) for each in verdict.unknown],
        "files": [_file(file) for file in verdict.files],
        "skipped": result.skipped,
        "problems": [_problem(problem) for problem in result.problems],
    }


def _counts(counts: Counter[Status]) -> dict[str, int]:
    return {"used": counts.total(), **{WORDS[status]: counts[status] for status in ORDER}}


def _summary(verdict: Verdict) -> dict[str, Any]:
    result = verdict.result
    return {
        **_counts(verdict.counts),
        "unknown": len(verdict.unknown),
        "problems": len(verdict.problems),
        "files": len(result.files),
        "lines": result.lines,
        "seconds": round(result.seconds, 3),
    }


def _place(place: Place) -> dict[str, Any]:
    return {"file": place.path, "line": place.line, "column": place.column}


def _api(api: Api, verdict: Verdict) -> dict[str, Any]:
    entry = api.entry
    return {
        "name": api.name,
        "family": entry.family,
        "records": [{"family": each.family, "name": each.name, "status": WORDS[status]} for each, status in api.records],
        "kind": entry.kind.value,
        "status": WORDS[api.status],
        "statuses": {device.value: WORDS[status] for device, status in api.statuses.items()},
        **facts(entry),
        "advice": advice(entry, api.status, verdict.device),
        "page": page(entry.family),
        "places": [_place(place) for place in api.places],
    }


def _unknown(each: Unknown) -> dict[str, Any]:
    return {"name": each.name, "close": list(each.close), "places": [_place(place) for place in each.places]}


def _problem(problem: Problem) -> dict[str, Any]:
    return {"what": problem.what, "detail": problem.detail, "line": problem.line}


def _file(verdict: FileVerdict) -> dict[str, Any]:
    file = verdict.file
    return {
        "file": verdict.path,
        "method": file.method.value,
        "lines": file.lines,
        **_counts(verdict.counts),
        "bad": list(verdict.worst),
        "unknown": list(verdict.unknown),
        "problems": [_problem(problem) for problem in file.problems],
        "device_code": [{"kind": image.kind, "arch": image.arch, "size": image.size} for image in file.images],
        "notes": list(file.notes),
    }

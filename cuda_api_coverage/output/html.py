"""A scan as one HTML file that needs nothing beside itself, in the style of the catalogue's page (`report/`)."""

from __future__ import annotations

from typing import Any

from crosswarp.cuda_api_coverage.catalogue.load import FAMILIES
from crosswarp.cuda_api_coverage.catalogue.model import Status
from crosswarp.cuda_api_coverage.output.advice import advice
from crosswarp.cuda_api_coverage.output.places import Place, as_text
from crosswarp.cuda_api_coverage.output.verdict import Verdict
from crosswarp.cuda_api_coverage.output.words import DEVICES, ORDER
from crosswarp.cuda_api_coverage.report.html import render
from crosswarp.cuda_api_coverage.scan.model import PROBLEMS

# A browser shows so much at once; whatever is longer says how much more there is.
LIMITS: dict[str, Any] = {"most_places": 100, "most_apis": 2000, "most_files": 5000, "most_names": 12, "most_open": 5}


def render_html(verdict: Verdict) -> str:
    """The page; every name in it is escaped."""
    return render(
        "scan.html",
        verdict=verdict,
        device=DEVICES[verdict.device],
        name=as_text(verdict.result.root.resolve()).rpartition("/")[2],
        statuses=ORDER,
        bad=ORDER[:2],
        counts={status.value: verdict.counts[status] for status in Status},
        families=[(FAMILIES[family], counts) for family, counts in verdict.families.items()],
        groups=[(status, [(api, advice(api.entry, status, verdict.device)) for api in apis])
                for status in ORDER if (apis := verdict.of(status))],
        files=sorted(verdict.files, key=lambda file: (-len(file.worst), file.path)),
        problems=[(Place(file.path if file else "", problem.line), problem, PROBLEMS.get(problem.what, ""))
                  for file, problem in verdict.problems],
        skipped=", ".join(f"{count:,} {reason}" for reason, count in sorted(verdict.result.skipped.items())),
        **LIMITS,
    )

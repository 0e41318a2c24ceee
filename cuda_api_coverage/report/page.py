"""The page of the catalogue: totals, families, heat map and every entry, in one HTML file that works from a disk."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, metadata
from typing import Any

from crosswarp.cuda_api_coverage.catalogue.load import Catalogue, catalogue
from crosswarp.cuda_api_coverage.peers.compare import comparison
from crosswarp.cuda_api_coverage.peers.peer import peers
from crosswarp.cuda_api_coverage.report.figures import PARTS, figures
from crosswarp.cuda_api_coverage.report.html import embedded, render
from crosswarp.cuda_api_coverage.report.payload import payload

SCRIPTS = ("data.js", "filters.js", "entries.js", "heatmap.js", "page.js")


def page(of: Catalogue | None = None, repository: str | None = None) -> str:
    """The whole page. `repository`: a URL to which a file's path is appended; default: the package's, where it names one."""
    found = of or catalogue()
    address = package_repository() if repository is None else repository
    rows = comparison(found)
    named = [peer for peer in peers() if any(peer.key in row.theirs for row in rows)]
    data = embedded(payload(found, address, named))
    counted = figures(found)
    return render("page.html", SCRIPTS, figures=counted, parts=PARTS, kinds=_kinds(found), data=data, comparison=rows, peers=named)


def package_repository() -> str:
    """Where the package says that its sources are; empty: it does not say."""
    try:
        lines: list[Any] = metadata("crosswarp").get_all("Project-URL") or []
    except PackageNotFoundError:
        return ""
    urls = dict(str(line).split(", ", 1) for line in lines)
    return next((f"{url.rstrip('/')}/blob/main/" for name, url in urls.items() if name.lower() in {"repository", "source"}), "")


def _kinds(of: Catalogue) -> list[str]:
    return list(dict.fromkeys(entry.kind.value for entry in of.entries))

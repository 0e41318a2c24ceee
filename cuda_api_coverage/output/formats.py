"""The formats by name, and by the suffix of the file that a user asks for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.load import Catalogue
from crosswarp.cuda_api_coverage.output.verdict import Verdict

TEXT = "text"
_BY_SUFFIX = {".json": "json", ".sarif": "sarif", ".md": "markdown", ".html": "html", ".htm": "html"}


def _json(verdict: Verdict, catalogue: Catalogue) -> str:
    from crosswarp.cuda_api_coverage.output.json_report import render_json

    return render_json(verdict, catalogue)


def _sarif(verdict: Verdict, catalogue: Catalogue) -> str:
    from crosswarp.cuda_api_coverage.output.sarif import render_sarif

    return render_sarif(verdict, catalogue)


def _markdown(verdict: Verdict, catalogue: Catalogue) -> str:
    from crosswarp.cuda_api_coverage.output.markdown import render_markdown

    return render_markdown(verdict, catalogue)


def _html(verdict: Verdict, catalogue: Catalogue) -> str:
    from crosswarp.cuda_api_coverage.output.html import render_html

    return render_html(verdict, catalogue)


RENDER: dict[str, Callable[[Verdict, Catalogue], str]] = {"json": _json, "sarif": _sarif, "markdown": _markdown, "html": _html}
FORMATS = (TEXT, *RENDER)


def format_of(path: Path | None) -> str:
    """What a file's suffix asks for; text for others."""
    return _BY_SUFFIX.get(path.suffix.lower(), TEXT) if path else TEXT

"""The formats by name, and by the suffix of the file that a user asks for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from crosswarp.cuda_api_coverage.output.verdict import Verdict

TEXT = "text"
_BY_SUFFIX = {".json": "json", ".sarif": "sarif", ".md": "markdown", ".html": "html", ".htm": "html"}


def _json(verdict: Verdict) -> str:
    from crosswarp.cuda_api_coverage.output.json_report import render_json

    return render_json(verdict)


def _sarif(verdict: Verdict) -> str:
    from crosswarp.cuda_api_coverage.output.sarif import render_sarif

    return render_sarif(verdict)


def _markdown(verdict: Verdict) -> str:
    from crosswarp.cuda_api_coverage.output.markdown import render_markdown

    return render_markdown(verdict)


def _html(verdict: Verdict) -> str:
    from crosswarp.cuda_api_coverage.output.html import render_html

    return render_html(verdict)


RENDER: dict[str, Callable[[Verdict], str]] = {"json": _json, "sarif": _sarif, "markdown": _markdown, "html": _html}
FORMATS = (TEXT, *RENDER)


def format_of(path: Path | None) -> str:
    """What a file's suffix asks for; text for others."""
    return _BY_SUFFIX.get(path.suffix.lower(), TEXT) if path else TEXT

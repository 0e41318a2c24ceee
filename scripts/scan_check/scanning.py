"""One run of `crosswarp coverage PATH --format json`, as a user makes it, and the places that it reports."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scan_check.expectations import Occurrence

COMMAND = [sys.executable, "-c", "import sys; from crosswarp.driver.cli import main; sys.exit(main())", "coverage"]


@dataclass(frozen=True)
class Scanned:
    """`uses` by file, from the scanned folder; `missing` are the names that are absent or refused on the device."""

    uses: dict[str, list[Occurrence]]
    missing: tuple[str, ...]
    lines: int
    seconds: float
    problems: int

    def of(self, path: str) -> list[Occurrence]:
        """Those of one file."""
        return self.uses.get(path, [])


def scan(folder: Path, device: str = "amd") -> Scanned:
    """Scan `folder`. Raises `subprocess.CalledProcessError` where nothing could be read."""
    words = [*COMMAND, str(folder), "--device", device, "--format", "json", "--fail-on", "never", "--quiet", "--no-ignore"]
    report = json.loads(subprocess.run(words, check=True, capture_output=True, text=True, cwd=folder).stdout)
    uses = defaultdict(list)
    for api in [*report["apis"], *report["unknown"]]:
        for place in api["places"]:
            uses[place["file"]].append(Occurrence(place["line"], api["name"].strip('<>"') or api["name"]))
    missing = tuple(api["name"] for api in report["apis"] if api["status"] in {"absent", "missing", "not supported", "refused"})
    summary: dict[str, Any] = report["summary"]
    return Scanned(dict(uses), missing, summary["lines"], summary["seconds"], summary["problems"])

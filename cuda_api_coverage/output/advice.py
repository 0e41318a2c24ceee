"""What to do about an API that does not simply work: sentences of advice.toml, by family and name, else by status."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.model import Device, Entry, Status
from crosswarp.cuda_api_coverage.output.words import DEVICES
from crosswarp.cuda_api_coverage.report.versions import number

TABLE = Path(__file__).with_suffix(".toml")
_FOLLOWED = "13.0"


@lru_cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


def _fitting(section: str, key: str) -> str:
    """The text of the longest pattern that fits; empty where none does."""
    patterns = [pattern for pattern in _table()[section] if fnmatchcase(key, pattern)]
    return _table()[section][max(patterns, key=len)] if patterns else ""


@lru_cache(maxsize=4096)
def advice(entry: Entry, status: Status, device: Device) -> str:
    """One or two sentences; empty for what works and stays in CUDA."""
    special = _fitting("names", "/".join(entry.key)) if status in (Status.ABSENT, Status.NOT_SUPPORTED) else ""
    text = special or _by_kind(entry, status) or _table()["status"].get(status.value, "")
    names = {"name": entry.name, "device": DEVICES[device], "since": entry.since, "difference": entry.difference}
    filled = text.format_map(names)
    return " ".join(part for part in (filled, _succession(entry)) if part)


def _by_kind(entry: Entry, status: Status) -> str:
    """What is missing as it is too new, or refused as its kind is."""
    kinds = _table()["kinds"]
    if status is Status.ABSENT:
        if entry.since and number(entry.since) > number(_FOLLOWED):
            return kinds["later"]
        return kinds["gone"] if entry.removed and number(entry.removed) <= number(_FOLLOWED) else ""
    return kinds.get(entry.kind.value, "") if status is Status.NOT_SUPPORTED else ""


def _succession(entry: Entry) -> str:
    """What CUDA says of the entry's future."""
    if not entry.removed and not entry.deprecated:
        return ""
    gone = f"removed in CUDA {entry.removed}" if entry.removed else f"deprecated since CUDA {entry.deprecated}"
    successor = _fitting("successors", "/".join(entry.key))
    return f"CUDA: {gone}" + (f"; use {successor} instead." if successor else ".")


def page(family: str) -> str:
    """The page of our documentation that tells about a family."""
    return _table()["pages"].get(family, "docs/coverage.md")

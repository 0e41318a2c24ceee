"""Shows what the steps of a compilation printed: in the order of the inputs, and each message once.

The device pass and the host pass read the same source, and every target sees the same kernel: the same error would come twice, or
once per target.
"""

from __future__ import annotations

import itertools
import re
import sys

from crosswarp.driver.backend_errors import explained
from crosswarp.driver.missing_headers import missing_header_hint
from crosswarp.driver.pool import CRASHED, Pool, Step, StepError
from crosswarp.support.diagnostics import CrosswarpError

_START = re.compile(r"^\S.*?: (?:fatal error|error|warning|remark)(?: \S+)?: |^(?:In file included from|crosswarp: )", re.M)
_COUNT = re.compile(r"^\d+ (?:warning|error)s?(?: and \d+ errors?)? generated(?: when compiling for \S+)?\.\n?", re.M)


class Reported(CrosswarpError):
    """Errors as the user reads them. `exit_code` 1: the source or an unsupported feature; 3: our own bug."""

    def __init__(self, text: str, exit_code: int) -> None:
        super().__init__(text)
        self.exit_code = exit_code


def show_warnings(pool: Pool) -> None:
    """Print what succeeded steps printed."""
    text = merge([(step.name, step.stderr) for step in _ordered(pool)])
    if text:
        print(text, file=sys.stderr)


def merged(error: Exception, pool: Pool) -> Exception:
    """The error to raise for `error`: the failed steps' messages together, other exceptions as they are."""
    if not isinstance(error, StepError):
        return error
    ended = [step for step in _ordered(pool) if step.code is not None]
    text = merge([(step.name, step.stderr) for step in ended])
    crashed = any(step.code == CRASHED or (step.code or 0) < 0 for step in error.failed)
    return Reported(text or f"failed: {error}", 3 if crashed else 1)


def _ordered(pool: Pool) -> list[Step]:
    """Host passes first: they print warnings too, and their errors are the ones every compiler user knows."""
    return sorted(pool.steps.values(), key=lambda step: not step.name.endswith(": host"))


def merge(logs: list[tuple[str, str]]) -> str:
    r"""The messages of several logs, each message once.

    >>> merge([("x: host", "x.cu:1:1: error: no\n"), ("x: device", "x.cu:1:1: error: no\nx.cu:2:1: error: only here\n")])
    'x.cu:1:1: error: no\nx.cu:2:1: error: only here'
    """
    seen: dict[str, list[str]] = {}
    for name, text in logs:
        for message in messages(_COUNT.sub("", explained(text))):
            seen.setdefault(message, []).append(name.rpartition(": ")[2])
    return "\n".join(message + missing_header_hint(message) + _targets(message, steps) for message, steps in seen.items())


def _targets(message: str, steps: list[str]) -> str:
    """Which targets an error came from, where it came from targets only."""
    if any(step.partition(" ")[0] in ("host", "device", "preprocess", "warnings") for step in steps) or "error: " not in message:
        return ""
    return f"\n  target: {', '.join(dict.fromkeys(steps))}"


def messages(text: str) -> list[str]:
    """A log cut before each diagnostic; an "In file included from" list stays with the diagnostic that follows."""
    starts = [match.start() for match in _START.finditer(text)]
    bounds = sorted({0, *starts, len(text)})
    found: list[str] = []
    for start, end in itertools.pairwise(bounds):
        piece = text[start:end]
        if found and found[-1].startswith("In file included from") and found[-1].count("\n") == found[-1].count("from "):
            found[-1] += piece
        else:
            found.append(piece)
    return [piece.rstrip("\n") for piece in found if piece.strip()]

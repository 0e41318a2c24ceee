"""Records a compilation, so that the same command is answered from the cache next time (`lookup.py`).

Only what is known to depend on nothing but its words, the environment and files that can be listed is recorded: one CUDA source to
one object, fat binary or PTX file. What reads or writes other files (profiles, plug-ins, `--coverage`, `-save-temps`), or depends
on the processor it runs on (`-march=native`), is compiled every time.
"""

from __future__ import annotations

import io
import re
import sys
import time
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import TYPE_CHECKING, TextIO, cast

from crosswarp.driver.cache import ObjectCache, cache_key, object_cache
from crosswarp.driver.cuda_unit import CudaUnit
from crosswarp.driver.options import Parsed
from crosswarp.driver.recall.lookup import command_key, pack, variants
from crosswarp.driver.request import CUDA_KINDS, Action, Request

if TYPE_CHECKING:
    from crosswarp.driver.outputs import Outputs
    from crosswarp.driver.unit import Unit

_ACTIONS = (Action.OBJECT, Action.FATBIN, Action.PTX)
_VARIANTS = 8
# Options that tell of this very compilation.
_REPORTS = ("time", "fdevice-time-trace")
# Words for the host compiler that change its output and nothing else.
_HOST_WORD = re.compile(r"-[DUI].+|-isystem.*|-iquote.*|-std=.*|-O\w?|-g\d?|-ggdb\d?|-gdwarf(-\d)?|-w|-pthread|-pipe|-ansi|"
                        r"-pedantic|-W(?![plas],)[\w=+-]*|-m[\w.=+-]*|-f(visibility|ffp-contract|max-errors|abi-version|tls-model|"
                        r"cf-protection|template-depth|diagnostics-color|(file|debug|macro)-prefix-map|sanitize)=.*|"
                        r"-f(?!profile|plugin|modules?|time|dump|save|stack-usage|callgraph|test-coverage)[\w+-]*")


@dataclass
class Recording:
    """One command. Its messages are read along while it runs. `checks` is None until its steps have succeeded."""

    request: Request
    key: str
    started: int
    option_files: list[str]
    messages: io.StringIO = field(default_factory=io.StringIO)
    checks: list[str] | None = None
    files: list[tuple[str, bytes]] = field(default_factory=list)

    def __enter__(self) -> Recording:
        self._stderr = sys.stderr
        sys.stderr = cast(TextIO, _Tee(self._stderr, self.messages))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        sys.stderr = self._stderr
        if kind is None and self.checks is not None and self.files:
            self._store(self.checks)

    @property
    def _cache(self) -> ObjectCache:
        return object_cache(self.request.settings.cache_bytes)

    def observe(self, units: list[Unit], outputs: Outputs) -> None:
        """Note what was read and written, when the steps have run and their files are still there."""
        (unit,) = units
        if not isinstance(unit, CudaUnit) or unit.request is not self.request:
            return
        from crosswarp.driver.recall.depends import checks_of  # when clang has run: nothing waits for this import

        try:
            self.checks = checks_of(unit, self._cache, self.option_files, self.started)
        except OSError:  # a file that vanished meanwhile: nothing to rely on
            return
        self.files = outputs.contents()

    def _store(self, checks: list[str]) -> None:
        result = pack(self.messages.getvalue(), self.files)
        name = cache_key(["recall-result", result])
        self._cache.put(name, result)
        variant = " ".join([*checks, name])
        known = [line for line in variants(self._cache.get(self.key)) if line != variant]
        self._cache.put(self.key, "\n".join([variant, *known[: _VARIANTS - 1]]).encode())


class _Tee(io.TextIOBase):
    """Standard error whose text is kept as well."""

    def __init__(self, stream: TextIO, copy: io.StringIO) -> None:
        self.stream = stream
        self.copy = copy

    def write(self, text: str) -> int:
        self.copy.write(text)
        return self.stream.write(text)

    def flush(self) -> None:
        self.stream.flush()

    def fileno(self) -> int:
        return self.stream.fileno()

    def isatty(self) -> bool:
        return self.stream.isatty()


def recording_of(request: Request, words: list[str], parsed: Parsed) -> Recording | None:
    """The recording of a command that can be recalled; its `request` is the one to run."""
    if not _is_recordable(request) or "-" in words or any(parsed.has(name) for name in _REPORTS):
        return None
    return Recording(replace(request, recorded=True), command_key(words), time.time_ns(), parsed.option_files)


def _is_recordable(request: Request) -> bool:
    if request.keep or request.verbose or request.dry_run or request.run or not request.settings.cache_bytes:
        return False
    return (request.action in _ACTIONS and len(request.inputs) == 1 and request.inputs[0].kind in CUDA_KINDS
            and not request.settings.assemble_cubin and _is_plain(request.frontend.host_flags))


def _is_plain(words: tuple[str, ...]) -> bool:
    return all(_HOST_WORD.fullmatch(word) and "native" not in word for word in words)

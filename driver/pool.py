"""Runs the steps of a compilation in forked processes, as many at a time as allowed, in the order their inputs become ready.

    pool.add("device", lambda: device_pass(...))
    pool.add("gfx1100", lambda: build_image(...), after=("device",))
    pool.run()

Forks rather than threads: LLVM ends the process on a fatal error, and a step then fails alone. Every child leads a process group of
its own, so that ending it ends the tools it runs. What a step prints on stderr is held back and shown in the order of the steps.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from crosswarp.driver.jobserver import JobServer
from crosswarp.driver.outputs import SIGNALS, signals_held
from crosswarp.support.diagnostics import CrosswarpError, system_error

OK, FAILED, CRASHED = 0, 1, 3
_TOKEN_SECONDS = 0.01


@dataclass
class Step:
    """One step. `code` is None until it has ended; `seconds` and `cpu_seconds` are its own and its tools' times."""

    name: str
    action: Callable[[], None]
    after: tuple[str, ...]
    log: Path
    pid: int = 0
    code: int | None = None
    started: float = 0.0
    seconds: float = 0.0
    cpu_seconds: float = 0.0

    @property
    def stderr(self) -> str:
        """What the step printed."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""


class StepError(CrosswarpError):
    """Some steps failed; `failed` are those that ran and failed."""

    def __init__(self, failed: list[Step]) -> None:
        super().__init__(", ".join(step.name for step in failed))
        self.failed = failed


@dataclass
class Pool:
    """Steps and the processes that run them. `folder` holds the held-back output.

    With a job `server` every process but one needs a token of its.
    """

    jobs: int
    folder: Path
    server: JobServer | None = None
    steps: dict[str, Step] = field(default_factory=dict)

    def add(self, name: str, action: Callable[[], None], after: tuple[str, ...] = ()) -> None:
        """Add a step that starts when all of `after` have succeeded."""
        missing = [other for other in after if other not in self.steps]
        assert not missing and name not in self.steps, (name, missing)
        self.steps[name] = Step(name, action, after, self.folder / f".{os.getpid()}-{len(self.steps)}.log")

    def run(self, prepare: Callable[[], None] | None = None) -> None:
        """Run every step. `prepare` runs here while the first steps do. Raises `StepError` when some failed.

        After a failure, running steps end by themselves (their diagnostics count), and no other step starts.
        """
        try:
            waiting = self._start_ready()
            if prepare is not None:
                prepare()
            while self._running():
                if not (waiting and self._nothing_ended()):
                    self._wait_one()
                waiting = self._start_ready()
        finally:
            self._kill_all()
            if self.server is not None:
                self.server.keep(0)
        failed = [step for step in self.steps.values() if step.code]
        if failed:
            raise StepError(failed)

    def remove_logs(self) -> None:
        """Remove the held-back output."""
        for step in self.steps.values():
            step.log.unlink(missing_ok=True)

    def _running(self) -> int:
        return sum(1 for step in self.steps.values() if step.pid)

    def _start_ready(self) -> bool:
        """Start what can be started. Returns whether a step waits for a token."""
        if any(step.code for step in self.steps.values()):
            return False
        for step in self.steps.values():
            if step.pid or step.code is not None or any(self.steps[name].code != OK for name in step.after):
                continue
            running = self._running()
            if running >= self.jobs:
                return False
            if running and self.server is not None and not self.server.take():
                return True
            self._start(step)
        return False

    def _nothing_ended(self) -> bool:
        """Look for ended children, and after a moment without any say so: a token may have come meanwhile."""
        if os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT | os.WNOHANG) is not None:
            return False
        time.sleep(_TOKEN_SECONDS)
        return True

    def _start(self, step: Step) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        step.started = time.monotonic()
        with signals_held():  # none may come between the fork and the record of its process
            pid = os.fork()
            if pid == 0:
                _child(step)
            step.pid = pid
            with contextlib.suppress(OSError):  # the child does the same: whoever comes first
                os.setpgid(pid, pid)

    def _wait_one(self) -> None:
        """Wait for a child to end. It is reaped and recorded in one go: a process id must not be used after it was reaped."""
        ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
        assert ended is not None
        with signals_held():
            _, status, usage = os.wait4(ended.si_pid, 0)
            step = next((step for step in self.steps.values() if step.pid == ended.si_pid), None)
            if step is None:
                return
            step.pid = 0
            step.seconds = time.monotonic() - step.started
            step.cpu_seconds = usage.ru_utime + usage.ru_stime
            step.code = os.waitstatus_to_exitcode(status)
            if self.server is not None:
                self.server.keep(self._running() - 1)
        if step.code < 0:
            with step.log.open("a") as log:
                log.write(f"crosswarp: error: step '{step.name}' was ended by {signal.Signals(-step.code).name} [CW2003]\n")

    def _kill_all(self) -> None:
        running = [step for step in self.steps.values() if step.pid]
        for step in running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(step.pid, signal.SIGKILL)
        for step in running:
            os.waitpid(step.pid, 0)
            step.pid = 0


def _child(step: Step) -> None:
    """Run a step in this forked process and end it. Never returns."""
    code = CRASHED
    try:
        with contextlib.suppress(OSError):
            os.setpgid(0, 0)
        for number in SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
        log = os.open(step.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(log, 2)
        sys.stderr = os.fdopen(2, "w", errors="backslashreplace", closefd=False)
        code = _attempt(step.action)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _attempt(action: Callable[[], None]) -> int:
    try:
        action()
    except CrosswarpError as error:
        print(error, file=sys.stderr)
        return FAILED
    except OSError as error:
        print(system_error(error), file=sys.stderr)
        return FAILED
    except Exception:
        from crosswarp.driver.nvcc import internal_error

        return internal_error()
    return OK

"""Files that are either whole or not there, whatever happens: results, temporary folders, signals.

A result is written beside its place under a temporary name and renamed when the whole command has succeeded. A signal becomes an
exception, so that every `with` block cleans up; the command then ends by that same signal, as a shell expects.
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from crosswarp.support.diagnostics import user_error
from crosswarp.support.files import remove_tree

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# Another machine that shares the folder has process numbers of its own: what its living commands write is younger than this.
_LEFT_SECONDS = 600
# Bytes that a file's name may have on the file systems in use.
_LONGEST_NAME = 255


class Interrupted(BaseException):
    """A signal asked the command to end. Not an `Exception`: nothing but the outermost frame may stop it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def _raise_interrupted(number: int, _frame: FrameType | None) -> None:
    for each in SIGNALS:  # a second signal must not tear the clean-up apart
        signal.signal(each, signal.SIG_IGN)
    raise Interrupted(number)


def catch_signals() -> None:
    """Turn SIGINT, SIGTERM and SIGHUP into `Interrupted`; ignored signals (nohup) stay ignored."""
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _raise_interrupted)


def end_by_signal(number: int) -> None:
    """End this process by `number`, so that its parent sees the truth."""
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


@contextmanager
def signals_held() -> Iterator[None]:
    """Signals that end the command wait until the block is done."""
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)


class Outputs:
    """The results of one command. `place(path)` gives the name to write to; `commit()` puts all results in place."""

    def __init__(self) -> None:
        self._pending: list[tuple[Path, Path]] = []
        self._asked: dict[Path, Path] = {}
        self._printed: list[Path] = []

    def place(self, path: Path) -> Path:
        """A temporary name beside `path`, which is created to prove that it can be. Raises `CompileError` if it cannot.

        What is not a regular file (`/dev/null`, a pipe) is written directly. `-` is standard output, which gets the whole result.
        """
        if str(path) == "-":
            return self._for_standard_output()
        if path.is_symlink() and not path.exists() and _is_loop(path):
            raise user_error(f"cannot write '{path}': {os.strerror(errno.ELOOP)}", "CW2002")
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            if path.is_dir():
                raise user_error(f"cannot write '{path}': it is a folder", "CW2002")
            return path
        final = path.resolve()
        if any(final == other for _, other in self._pending):
            raise user_error(f"two results would be written to '{path}'", "CW2002", hint="compile the inputs one by one, with -o")
        end = f".{os.getpid()}-{len(self._pending)}.tmp"
        temporary = final.with_name(f".{shortened(final.name, _LONGEST_NAME - len(end) - 1)}{end}")
        try:
            _remove_leftovers(final)
            self._pending.append((temporary, final))
            self._asked[final] = path
            temporary.touch()
            if final.exists() and not os.access(final, os.W_OK):
                raise PermissionError(13, "Permission denied")
        except OSError as error:
            raise user_error(f"cannot write '{path}': {error.strerror}", "CW2002") from error
        return temporary

    def _for_standard_output(self) -> Path:
        import tempfile

        number, name = tempfile.mkstemp(prefix="crosswarp-")
        os.close(number)
        self._printed.append(Path(name))
        return Path(name)

    def contents(self) -> list[tuple[str, bytes]]:
        """What is to be put in place: names as they were asked for, and contents."""
        return [(str(self._asked[final]), temporary.read_bytes()) for temporary, final in self._pending]

    def commit(self) -> None:
        """Rename every result to its place, and print those that are printed."""
        for path in self._printed:
            sys.stdout.buffer.write(path.read_bytes())
            sys.stdout.buffer.flush()
        with signals_held():  # all of them or none
            while self._pending:
                temporary, final = self._pending[0]
                temporary.replace(final)
                self._pending.pop(0)

    def remove(self) -> None:
        """Remove the results of an earlier command, and write none."""
        for _, final in self._pending:
            final.unlink(missing_ok=True)
        self.discard()

    def discard(self) -> None:
        """Remove what was not committed."""
        for temporary in (*self._printed, *(temporary for temporary, _ in self._pending)):
            with contextlib.suppress(OSError):  # one that could not be made cannot be removed
                temporary.unlink()
        self._printed.clear()
        self._pending.clear()

    def __enter__(self) -> Outputs:
        return self

    def __exit__(self, *_: object) -> None:
        self.discard()


def shortened(name: str, most: int) -> str:
    """A name of at most `most` bytes."""
    return os.fsencode(name)[:most].decode(errors="ignore")


def _remove_leftovers(final: Path) -> None:
    """Remove the temporary files of commands that were killed while they made the same file, some time ago and on this machine."""
    start = f".{final.name}."
    for entry in os.scandir(final.parent):
        if entry.name.startswith(start) and entry.name.endswith(".tmp"):
            process = entry.name.removeprefix(start).partition("-")[0]
            with contextlib.suppress(OSError):
                if process.isdecimal() and not _is_alive(int(process)) and entry.stat().st_mtime < time.time() - _LEFT_SECONDS:
                    Path(entry.path).unlink()


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # another user's
        return True
    return True


def _is_loop(path: Path) -> bool:
    try:
        path.stat()
    except OSError as error:
        return error.errno == errno.ELOOP
    return False


def temporary_folder() -> Path:
    """A name for a folder that no other process uses."""
    return Path(os.environ.get("TMPDIR") or "/tmp", f"crosswarp-{os.getpid()}-{os.urandom(4).hex()}")


@contextmanager
def work_folder(keep: Path | None) -> Iterator[Path]:
    """A private folder for intermediate files, removed afterwards; or the folder where the user wants them kept."""
    if keep is not None:
        try:
            keep.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise user_error(f"cannot create '{keep}': {error.strerror}", "CW2002") from error
        yield keep
        return
    folder = temporary_folder()
    try:
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise user_error(f"cannot create a temporary folder in '{folder.parent}': {error.strerror}", "CW2002") from error
    try:
        yield folder
    finally:
        remove_tree(folder)

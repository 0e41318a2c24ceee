"""Errors a user sees. Three kinds, never mixed: the user's mistake, a feature we lack, our own bug.

Each prints in clang's form, `file:line:column: error: text [code]`, then the source line, a caret and a way out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Location:
    """A place in the user's source. Line and column count from 1; 0 means unknown."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file] + [str(n) for n in (self.line, self.column) if n]
        return ":".join(parts)


@dataclass(frozen=True)
class Diagnostic:
    """One message: `code` is stable (`CW1001`), `help` says what the user can do, `detail` shows more of the place."""

    severity: str
    message: str
    code: str
    location: Location | None = None
    help: str = ""
    detail: str = ""

    def render(self) -> str:
        """The message as text, with the source line and a caret where the location is known."""
        where = f"{self.location}: " if self.location else "crosswarp: "
        lines = [f"{where}{self.severity}: {self.message} [{self.code}]"]
        lines += _source_excerpt(self.location)
        lines += self.detail.splitlines()
        if self.help:
            lines.append(f"  help: {self.help}")
        return "\n".join(lines)


def _source_excerpt(location: Location | None) -> list[str]:
    if location is None or not location.line:
        return []
    try:
        text = Path(location.file).read_text(errors="replace").splitlines()[location.line - 1]
    except (OSError, IndexError):
        return []
    return pointed_out(text, location.line, location.column)


def pointed_out(text: str, line: int, column: int) -> list[str]:
    """One line of a text, with its number and a caret below the column (from 1; 0: no caret)."""
    excerpt = [f"{line:5} | {text}"]
    if column:
        excerpt.append("      | " + " " * (column - 1) + "^")
    return excerpt


class CrosswarpError(Exception):
    """Base of every error that ends a command with a message instead of a traceback."""

    exit_code = 1


@dataclass
class CompileError(CrosswarpError):
    """The source or the command line is wrong, or uses something unsupported. Carries at least one diagnostic."""

    diagnostics: list[Diagnostic] = field(default_factory=list)

    def __str__(self) -> str:
        return "\n".join(d.render() for d in self.diagnostics)


def user_error(message: str, code: str, location: Location | None = None, hint: str = "") -> CompileError:
    """A `CompileError` with one diagnostic."""
    return CompileError([Diagnostic("error", message, code, location, hint)])


def unsupported(feature: str, code: str, location: Location | None = None, hint: str = "") -> CompileError:
    """A CUDA feature that Crosswarp does not provide (yet), named in CUDA's own terms."""
    return user_error(f"unsupported: {feature}", code, location, hint)


def system_error(error: OSError) -> CompileError:
    """What the system refused while we worked: no space left, a folder that vanished, a file that may not be read."""
    where = f"'{error.filename}': " if error.filename else ""
    return user_error(f"{where}{error.strerror or error}", "CW2012")


@dataclass
class ToolError(CrosswarpError):
    """A tool we ran failed. `stderr` is what it printed (clang's diagnostics already have the user's file and line)."""

    command: list[str]
    returncode: int
    stderr: str

    def __str__(self) -> str:
        if self.stderr.strip() or self.returncode >= 0:
            return self.stderr.rstrip() or f"{self.command[0]} ended with status {self.returncode}"
        import signal

        return f"crosswarp: error: {self.command[0]} was ended by {signal.Signals(-self.returncode).name} [CW2003]"

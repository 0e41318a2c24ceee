"""What the tools for compiled files share: their command lines, `--help`, `--version`, errors in nvcc's form."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from crosswarp.driver.help import option_lines
from crosswarp.driver.nvcc import CUDA_RELEASE, CUDA_VERSION, internal_error
from crosswarp.driver.option_table import Form, Option, Support
from crosswarp.driver.options import Parsed, Table, parse_words
from crosswarp.support.diagnostics import CrosswarpError, system_error, user_error

COMMON = (
    Option("help", "h", Form.FLAG, Support.DONE, "print this text"),
    Option("version", "V", Form.FLAG, Support.DONE, "print the version"),
    Option("options-file", "optf", Form.LIST, Support.DONE, "read options from a file"),
)


class Tool(NamedTuple):
    """A tool: its name, what it does in a sentence, its options beside the common ones, and what it runs."""

    name: str
    purpose: str
    options: tuple[Option, ...]
    run: Callable[[Parsed, list[str]], int]

    def main(self, arguments: list[str] | None = None) -> int:
        """Run the tool. Returns the exit code: 0, 1 for an error of the user's, 3 for a bug of ours."""
        try:
            return self._attempt(sys.argv[1:] if arguments is None else arguments)
        except CrosswarpError as error:
            print(f"{self.name} fatal   : {error}", file=sys.stderr)
            return error.exit_code
        except OSError as error:
            if not isinstance(error, BrokenPipeError):
                print(f"{self.name} fatal   : {system_error(error)}", file=sys.stderr)
            return 1
        except Exception:
            return internal_error()

    def _attempt(self, arguments: list[str]) -> int:
        options = (*self.options, *COMMON)
        parsed, files = parse_words(arguments, Table(options))
        if parsed.has("version"):
            print(f"{self.name}: Crosswarp\n{self.purpose}\nCuda compilation tools, release {CUDA_RELEASE}, V{CUDA_VERSION}")
            return 0
        if parsed.has("help") or not (files or parsed.values):
            print(f"Usage  : {self.name} [options] <file>...\n\n{self.purpose}. Options:\n", *option_lines(options), sep="\n")
            return 0
        return self.run(parsed, files)


def single(files: list[str]) -> Path:
    """The one input. Raises `CompileError` where there are several."""
    if len(files) != 1:
        raise user_error(f"one input at a time, not {len(files)}: {', '.join(files)}", "CW2004")
    return Path(files[0])

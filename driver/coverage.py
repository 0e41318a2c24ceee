"""`crosswarp coverage`: the catalogue of CUDA's APIs, one record of it, or what a source tree uses and how that fares."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from crosswarp.driver.command import Command

# Names of devices, formats and conditions, as `--help` needs them without reading the catalogue; a test compares them.
DEVICES = ("cpu", "emulated", "amd", "nvidia")
FORMATS = ("text", "json", "sarif", "markdown", "html")
CONDITIONS = ("missing", "refused", "untested", "unknown", "problems", "never")
GOOD, FAILED, NOTHING = 0, 1, 3  # exit codes; 2 is click's, for a wrong command line
SIZES = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
AFTER = "crosswarp.coverage.flags"


class CoverageCommand(Command):
    """What follows `--` is for clang, whatever it looks like."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep the words after `--` aside."""
        end = args.index("--") if "--" in args else len(args)
        ctx.meta[AFTER] = tuple(args[end + 1 :])
        return super().parse_args(ctx, args[:end])


class Size(click.ParamType[int]):
    """Bytes: `500000`, `64K`, `16M`, `1G`."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number of bytes."""
        text = str(value).upper().removesuffix("B")
        digits, unit = (text[:-1], text[-1:]) if text[-1:] in SIZES else (text, "")
        if not digits.isdecimal() or not int(digits):
            self.fail(f"'{value}' is no size such as 64K or 16M", param, ctx)
        return int(digits) * SIZES[unit]


@dataclass(frozen=True)
class Request:
    """What the command line asks for, by the names of its options."""

    paths: tuple[Path, ...]
    device: str | None
    format: str | None
    output: Path | None
    fail_on: tuple[str, ...]
    baseline: Path | None
    compile_commands: Path | None
    flags: tuple[str, ...]
    jobs: int | None
    max_size: int
    exclude: tuple[str, ...]
    no_ignore: bool
    tokens: bool
    binaries: bool
    family: tuple[str, ...]
    api: str | None
    listed: bool
    counts: bool
    report: bool
    repository: str | None
    verbose: int
    quiet: bool


@click.command("coverage", cls=CoverageCommand)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--device", type=click.Choice(DEVICES), help="Where the program is to run.  [default: amd]")
@click.option("--format", type=click.Choice(FORMATS), help="Default: by the suffix of -o's FILE, else text.")
@click.option("-o", "output", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file.")
@click.option("--fail-on", type=click.Choice(CONDITIONS), multiple=True,
              help="Exit with 1 for these; a status includes the worse ones; may be given again.  [default: refused]")
@click.option("--baseline", metavar="JSON", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="An earlier scan as JSON: only findings that it lacks make the exit code 1.")
@click.option("--compile-commands", metavar="FILE", type=click.Path(path_type=Path, exists=True),
              help="Default: what is found in the tree.")
@click.option("--jobs", "-j", type=click.IntRange(1), help="Processes.  [default: one a processor]")
@click.option("--max-size", type=Size(), default="16M", show_default=True, help="Of a larger source only so much is read.")
@click.option("--exclude", metavar="GLOB", multiple=True, help="Leave out, by .gitignore's rules; may be given again.")
@click.option("--tokens", is_flag=True, help="Parse nothing, also where flags are known: faster, and names are only compared.")
@click.option("--no-ignore", is_flag=True, help="Read what .gitignore leaves out.")
@click.option("--binaries", is_flag=True, help="Read programs, libraries and objects in folders too; a named one is always read.")
@click.option("--family", metavar="FAMILY", multiple=True, help="Only APIs of these families; may be given again.")
@click.option("--api", metavar="NAME", help="Show one record: status, difference, source and tests.")
@click.option("--list", "listed", is_flag=True, help="Name every entry of the catalogue.")
@click.option("--counts", is_flag=True, help="The catalogue's table with the versions of CUDA.")
@click.option("--report", is_flag=True, help="Write the catalogue as an HTML page, or its figures (--format json), to -o's FILE.")
@click.option("--repository", metavar="URL", help="For --report: where sources are linked to, a path follows.")
@click.option("-v", "--verbose", count=True, help="Every place, and what is untested or differs; -vv: what works too.")
@click.option("-q", "--quiet", is_flag=True, help="Only the verdict, and no progress.")
@click.pass_context
def coverage_command(ctx: click.Context, /, **options: Any) -> None:
    r"""Tell which CUDA APIs a program uses and how they fare on a device; without PATH, the catalogue of all of them.

    \b
    crosswarp coverage src/ --device cpu
    crosswarp coverage src/ -o coverage.sarif --fail-on missing
    crosswarp coverage src/ -- -Iinclude -DUSE_CUDA     # options for clang
    crosswarp coverage build/app                        # what a program imports
    crosswarp coverage --api cudaMallocAsync
    crosswarp coverage --report                         # writes crosswarp-coverage.html

    Exit code: 0 all is there, 1 something is not (--fail-on), 2 bad usage, 3 nothing could be read.
    """
    from crosswarp.driver.coverage_actions import act

    ctx.exit(act(Request(flags=ctx.meta[AFTER], **options)))


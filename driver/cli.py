"""The `crosswarp` command."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import NoReturn

import click
from crosswarp.driver.command import CommandGroup
from crosswarp.driver.coverage import coverage_command
from crosswarp.driver.nvcc import VERSION
from crosswarp.driver.option_words import CommandLineError
from crosswarp.driver.outputs import Interrupted, Outputs, catch_signals, end_by_signal
from crosswarp.support.diagnostics import CrosswarpError, system_error

_NVCC_WORDS = {"ignore_unknown_options": True, "allow_interspersed_args": False, "help_option_names": ["--help"]}


@click.group(cls=CommandGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, message="%(prog)s %(version)s")
def cli() -> None:
    """One CUDA source for AMD GPUs, NVIDIA GPUs and CPUs."""


@cli.command("compile", context_settings=_NVCC_WORDS)
@click.argument("words", nargs=-1, required=True, type=click.UNPROCESSED)
def compile_command(words: tuple[str, ...]) -> None:
    r"""Compile sources: nvcc's options, with -O2 for host code.

    \b
    crosswarp compile x.cu -o x
    crosswarp compile x.cu -o x --targets cpu,gfx1100
    """
    from crosswarp.driver.nvcc import run_nvcc
    from crosswarp.driver.options import parse

    parsed = parse(list(words))
    optimised = parsed.has("optimize") or parsed.has("debug")
    _leave(run_nvcc([*([] if optimised else ["-O2"]), *words]))


@cli.command("run", context_settings=_NVCC_WORDS)
@click.argument("words", nargs=-1, required=True, type=click.UNPROCESSED)
def run_command(words: tuple[str, ...]) -> None:
    r"""Compile a program for this machine's devices and run it.

    \b
    crosswarp run x.cu
    crosswarp run x.cu -O3 -- its own arguments
    """
    from crosswarp.driver.program import run_program

    every = _raw_words("run", words)
    split = every.index("--") if "--" in every else len(every)
    _leave(run_program(every[:split], every[split + 1 :]))


@cli.command("emit", context_settings=_NVCC_WORDS)
@click.option("--stage", required=True, help="nvvm.ll, gfx1100.ll, gfx1100.hsaco, sm_80.ptx, x86-64-v3.ll, ...")
@click.option("-o", "output", default="-", help="File to write; standard output without it.")
@click.argument("words", nargs=-1, required=True, type=click.UNPROCESSED)
def emit_command(stage: str, output: str, words: tuple[str, ...]) -> None:
    """Show any stage of a compilation: `crosswarp emit --stage gfx1100.ll x.cu`.

    The input may be a stage file that was kept (x.nvvm.ll): the compilation resumes from it.
    """
    from crosswarp.driver.emit import emit, split_words

    source, options, named = split_words(list(words))
    data = emit(stage, source, options)
    destination = named or output
    if destination == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    with Outputs() as outputs:
        outputs.place(Path(destination)).write_bytes(data)
        outputs.commit()


@cli.command("pack", hidden=True)
@click.option("-o", "output", required=True)
@click.argument("images", nargs=-1, required=True)
def pack_command(output: str, images: tuple[str, ...]) -> None:
    """Put images in a fat binary: ARCH=FILE ... (a step of nvcc -dryrun)."""
    from crosswarp.driver.packing import pack_files

    with Outputs() as outputs:
        pairs = [image.partition("=")[::2] for image in images]
        outputs.place(Path(output)).write_bytes(pack_files([(arch, Path(name)) for arch, name in pairs]))
        outputs.commit()


@cli.command("rtc", hidden=True)
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def rtc_command(folder: Path) -> None:
    """Compile what NVRTC has put in a folder."""
    from crosswarp.driver.rtc import compile_program

    _leave(compile_program(folder))


@cli.command("ptx", hidden=True)
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def ptx_command(folder: Path) -> None:
    """Compile what the runtime has put in a folder for a device."""
    from crosswarp.driver.ptx_module import compile_module

    _leave(compile_module(folder))


@cli.command("serve", hidden=True)
def serve_command() -> None:
    """Compile for one program as long as it lives."""
    from crosswarp.driver.server import serve

    _leave(serve())


@cli.command("inspect")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def inspect_command(files: tuple[Path, ...]) -> None:
    """Show the device code inside programs, libraries, objects and fat binaries."""
    from crosswarp.driver.inspection import inspect
    from crosswarp.driver.tables import image_table, show

    for path in files:
        show(image_table(str(path), inspect(path)))


@cli.command("facts", context_settings=_NVCC_WORDS)
@click.argument("words", nargs=-1, required=True, type=click.UNPROCESSED)
def facts_command(words: tuple[str, ...]) -> None:
    r"""Show a source's kernels, launches and tests of vendor macros, as libclang sees them.

    \b
    crosswarp facts x.cu -Iinclude -DN=3
    """
    from crosswarp.driver.options import parse
    from crosswarp.driver.request import configured_request
    from crosswarp.driver.tables import facts_table, show
    from crosswarp.frontend.facts import source_facts

    request = configured_request(parse(list(words)))
    for item in request.inputs:
        show(facts_table(item.path, source_facts(Path(item.path), request.frontend)))


@cli.command("layouts")
@click.argument("processor", required=False)
@click.option("--shape", default="m16n16k16", show_default=True, help="Of the product, as PTX names it.")
@click.option("--kinds", default="f16.f16.f32", show_default=True, help="Of A, B and C.")
@click.option("--picture", type=click.Path(path_type=Path, dir_okay=False), help="SVG file to write: the cheapest of all listed.")
def layouts_command(processor: str | None, shape: str, kinds: str, picture: Path | None) -> None:
    r"""Show which lane and register hold which element of a matrix: PTX's way, and a processor's.

    \b
    crosswarp layouts gfx1100
    crosswarp layouts gfx942 --shape m16n8k16 --kinds bf16.bf16.f32 --picture mfma.svg
    """
    from crosswarp.driver.layouts import described, held_by
    from crosswarp.support.files import write_atomically

    found = held_by(processor, shape, kinds.split("."))
    for held in found:
        click.echo("\n".join(described(held, found[0])))
    if picture is not None:
        write_atomically(picture, found[min(1, len(found) - 1)].picture.encode())


@cli.command("toolkit")
@click.option("--at", "folder", type=click.Path(path_type=Path), help="Make it in this folder.")
def toolkit_command(folder: Path | None) -> None:
    """Print the root of the CUDA-toolkit-shaped folder, which is made or brought up to date."""
    from crosswarp.driver.toolkit import make_toolkit

    click.echo(make_toolkit(folder))


@cli.command("distributed-toolchain")
@click.argument("archive", type=click.Path(path_type=Path))
@click.option("--scheduler", default="http://localhost:10600", help="The scheduler's address, for the configuration.")
def distributed_toolchain_command(archive: Path, scheduler: str) -> None:
    """Write nvcc's compiling steps as an archive for sccache-dist; print sccache's configuration for it."""
    from crosswarp.driver.steps.archive import sccache_configuration, write_archive
    from crosswarp.driver.toolkit import make_toolkit

    toolkit = make_toolkit()
    write_archive(archive, toolkit)
    click.echo(sccache_configuration(archive, toolkit, scheduler), nl=False)


@cli.command("env")
@click.option("--shell", type=click.Choice(["sh", "fish", "csh"]), help="Default: the shell that asks, else SHELL's.")
def env_command(shell: str | None) -> None:
    """Print what a shell must export: eval "$(crosswarp env)"."""
    from crosswarp.driver.shells import current_shell, exports
    from crosswarp.driver.toolkit import make_toolkit

    click.echo(exports(make_toolkit(), shell or current_shell()), nl=False)


@cli.command("compile-commands")
@click.argument("build", type=click.Path(path_type=Path, exists=True))
@click.option("-o", "output", default="compile_commands.json", type=click.Path(path_type=Path), help="File to write.")
def compile_commands_command(build: Path, output: Path) -> None:
    r"""Make a compilation database for clangd from that of a build folder.

    \b
    cmake -B build -DCMAKE_EXPORT_COMPILE_COMMANDS=ON
    crosswarp compile-commands build        # writes compile_commands.json here, where clangd looks
    """
    from crosswarp.driver.compile_commands import NAME, translated
    from crosswarp.support.files import write_atomically

    entries, problems = translated(build / NAME if build.is_dir() else build)
    write_atomically(output, (json.dumps(entries, indent=1) + "\n").encode())
    for problem in problems:
        click.echo(f"warning: left as it was: {problem}", err=True)


@cli.command("doctor")
def doctor_command() -> None:
    """Show what was found on this machine and what would run; exit code 1 if something needed is missing."""
    from crosswarp.driver.doctor import BROKEN, examine
    from crosswarp.driver.tables import finding_table, show

    findings = examine()
    show(finding_table(findings))
    _leave(1 if any(finding.state == BROKEN for finding in findings) else 0)


cli.add_command(coverage_command)


def _raw_words(command: str, parsed: tuple[str, ...]) -> list[str]:
    """The words after a command's name as the user gave them: click drops the first `--`, which separates the program's own."""
    if command in sys.argv:
        raw = sys.argv[sys.argv.index(command) + 1 :]
        if [word for word in raw if word != "--"] == [word for word in parsed if word != "--"]:
            return raw
    return list(parsed)


def _leave(code: int) -> NoReturn:
    raise click.exceptions.Exit(code)


def main() -> int:
    """Entry point. Returns the exit code."""
    catch_signals()
    try:
        return int(cli.main(prog_name="crosswarp", standalone_mode=False) or 0)
    except Interrupted as interrupted:
        end_by_signal(interrupted.number)
        return 128 + interrupted.number
    except OSError as error:
        print(system_error(error), file=sys.stderr)
        return 1
    except (click.exceptions.Exit, click.ClickException, click.Abort, CrosswarpError) as error:
        return _report(error)


def _report(error: Exception) -> int:
    """Print what ended a command; returns the exit code."""
    if isinstance(error, click.ClickException):
        error.show()
    elif isinstance(error, CommandLineError):
        print(f"crosswarp: error: {error}", file=sys.stderr)
    elif isinstance(error, CrosswarpError):
        print(error, file=sys.stderr)
    return 130 if isinstance(error, click.Abort) else int(getattr(error, "exit_code", 1))


if __name__ == "__main__":
    sys.exit(main())

"""A source with everything it includes in it: what `clang -E -frewrite-includes` writes, and how it is compiled later, elsewhere.

Macros stay as they are written, so that places, and with them diagnostics and debug information, are those of the source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from crosswarp.frontend.device import device_command
from crosswarp.frontend.host import host_command
from crosswarp.frontend.host_toolchain import ZIG, host_toolchain
from crosswarp.frontend.options import FrontendOptions
from crosswarp.support.diagnostics import ToolError

_REWRITE = "-frewrite-includes"


def device_text_command(source: Path, options: FrontendOptions, output: Path) -> list[str]:
    """The command that writes the device side's text."""
    words = device_command(source, options, output)
    at = words.index("-emit-llvm")
    return [*words[:at], "-E", _REWRITE, *words[at + 1 :]]


def host_text_command(source: Path, options: FrontendOptions, output: Path) -> list[str]:
    """The command that writes the host side's text, and the dependency file if one is asked for."""
    words = host_command(source, options, output, action="-E")
    at = words.index("-E")
    return [*words[:at], _REWRITE, *words[at:]]


def step_options(options: FrontendOptions) -> FrontendOptions:
    """Options that mean the same in another folder, environment and machine: the host compiler by its name."""
    host = host_toolchain(options.ccbin, options.host_flags)
    extra = (*options.extra_clang, *(f"-D{macro}" for macro in host.macros))
    name = " ".join(host.command) if host.kind != ZIG else ZIG
    return replace(options, ccbin=name, std=options.standard or host.standard, extra_clang=extra, dependencies=None)


def compile_text(options: FrontendOptions, source: Path, text: Path, run: Callable[[FrontendOptions], None]) -> None:
    """Call `run` with options that read `text`. What clang refuses there may need rewriting, which takes the source itself.

    Raises `ToolError`.
    """
    there = source.is_file()
    try:
        with _stand_in(source):
            run(replace(options, text=text))
    except ToolError:
        if not there:
            raise
        run(options)


@contextmanager
def _stand_in(source: Path) -> Iterator[None]:
    """An empty file where the source is not there, as on another machine: clang's driver looks for one, although it is not read."""
    if source.exists():
        yield
        return
    folders = [folder for folder in source.absolute().parents if not folder.exists()]
    source.parent.mkdir(parents=True, exist_ok=True)
    source.touch()
    try:
        yield
    finally:
        source.unlink(missing_ok=True)
        with suppress(OSError):
            for folder in folders:
                folder.rmdir()

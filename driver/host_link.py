"""The host side of linking: programs, shared libraries, static libraries. Objects register their device code themselves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from crosswarp.driver.request_parts import LinkOptions
from crosswarp.frontend.host_toolchain import HostToolchain
from crosswarp.support.files import find_program
from crosswarp.support.paths import library_dir
from crosswarp.support.toolchain import zig

_RUNTIME = {"static": ["-lcudart_static", "-lrt", "-lpthread", "-ldl"], "shared": ["-lcudart"], "none": []}


def library_words(toolkit: Path | None) -> list[str]:
    """The `-L` words of the toolkit's own libraries; nvcc's `#$ LIBRARIES=` line shows them."""
    folder = toolkit / "lib64" if toolkit else library_dir()
    return [f"-L{path}" for path in (folder / "stubs", folder) if path.is_dir()]


def driver_library_words(options: LinkOptions) -> list[str]:
    """Where a program finds `libcuda.so.1` when it runs: ours is not in a system folder, as NVIDIA's is, nor in the toolkit's."""
    wanted = "cuda" in options.libraries or "-lcuda" in options.words
    return [f"-Wl,-rpath,{library_dir()}"] if wanted else []


def link_words(options: LinkOptions, objects: Sequence[str], toolkit: Path | None) -> list[str]:
    """Everything between the linker's name and `-o`: objects and libraries in one group, so that their order does not matter."""
    if options.partial:
        return ["-r", "-nostdlib", *objects]
    words = ["-Wl,--start-group", *objects, *options.words]
    words += [f"-L{folder}" for folder in options.library_folders]
    words += [f"-l{name}" for name in options.libraries]
    words += driver_library_words(options)
    return [*words, *library_words(toolkit), *_RUNTIME[options.cudart], "-Wl,--end-group"]


def link_command(host: HostToolchain, options: LinkOptions, objects: Sequence[str], output: Path,
                 toolkit: Path | None) -> list[str]:
    """The command that links a program or a shared library."""
    return host.link_command(link_words(options, objects, toolkit), str(output), shared=options.shared)


def archive_command(options: LinkOptions, objects: Sequence[str], output: Path) -> list[str]:
    """The command that puts objects in a static library: `-arbin`, else the machine's `ar`, else zig's."""
    found = options.archiver or find_program("ar")
    front = [found] if found else [zig(), "ar"]
    return [*front, "crs", *options.archiver_words, str(output), *objects]

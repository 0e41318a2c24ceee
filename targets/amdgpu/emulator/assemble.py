"""AMD assembly to machine code, with the assembler of the `ziglang` wheel's clang."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from crosswarp.support.toolchain import clang_command, lld_command, run_tool, tool_environment
from elftools.elf.elffile import ELFFile


def assemble(source: str, arch: str, lanes: int | None = None) -> bytes:
    """The bytes of `.text`. `lanes` chooses the wave size where the architecture has both.

    Raises `ValueError` with the assembler's messages.
    """
    with tempfile.TemporaryDirectory() as folder, _object(f".text\n{source}\n", arch, lanes, Path(folder)).open("rb") as stream:
        section = ELFFile(stream).get_section_by_name(".text")
        assert section is not None
        return bytes(section.data())


def code_object(source: str, arch: str, lanes: int | None = None, version: int = 5) -> bytes:
    """A linked code object from assembly with its `.amdhsa_kernel` directives. Raises `ValueError` as `assemble` does."""
    with tempfile.TemporaryDirectory() as folder:
        linked = Path(folder) / "x.hsaco"
        unlinked = _object(source, arch, lanes, Path(folder), f"-mcode-object-version={version}")
        run_tool(lld_command("-shared", str(unlinked), "-o", str(linked)))
        return linked.read_bytes()


def _object(source: str, arch: str, lanes: int | None, folder: Path, *options: str) -> Path:
    text, unlinked = folder / "x.s", folder / "x.o"
    text.write_text(source)
    command = [*clang_command(), "-target", "amdgcn-amd-amdhsa", f"-mcpu={arch}", *options, "-c", str(text), "-o", str(unlinked)]
    if lanes is not None and arch.startswith("gfx1"):
        command += ["-mwavefrontsize64" if lanes == 64 else "-mno-wavefrontsize64"]
    done = subprocess.run(command, capture_output=True, text=True, env=tool_environment())
    if done.returncode != 0:
        raise ValueError(done.stderr)
    return unlinked

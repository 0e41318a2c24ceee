"""AMD assembly to machine code, with the assembler of the `ziglang` wheel's clang."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from crosswarp.support.toolchain import clang_command, tool_environment
from elftools.elf.elffile import ELFFile


def assemble(source: str, arch: str, lanes: int | None = None) -> bytes:
    """The bytes of `.text`. `lanes` chooses the wave size where the architecture has both.

    Raises `ValueError` with the assembler's messages.
    """
    with tempfile.TemporaryDirectory() as folder:
        text, objects = Path(folder) / "x.s", Path(folder) / "x.o"
        text.write_text(f".text\n{source}\n")
        command = [*clang_command(), "-target", "amdgcn-amd-amdhsa", f"-mcpu={arch}", "-c", str(text), "-o", str(objects)]
        if lanes is not None and arch.startswith("gfx1"):
            command += ["-mwavefrontsize64" if lanes == 64 else "-mno-wavefrontsize64"]
        done = subprocess.run(command, capture_output=True, text=True, env=tool_environment())
        if done.returncode != 0:
            raise ValueError(done.stderr)
        with objects.open("rb") as stream:
            section = ELFFile(stream).get_section_by_name(".text")
            assert section is not None
            return bytes(section.data())

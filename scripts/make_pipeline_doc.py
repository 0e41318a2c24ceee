"""Writes docs/pipeline.md: one kernel through every stage. All output in it is real, made by this script at that moment.

    .venv/bin/python scripts/make_pipeline_doc.py            # writes the page
    .venv/bin/python scripts/make_pipeline_doc.py --check    # status 1 if the page is not what would be written

The text around the output is in `docs/pipeline.template.md`; a line `<<name>>` there stands for the excerpt of that name.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from elftools.elf.elffile import ELFFile
from elftools.elf.sections import SymbolTableSection

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "samples" / "saxpy" / "saxpy.cu"
KERNEL = "_Z5saxpyifPKfPf"
TEMPLATE = ROOT / "docs" / "pipeline.template.md"
PAGE = ROOT / "docs" / "pipeline.md"
COMMAND = [sys.executable, "-c", "import sys; from crosswarp.driver.cli import main; sys.exit(main())"]


def crosswarp(*words: str) -> bytes:
    """Standard output of a `crosswarp` command; `CalledProcessError` when it fails."""
    return subprocess.run([*COMMAND, *words], stdout=subprocess.PIPE, check=True).stdout


def stage(name: str) -> bytes:
    """One stage of the kernel's source."""
    return crosswarp("emit", "--stage", name, str(SOURCE))


def source_kernel() -> str:
    """The kernel as written."""
    return cut(SOURCE.read_text(), "__global__ void saxpy", "\n}\n")


def portable_ir() -> str:
    """The kernel in portable IR, without the variables that only mirror its parameters."""
    return ir_function(stage("nvvm.ll").decode(), KERNEL)


def amd_ir() -> str:
    """What the AMD target hands to LLVM."""
    return ir_function(stage("gfx1100.ll").decode(), KERNEL)


def amd_metadata() -> str:
    """The code object's kernel descriptor data and symbols."""
    elf = ELFFile(io.BytesIO(stage("gfx1100.hsaco")))
    tables = [section for section in elf.iter_sections("SHT_DYNSYM") if isinstance(section, SymbolTableSection)]
    symbols = sorted(symbol.name for table in tables for symbol in table.iter_symbols() if symbol.name)
    sections = [f"{section.name:14} {section['sh_size']:6} bytes" for section in elf.iter_sections()
                if section.name in (".note", ".dynsym", ".rodata", ".text")]
    return "\n".join([f"machine {elf['e_machine']}, type {elf['e_type']}", "symbols " + ", ".join(symbols), *sections])


def cpu_ir() -> str:
    """What the CPU target hands to LLVM: functions named after the kernel."""
    text = stage("cpu.ll").decode()
    name = next(name for name in re.findall(r"^define [^@]*@([\w.$]+)\(", text, re.M) if KERNEL in name)
    return ir_function(text, name)


def ptx() -> str:
    """The whole PTX."""
    return re.sub(r"\n{2,}", "\n", cut(stage("sm_80.ptx").decode().rstrip("\0"), ".version", "\n}\n"))


def contents() -> str:
    """`crosswarp inspect` on the built program, and its last line of output on the CPU device."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "saxpy"
        crosswarp("compile", str(SOURCE), "-o", str(program))
        subprocess.run([str(program)], check=True, capture_output=True)
        table = crosswarp("inspect", str(program)).decode()
    return "\n".join(line.rstrip() for line in table.replace(str(program), "saxpy").splitlines()).strip()


EXCERPTS: dict[str, Callable[[], str]] = {
    "source": source_kernel, "portable-ir": portable_ir, "amd-ir": amd_ir, "amd-code-object": amd_metadata, "cpu-ir": cpu_ir,
    "ptx": ptx, "contents": contents,
}


def cut(text: str, start: str, end: str) -> str:
    """From `start` to the first `end` after it, both included. Raises `ValueError` when either is missing."""
    first = text.index(start)
    return text[first : text.index(end, first) + len(end)].strip()


def ir_function(text: str, name: str, longest: int = 44) -> str:
    """One function of an LLVM module, without metadata references and attribute groups; cut after `longest` lines."""
    match = re.search(rf'^define [^@\n]*@"?{re.escape(name)}"?\(.*?^}}$', text, re.M | re.S)
    if match is None:
        raise ValueError(f"no function @{name}")
    body = re.sub(r"(, )?!\w+(\.\w+)* !\d+|, !llvm\.access\.group !\d+", "", match[0])
    lines = [line.rstrip() for line in re.sub(r" #\d+", "", body).splitlines() if line.strip()]
    if len(lines) > longest:
        lines = [*lines[: longest - 1], f"  ; ... {len(lines) - longest} more lines", "}"]
    return "\n".join(lines)


def page() -> str:
    """The page's text."""
    def fill(match: re.Match[str]) -> str:
        return EXCERPTS[match[1]]()

    return re.sub(r"^<<([\w-]+)>>$", fill, TEMPLATE.read_text(), flags=re.M)


def main() -> int:
    """Exit status."""
    text = page()
    if "--check" in sys.argv[1:]:
        return 0 if PAGE.exists() and PAGE.read_text() == text else 1
    PAGE.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())

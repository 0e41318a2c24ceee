"""Machine code as text, function by function.

CPU code is shown by `objdump` or `llvm-objdump`, a cubin by NVIDIA's own `nvdisasm` where one is on PATH. AMD code is shown by an
`llvm-objdump` that knows the architecture, else by the decoder that Crosswarp's emulator runs it with: names are LLVM's, of an
operand in several registers the first is named.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator
from typing import Any, NamedTuple

from crosswarp.driver.binaries.elf_tables import Symbol, functions_of
from crosswarp.driver.binaries.image import Image, Kind
from crosswarp.driver.nvidia_tools import nvidia_tool
from crosswarp.support.diagnostics import user_error
from crosswarp.support.files import find_programs

_OBJDUMPS = ("llvm-objdump", *(f"llvm-objdump-{version}" for version in range(30, 17, -1)))


class Function(NamedTuple):
    """A function's name and its instructions, one a line."""

    name: str
    lines: list[str]


def disassemble(image: Image) -> list[Function]:
    """The functions of an ELF image. Raises `CompileError` where nothing here can read it."""
    if image.kind is Kind.CUBIN:
        return _by_nvdisasm(image)
    if image.kind is Kind.AMDGPU:
        return _by_objdump(image, _OBJDUMPS, [f"--mcpu={image.arch}"]) or _by_emulator(image)
    found = _by_objdump(image, ("objdump", *_OBJDUMPS), [])
    if not found:
        raise user_error(f"no objdump on PATH to show {image.arch} code", "CW2007", hint="install binutils, or LLVM's llvm-objdump")
    return found


def _by_objdump(image: Image, names: tuple[str, ...], options: list[str]) -> list[Function]:
    """What the first of some programs that can read the image says of it; nothing where none can."""
    for program in (path for name in names for path in find_programs(name)):
        text = _output_of([program, "-d", "--no-show-raw-insn", *options], image.data)
        if functions := _functions_of_objdump(text or ""):
            return functions
    return []


def _functions_of_objdump(text: str) -> list[Function]:
    pieces = re.split(r"^[0-9a-f]+ <(.+)>:$", text, flags=re.M)
    found = [Function(name, [line.strip() for line in body.splitlines() if line.strip() and not line.startswith("Disassembly")])
             for name, body in zip(pieces[1::2], pieces[2::2], strict=True)]
    return [each for each in found if each.lines and "<unknown>" not in each.lines[0]]


def _by_nvdisasm(image: Image) -> list[Function]:
    program = nvidia_tool("nvdisasm")
    if program is not None:
        text = _output_of([program, "-c"], image.data)
        pieces = re.split(r"^\.text\.(\S+):$", text or "", flags=re.M)
        return [Function(name, body.strip("\n").splitlines()) for name, body in zip(pieces[1::2], pieces[2::2], strict=True)]
    raise user_error(f"only NVIDIA's own nvdisasm can show its machine code ({image.arch}), and none is on PATH", "CW2007",
                     hint="pip install nvidia-cuda-nvdisasm, or look at the PTX: cuobjdump -ptx")


def _output_of(command: list[str], data: bytes) -> str | None:
    with tempfile.NamedTemporaryFile(suffix=".elf") as file:
        file.write(data)
        file.flush()
        done = subprocess.run([*command, file.name], capture_output=True, check=False)
    return done.stdout.decode(errors="replace") if done.returncode == 0 else None


def _by_emulator(image: Image) -> list[Function]:
    from crosswarp.targets.amdgpu.metadata import read_metadata

    data = image.data
    waves = {str(kernel[".name"]): int(kernel[".wavefront_size"]) for kernel in read_metadata(data).get("amdhsa.kernels", [])}
    usual = next(iter(waves.values()), 64)
    return [Function(each.name, list(_decoded(image.arch, code, each, waves.get(each.name, usual))))
            for each, code in functions_of(data)]


def _decoded(arch: str, code: bytes, function: Symbol, lanes: int) -> Iterator[str]:
    from crosswarp.targets.amdgpu.emulator import wave

    try:
        for offset, name, size in wave.disassemble(code, arch, lanes):
            place = function.value + offset
            words = " ".join(f"{int.from_bytes(code[at : at + 4], 'little'):08x}" for at in range(offset, offset + max(size, 4), 4))
            text = f"{name} {_operands(name, wave.describe(code, arch, lanes, offset), place)}" if name else ".long"
            yield f"{place:8x}:  {text.strip():<56} // {words}"
    except ValueError as error:
        raise user_error(f"{arch} code cannot be shown: {error}", "CW2007", hint="install LLVM's llvm-objdump") from error


def _operands(name: str, fields: dict[str, Any], at: int) -> str:
    if name.startswith(("s_cbranch_", "s_branch")):
        return f"{at + 4 + 4 * fields['immediate']:#x}"
    registers = [fields["destination"], fields["scalar_destination"], *fields["source"]]
    words = [str(register) for register in registers if register]
    if not words and fields["immediate"]:
        words.append(f"{fields['immediate'] & 0xFFFF:#x}")
    return ", ".join(words) + (f" offset:{fields['offset']}" if fields["offset"] else "")

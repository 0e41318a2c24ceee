"""`crosswarp rtc FOLDER`: one compilation for NVRTC (`runtime_shim/nvrtc/compile.cpp` makes the folder and reads the results).

    in:   source, name          the program, and what diagnostics call it
          options, names        words and name expressions, each with a NUL behind it
          include/...           headers given as strings
    out:  program.fatbin        for this machine's devices, PTX, and portable IR for all others
          program.ptx           text; the fat binary follows in its comments, so that every device can load it
          program.ltoir         with -dlto: relocatable device code in a fat binary, as the linker takes it (CU_JIT_INPUT_NVVM)
          lowered               the mangled name of each name expression, each with a NUL behind it

Exit codes: 0; 1 the program does not compile; 2 a word is no option; 3 a bug. What is printed is the program's log.
"""

from __future__ import annotations

import base64
import os
import re
import textwrap
from dataclasses import replace
from pathlib import Path

from crosswarp.driver.option_words import CommandLineError
from crosswarp.driver.options import parse
from crosswarp.support.diagnostics import CrosswarpError, user_error
from crosswarp.support.files import digest

MARK = "//@crosswarp-fatbin"
_LINE = 120
_DEFAULT_ARCH = "compute_52"
_EVERYWHERE = ("-device-as-default-execution-space", "--device-as-default-execution-space", "-default-device", "--default-device")
# NVRTC's words that nvcc has not: what they ask for is so, or has no effect here.
_NO_SOURCE_FOLDER = ("-no-source-include", "--no-source-include")
_WITHOUT_EFFECT = re.compile(
    r"--?(builtin-move-forward|builtin-initializer-list|no-cache|pch|auto-pch|create-pch|use-pch|pch-dir|pch-verbose|pch-messages"
    r"|minimal|device-int128|modify-stack-limit|extra-device-vectorization|dopt|opt-info|version-ident|time|fdevice-time-trace"
    r"|fdevice-syntax-only|instantiate-templates-in-pch|arch-ver)(=.*)?")
_LINK_TIME = ("-dlto", "--dlink-time-opt")
_MISSING = re.compile(r"^(.+?):(\d+):\d+: fatal error: '(.+)' file not found", re.M)
_NAME = re.compile(r"^@__cw_name_(\d+) = .*?@(\"[^\"]*\"|[\w.$]+)", re.M)


# NVIDIA's NVRTC has no standard library, so programs bring substitutes. Here the real headers exist, and our own need them.
_STANDARD = re.compile(r"(assert|ctype|errno|float|limits|math|stdarg|stddef|stdint|stdio|stdlib|string|time)\.h"
                       r"|c(assert|float|limits|math|stddef|stdint|stdio|stdlib|string|time)|limits|new|type_traits|utility")


def compile_program(folder: Path) -> int:
    """Run the compilation; returns the exit code. Raises `CrosswarpError` for the user's mistakes."""
    from crosswarp.driver.pipeline import compile_request
    from crosswarp.driver.request import build_request
    from crosswarp.driver.settings import load_settings

    words = [word for word in _words(folder / "options") if not _WITHOUT_EFFECT.fullmatch(word)]
    names = _words(folder / "names")
    everywhere = any(word in _EVERYWHERE for word in words)
    _drop_substitutes(folder / "include")
    source = folder / "program.cu"
    source.write_text(_program(folder, names, everywhere), errors="surrogateescape")
    try:
        command = _command(folder, [word for word in words if word not in _EVERYWHERE], source)
        request = replace(build_request(parse(command), load_settings()), with_portable=True)
    except CommandLineError as error:
        print(f"nvrtc: error: {error}")
        return 2
    try:
        code = compile_request(request)
    except CrosswarpError as error:
        print(_as_nvrtc_says_it(str(error), folder))
        return int(error.exit_code)
    if code == 0:
        (folder / "lowered").write_bytes(b"".join(name.encode() + b"\0" for name in _lowered(folder, names)))
        (folder / "program.ptx").write_bytes(_portable_ptx(folder))
        if any(word in _LINK_TIME for word in words):
            (folder / "program.ltoir").write_bytes((folder / "program.fatbin").read_bytes())
    return code


def _drop_substitutes(headers: Path) -> None:
    for path in headers.glob("*"):
        if _STANDARD.fullmatch(path.name) and path.is_file():
            path.unlink()


def _as_nvrtc_says_it(text: str, folder: Path) -> str:
    """Diagnostics with headers by the names that the program gave them.

    Jitify and its kin look for missing headers in the log, in the words of NVIDIA's compiler: those are added.
    """
    text = text.replace(f"{folder}/include/", "")
    missing = [f'{file}({line}): catastrophic error: cannot open source file "{name}"'
               for file, line, name in _MISSING.findall(text)]
    return "\n".join([text, *missing])


def _words(path: Path) -> list[str]:
    return path.read_bytes().decode(errors="surrogateescape").split("\0")[:-1]


def _program(folder: Path, names: list[str], everywhere: bool) -> str:
    """The source, with a variable for each name expression behind it: its initialiser is the mangled name."""
    name = (folder / "name").read_text(errors="surrogateescape").replace("\\", "\\\\").replace('"', '\\"')
    text = (folder / "source").read_text(errors="surrogateescape")
    before, after = ("_Pragma(\"clang force_cuda_host_device begin\")\n", "\n_Pragma(\"clang force_cuda_host_device end\")\n")
    # NVRTC knows `assert` without an include.
    lines = ["#include <assert.h>\n", before if everywhere else "", f'#line 1 "{name}"\n{text}\n', after if everywhere else ""]
    for number, expression in enumerate(names):
        lines += [f'#line 1 "name expression {number}"\n',
                  f"__device__ const void *__cw_name_{number} = (const void *)({expression});\n"]
    return "".join(lines)


def _command(folder: Path, words: list[str], source: Path) -> list[str]:
    """Nvcc's words for the same: a fat binary for this machine, its stages kept."""
    parsed = parse([*(word for word in words if word not in _NO_SOURCE_FOLDER), str(source)])
    if not parsed.has("gpu-architecture"):
        words = [*words, f"-arch={_DEFAULT_ARCH}"]
    if not parsed.has("std"):
        words = [*words, "-std=c++17"]
    if not os.environ.get("CROSSWARP_TARGETS"):
        words = [*words, "--targets=native"]
    if any(word in _LINK_TIME for word in words):
        words = [*words, "-dc"]
    beside = [] if any(word in _NO_SOURCE_FOLDER for word in words) else [f"-I{_source_folder(folder)}"]
    words = [word for word in words if word not in _NO_SOURCE_FOLDER]
    return [*words, "-D__CUDACC_RTC__=1", f"-I{folder / 'include'}", *beside, "-fatbin", "-keep", "-keep-dir", str(folder),
            "-o", str(folder / "program.fatbin"), str(source)]


def _source_folder(folder: Path) -> str:
    """Where the program's own `#include "..."` are looked for: the folder in its name, else the working folder."""
    return str(Path((folder / "name").read_text(errors="surrogateescape")).parent)


def _lowered(folder: Path, names: list[str]) -> list[str]:
    found = dict(_NAME.findall((folder / "program.nvvm.ll").read_text(errors="surrogateescape")))
    missing = [name for number, name in enumerate(names) if str(number) not in found]
    if missing:
        raise user_error(f"name expression names no kernel and no device variable: {', '.join(missing)}", "CW2013")
    return [found[str(number)].strip('"') for number in range(len(names))]


def _portable_ptx(folder: Path) -> bytes:
    """PTX text that carries the fat binary in its last comments, NUL behind it."""
    ptx = b"".join(path.read_bytes().rstrip(b"\0") for path in sorted(folder.glob("program.sm_*.ptx"))[:1]).rstrip()
    data = (folder / "program.fatbin").read_bytes()
    lines = textwrap.wrap(base64.b64encode(data).decode(), _LINE)
    comment = "\n".join([f"{MARK} {len(data)} {digest(ptx).hex()}", *(f"//@{line}" for line in lines)])
    return ptx + b"\n" + comment.encode() + b"\n\0"


def carried_fat_binary(text: bytes) -> bytes | None:
    """The fat binary in NVRTC's PTX; None for a text without one, or one that was changed since."""
    ptx, mark, rest = text.rstrip(b"\0").partition(f"\n{MARK} ".encode())
    heading, *lines = rest.splitlines() or [b""]
    if not mark or heading.split()[1:] != [digest(ptx).hex().encode()]:
        return None
    return base64.b64decode(b"".join(line.removeprefix(b"//@") for line in lines))

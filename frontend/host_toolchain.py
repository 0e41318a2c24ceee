"""The host's C++ side: whose headers and linker a program gets.

With g++ on the machine (or named by `-ccbin`), objects use its libstdc++ and are linked by it, so they mix with everything else
built there. Without one, zig's bundled libc++ and glibc stubs serve: the program is then linked by `zig c++`. Either way the
compiler is the same clang. What a compiler's `-v` says of its include folders is kept in the cache folder.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crosswarp.support.diagnostics import user_error
from crosswarp.support.files import digest, find_program, write_atomically
from crosswarp.support.paths import cache_dir
from crosswarp.support.toolchain import resource_dir, run_tool, tool_environment, zig

HOST_TRIPLE = "x86_64-linux-gnu"
ZIG = "zig"  # as the value of -ccbin: the bundled toolchain
# glibc 2.17 is the oldest that current manylinux wheels assume: what links against its stubs runs on every later one.
ZIG_HOST_TARGET = "x86_64-linux-gnu.2.17"
_COMPILERS = ("g++", "c++", "clang++")
_CHOOSES_LIBRARY = re.compile(r"-stdlib=|--sysroot=|--gcc-(toolchain|install-dir)=|-B.|-nostdinc")


@dataclass(frozen=True)
class HostToolchain:
    """A host compiler: `kind` is `gnu` (g++ or clang++, found or named) or `zig`; `standard` is its default dialect of C++."""

    kind: str
    command: tuple[str, ...]
    system_includes: tuple[str, ...]
    macros: tuple[str, ...]
    standard: str = "gnu++17"

    def include_flags(self) -> list[str]:
        """Driver flags that make clang see exactly this toolchain's headers, clang's own built-in headers first.

        GNU folders come after clang's own; in zig's list clang's folder already has its place, after libc++.
        """
        if self.kind == "gnu":
            builtin = ["-isystem", resource_dir() + "/include"]
            cxx = [p for p in self.system_includes if "c++" in p]
            rest = [p for p in self.system_includes if "c++" not in p]
            return ["-nostdinc", "-nostdinc++", *_isystem(cxx), *builtin, *_isystem(rest)]
        return ["-nostdinc", "-nostdinc++", *_isystem(self.system_includes), *(f"-D{m}" for m in self.macros)]

    def cc1_include_flags(self) -> list[str]:
        """The same for `-cc1`."""
        flags: list[str] = ["-nostdsysteminc"]
        words = [w for w in self.include_flags() if w not in ("-nostdinc", "-nostdinc++")]
        for word in words:
            flags.append("-internal-isystem" if word == "-isystem" else word)
        return flags

    def compile_command(self, source: str, output: str, flags: Sequence[str] = (), language: str = "c++") -> list[str]:
        """Command that compiles an ordinary C or C++ file with the host compiler itself."""
        if self.kind == "zig":
            front = [zig(), "c++" if language == "c++" else "cc", "-target", ZIG_HOST_TARGET, "-fno-sanitize=all"]
        else:
            front = list(self.command)
        return [*front, *flags, "-x", language, "-c", source, "-o", output]

    def link_command(self, arguments: Sequence[str], output: str, shared: bool = False) -> list[str]:
        """Command that links objects, archives and `-l`/`-L` flags in the order given."""
        return self.command_line([*(["-shared"] if shared else []), *arguments, "-o", output])

    def command_line(self, words: Sequence[str]) -> list[str]:
        """The compiler driver itself with these words."""
        return [*(self.command if self.kind == "gnu" else (zig(), "c++", "-target", ZIG_HOST_TARGET)), *words]

    def environment(self) -> dict[str, str]:
        """Environment for this toolchain's processes."""
        return dict(os.environ) if self.kind == "gnu" else tool_environment()

    def link(self, arguments: Sequence[str], output: str, shared: bool = False) -> None:
        """Link; raises `ToolError` with the linker's message. Zig's first link builds its C++ library, which is said beforehand."""
        ready = cache_dir() / "host" / "zig-libcxx.ready"
        first = self.kind == "zig" and not ready.exists()
        if first:
            print("crosswarp: no g++ here: building zig's C++ library once (about a minute)", file=sys.stderr, flush=True)
        done = run_tool(self.link_command(arguments, output, shared), environment=self.environment())
        sys.stderr.write(done.stderr.decode(errors="replace"))
        if first:
            ready.parent.mkdir(parents=True, exist_ok=True)
            ready.touch()


def _isystem(folders: Sequence[str]) -> list[str]:
    return [word for folder in folders for word in ("-isystem", folder)]


@cache
def host_toolchain(ccbin: str = "", host_flags: tuple[str, ...] = ()) -> HostToolchain:
    """The toolchain for `-ccbin` (a program or a folder that holds one), `NVCC_CCBIN`, else g++, else zig.

    `host_flags` are `-Xcompiler` words: some choose another C++ library. Raises `CompileError` when a named compiler does not exist
    or compiles for another machine. `CROSSWARP_HOST=zig` chooses zig's libc++ on purpose.
    """
    named = ccbin or os.environ.get("NVCC_CCBIN", "")
    if named == ZIG:
        return _zig_toolchain()
    choice = tuple(word for word in host_flags if _CHOOSES_LIBRARY.match(word))
    if named:
        return _gnu_toolchain(_named_compiler(named), choice)
    if os.environ.get("CROSSWARP_HOST") != "zig":
        for candidate in _COMPILERS[:2]:
            found = find_program(candidate)
            if found:
                return _gnu_toolchain((found,), choice)
    return _zig_toolchain()


def _named_compiler(named: str) -> tuple[str, ...]:
    words = [named] if Path(named).exists() else shlex.split(named)
    if Path(words[0]).is_dir():
        inside = [Path(words[0]) / name for name in _COMPILERS]
        words[0] = str(next((path for path in inside if path.exists()), inside[0]))
    words[-1] = _cxx_driver(words[-1])
    found = find_program(words[0])
    if found is None:
        raise user_error(f"host compiler not found: {words[0]}", "CW1101",
                         hint="name an installed C++ compiler with -ccbin, or leave it out: without g++ zig's libc++ is used")
    return (found, *words[1:])


def _cxx_driver(name: str) -> str:
    """`gcc-12` means `g++-12`: the C driver links no C++ library."""
    path = Path(name)
    match = re.fullmatch(r"((?:[\w.]+-)*)(gcc|clang|cc)(-[\d.]+)?", path.name)
    if match is None:
        return name
    driver = {"gcc": "g++", "clang": "clang++", "cc": "c++"}[match[2]]
    return str(path.with_name(f"{match[1]}{driver}{match[3] or ''}")) if "/" in name else f"{match[1]}{driver}{match[3] or ''}"


def _gnu_toolchain(command: tuple[str, ...], choice: tuple[str, ...]) -> HostToolchain:
    facts = _remembered((*command, *choice), lambda: _gnu_facts((*command, *choice)))
    return HostToolchain("gnu", command, tuple(facts["includes"]), (), facts["standard"][0])


def _zig_toolchain() -> HostToolchain:
    command = (zig(), "c++", "-target", ZIG_HOST_TARGET)
    facts = _remembered(command, lambda: _zig_includes(command))
    return HostToolchain("zig", command, tuple(facts["includes"]), tuple(facts["macros"]))


def _gnu_facts(command: Sequence[str]) -> dict[str, list[str]]:
    """Facts from the compiler's own `-v`: its include folders in order, its private one (intrinsics clang has itself) left out."""
    done = subprocess.run([*command, "-E", "-dM", "-v", "-x", "c++", os.devnull], capture_output=True, text=True,
                          env={**os.environ, "LC_ALL": "C"})
    match = re.search(r"#include <\.\.\.> search starts here:\n(.*?)End of search list", done.stderr, re.S)
    if done.returncode or match is None:
        raise user_error(f"cannot ask {command[0]} for its include folders: {done.stderr.strip()[-200:]}", "CW1102")
    machine = re.search(r"^Target: (\S+)", done.stderr, re.M)
    if machine and not re.match(r"x86_64-.*linux-gnu$", machine[1]):
        raise user_error(f"{command[0]} compiles for {machine[1]}: programs are made for x86_64 Linux with glibc", "CW1103",
                         hint="name a C++ compiler of this machine with -ccbin")
    folders = [line.strip() for line in match[1].splitlines()]
    private = re.compile(r"/lib(64|32)?/(gcc|clang)/.*/include(-fixed)?$")
    found = [os.path.normpath(f) for f in folders if not private.search(os.path.normpath(f))]
    return {"includes": [*found, *_openmp_folder(command)], "standard": [_dialect(done.stdout)]}


def _dialect(macros: str) -> str:
    """The dialect that a compiler takes without `-std`, from its predefined macros."""
    value = re.search(r"#define __cplusplus (\d+)L", macros)
    years = {"201103": "11", "201402": "14", "201703": "17", "202002": "20"}
    return f"gnu++{years.get(value[1], '23') if value else '17'}"


def _openmp_folder(command: Sequence[str]) -> list[str]:
    """A folder with GCC's omp.h and nothing else: what lies beside it there are intrinsics that clang has itself."""
    done = subprocess.run([*command, "-print-file-name=include/omp.h"], capture_output=True, text=True)
    header = Path(done.stdout.strip())
    if not header.is_absolute() or not header.is_file():
        return []
    folder = cache_dir() / "host" / f"openmp-{digest(header.read_bytes()).hex()[:16]}"
    folder.mkdir(parents=True, exist_ok=True)
    write_atomically(folder / "omp.h", header.read_bytes())
    return [str(folder)]


def _zig_includes(command: Sequence[str]) -> dict[str, list[str]]:
    """The folders and configuration macros that `zig c++` gives its own clang."""
    done = subprocess.run([*command, "-E", "-v", "-x", "c++", os.devnull], capture_output=True, text=True, env=tool_environment())
    line = next((text for text in done.stderr.splitlines() if " -cc1 " in text), "")
    words = shlex.split(line)
    includes = [words[i + 1] for i, word in enumerate(words) if word == "-isystem"]
    macros = [words[i + 1] for i, word in enumerate(words) if word == "-D"]
    if not includes:
        raise user_error("cannot ask zig c++ for its include folders", "CW1102")
    return {"includes": includes, "macros": macros}


def _remembered(command: Sequence[str], ask: Callable[[], dict[str, list[str]]]) -> dict[str, list[str]]:
    """What a compiler said of itself, kept under its path, size and time so that an updated one is asked again."""
    programs = [path.stat() for path in map(Path, filter(None, map(find_program, command))) if path.exists()]
    versions = [(stat.st_size, stat.st_mtime_ns) for stat in programs]
    key = digest(repr((tuple(command), versions, 3)).encode()).hex()[:24]
    entry = cache_dir() / "host" / f"{key}.json"
    try:
        kept = json.loads(entry.read_text())
        if isinstance(kept, dict) and kept.get("includes"):
            return kept
    except (OSError, ValueError):
        pass
    answer = ask()
    try:
        entry.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(entry, json.dumps(answer).encode())
    except OSError as error:  # a read-only home only costs the next start some milliseconds
        print(f"crosswarp: note: cannot write {entry}: {error.strerror}", file=sys.stderr)
    return answer

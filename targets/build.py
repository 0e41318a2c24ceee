"""Builds the targets' device libraries: C++ and LLVM text in, one bitcode file per library out.

Runs on its own with the standard library and the `ziglang` wheel (nothing of `crosswarp` is imported), because it
runs while the wheel of `crosswarp` is being built:

    python targets/build.py --out _native [--jobs N] [--only NAME]...

Each target folder says what it wants in `devicelib/libraries.toml`; paths and globs are relative to that file:

    [[library]]
    name = "amdgpu-gfx11"                  # -> <out>/devicelib/amdgpu-gfx11.bc and .symbols
    triple = "amdgcn-amd-amdhsa"
    cc1_flags = ["-DCW_GFX=11"]            # optional, after the flags of this script; for the target's own sources
    sources = ["*.cpp", "*.ll", "../../devicelib/math/*.cpp"]

Sources from elsewhere, shared by targets, are compiled without `cc1_flags`, once for all libraries of a triple.

Why bitcode needs a clean-up after clang: library functions must be inlined into kernels of any CPU of the target. LLVM
refuses that when the callee carries target features or `no-builtins` which the caller lacks, so these attributes
are removed from the merged text. Memory functions (`memcpy` and its kin) keep `no-builtins`: without it LLVM may turn
their loops into calls of themselves.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

TARGETS = Path(__file__).resolve().parent
ROOT = TARGETS.parent

CXX_FLAGS = (
    "-x", "c++", "-std=c++20", "-O2", "-ffreestanding", "-fno-builtin", "-fno-rtti", "-fno-threadsafe-statics",
    # Same bits on every target: no multiplication and addition may fuse unless the source says so.
    "-ffp-contract=off",
    # Library code reads the user's floats as integers; the user's type-based alias facts must not meet ours.
    "-relaxed-aliasing",
    "-Wall", "-Wextra", "-Werror",
)  # fmt: skip
# What becomes of denormals is a mode of the wave or thread: programs decide, and clang gives their answer to what they link.
ANY_DENORMALS = ("-fdenormal-fp-math-f32=dynamic,dynamic",)
TRIPLE_FLAGS = {
    # Functions that reach a convergent operation must be convergent; clang infers that only for CUDA, HIP and OpenCL.
    # LLVM removes the attribute again where it can prove that it is not needed.
    "amdgcn": ("-fconvergent-functions", "-mcode-object-version=none", *ANY_DENORMALS),
    "nvptx64": ("-fconvergent-functions", *ANY_DENORMALS),
    "x86_64": ANY_DENORMALS,
    "aarch64": ANY_DENORMALS,
}
STRIPPED_ATTRIBUTE = re.compile(
    r' "(?:target-cpu|target-features|tune-cpu|stack-protector-buffer-size|min-legal-vector-width'
    r'|uniform-work-group-size|amdgpu-no-[\w-]+)"(?:="[^"]*")?'
)
MEMORY_FUNCTION = re.compile(r"^(define [^\n]*@(?:__)?mem(?:cpy|move|set|cmp)\([^\n]*) #(\d+)( [^\n]*\{)$", re.MULTILINE)
ATTRIBUTE_GROUP = re.compile(r"^attributes #(\d+) = \{.*\}$", re.MULTILINE)
SOURCE_FILENAME = re.compile(r"^source_filename = .*$", re.MULTILINE)
DEFINED_FUNCTION = re.compile(r'^define (?!(?:internal|private|available_externally) )[^\n]*?@("[^"\n]*"|[\w.$-]+)\(', re.MULTILINE)
DEFINED_VARIABLE = re.compile(
    r'^@("[^"\n]*"|[\w.$-]+) = (?!(?:internal|private|external|extern_weak|available_externally|appending) )', re.MULTILINE
)


class BuildError(Exception):
    """A message for the person who builds; no traceback wanted."""


@dataclass(frozen=True)
class Library:
    """One entry of a `libraries.toml`, its globs resolved to sorted, existing source files."""

    name: str
    triple: str
    cc1_flags: tuple[str, ...]
    sources: tuple[Path, ...]
    folder: Path


@dataclass(frozen=True)
class Toolchain:
    """The zig executable, the folder of clang's own headers, and the version that keys the caches."""

    zig: Path
    resources: Path
    version: str
    environment: dict[str, str]

    def cc1(self, arguments: Iterable[str]) -> None:
        """Run `clang -cc1` in the repository's root. Raises `BuildError` with clang's own messages."""
        command = [str(self.zig), "clang", "-cc1", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise BuildError(f"{done.stderr.rstrip()}\ncommand: {' '.join(command)}")


def find_toolchain(work: Path) -> Toolchain:
    """The `ziglang` wheel of this Python. Raises `BuildError` when it is not installed."""
    spec = importlib.util.find_spec("ziglang")
    if spec is None or spec.origin is None:
        raise BuildError("the 'ziglang' wheel is missing: pip install ziglang")
    root = Path(spec.origin).parent
    environment = dict(os.environ)
    for variable in ("ZIG_GLOBAL_CACHE_DIR", "ZIG_LOCAL_CACHE_DIR"):
        environment.setdefault(variable, str(work / "zig"))
    version = subprocess.run([root / "zig", "version"], env=environment, capture_output=True, text=True, check=True).stdout.strip()
    return Toolchain(root / "zig", root / "lib", version, environment)


def read_libraries(targets: Path) -> list[Library]:
    """Every library of every `<target>/devicelib/libraries.toml`. Raises `BuildError` for a bad file."""
    libraries: list[Library] = []
    for declaration in sorted(targets.glob("*/devicelib/libraries.toml")):
        try:
            entries = tomllib.loads(declaration.read_text())["library"]
            libraries += [_read_library(entry, declaration.parent) for entry in entries]
        except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
            raise BuildError(f"{declaration}: bad library declaration: {error!r}") from error
    names = [library.name for library in libraries]
    for name in names:
        if names.count(name) > 1:
            raise BuildError(f"device library '{name}' is declared twice")
    return libraries


def _read_library(entry: dict[str, object], folder: Path) -> Library:
    unknown = entry.keys() - {"name", "triple", "cc1_flags", "sources"}
    if unknown:
        raise BuildError(f"{folder / 'libraries.toml'}: unknown key '{min(unknown)}'")
    sources: list[Path] = []
    for pattern in _strings(entry["sources"]):
        found = sorted(Path(os.path.normpath(path)) for path in folder.glob(pattern))
        if not found:
            raise BuildError(f"{folder / 'libraries.toml'}: no file matches '{pattern}'")
        sources += [path for path in found if path not in sources]
    return Library(str(entry["name"]), str(entry["triple"]), _strings(entry.get("cc1_flags", [])), tuple(sources), folder)


def _strings(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError(f"expected a list of strings, got {value!r}")
    return tuple(value)


def digest(*parts: str | bytes) -> str:
    """Hash of the parts, order and borders kept."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "little") + data)
    return total.hexdigest()[:32]


def headers_digest(library: Library) -> str:
    """Hash of every header that a source of `library` may include: its own, the shared ones and the runtime's ABI headers."""
    folders = {library.folder, TARGETS / "devicelib", ROOT / "runtime_shim" / "include" / "crosswarp"}
    headers = sorted(path for folder in folders for suffix in ("h", "inc", "def") for path in folder.rglob(f"*.{suffix}"))
    return digest(*(part for path in headers for part in (path.name, path.read_bytes())))


def write_atomically(path: Path, data: bytes) -> None:
    """Put `data` at `path` so that a reader sees the old file or the whole new one."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.write_bytes(data)
    temporary.replace(path)


def compile_flags(library: Library, source: Path, tools: Toolchain) -> list[str]:
    """The `-cc1` arguments for one source, without input and output."""
    if source.suffix == ".ll":
        return ["-triple", library.triple, "-x", "ir", "-disable-llvm-passes", "-Wno-override-module", "-emit-llvm-bc"]
    own = library.cc1_flags if source.is_relative_to(library.folder) else ()
    includes = [TARGETS / "devicelib", ROOT / "runtime_shim" / "include"]
    return [
        "-triple", library.triple, *CXX_FLAGS, *TRIPLE_FLAGS.get(library.triple.split("-")[0], ()),
        "-resource-dir", str(tools.resources), "-internal-isystem", str(tools.resources / "include"),
        *(f"-I{os.path.relpath(path, ROOT)}" for path in includes), *own, "-emit-llvm-bc",
    ]  # fmt: skip


def compile_source(source: Path, flags: Sequence[str], target: Path, tools: Toolchain) -> Path:
    """Bitcode of one source at `target`, whose name says what it was made from; nothing is done when it is there."""
    if not target.exists():
        temporary = target.with_suffix(f".{os.getpid()}.tmp")
        try:
            tools.cc1([*flags, os.path.relpath(source, ROOT), "-o", str(temporary)])
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    return target


def clean_text(text: str) -> str:
    """LLVM text without the attributes that stop inlining; see this module's docstring."""
    text = MEMORY_FUNCTION.sub(lambda m: f"{m[1]} #9{int(m[2]):05}{m[3]}", text)
    text = STRIPPED_ATTRIBUTE.sub("", text)
    copies = ((f"#9{int(m[1]):05} ", m) for m in ATTRIBUTE_GROUP.finditer(text))
    kept = [m[0].replace(f"#{m[1]} ", number, 1) for number, m in copies if f" {number}" in text]
    return "\n".join([text.replace(' "no-builtins"', ""), *kept, ""])


def defined_symbols(text: str) -> list[str]:
    """Names of the functions and variables that LLVM text defines for others, sorted."""
    names = {m[1].strip('"') for pattern in (DEFINED_FUNCTION, DEFINED_VARIABLE) for m in pattern.finditer(text)}
    return sorted(name for name in names if not name.startswith("llvm."))


def merge(library: Library, objects: Sequence[Path], out: Path, work: Path, tools: Toolchain) -> int:
    """Link the bitcode of all sources, clean it, and write `<name>.bc` and `<name>.symbols`. Returns the number of symbols."""
    empty, text_file, bitcode = (work / f"{library.name}.{os.getpid()}{suffix}" for suffix in (".cpp", ".ll", ".bc"))
    try:
        empty.write_text("")
        flags = ["-triple", library.triple, *TRIPLE_FLAGS.get(library.triple.split("-")[0], ()), "-disable-llvm-passes"]
        links = [argument for path in objects for argument in ("-mlink-bitcode-file", str(path))]
        tools.cc1([*flags, "-x", "c++", "-O2", *links, "-emit-llvm", str(empty), "-o", str(text_file)])
        text = SOURCE_FILENAME.sub(f'source_filename = "{library.name}"', clean_text(text_file.read_text()))
        text_file.write_text(text)
        flags = ["-triple", library.triple, "-disable-llvm-passes", "-x", "ir"]
        tools.cc1([*flags, "-emit-llvm-bc", str(text_file), "-o", str(bitcode)])
        symbols = defined_symbols(text)
        write_atomically(out / f"{library.name}.symbols", "".join(f"{name}\n" for name in symbols).encode())
        write_atomically(out / f"{library.name}.bc", bitcode.read_bytes())
        return len(symbols)
    finally:
        for path in (empty, text_file, bitcode):
            path.unlink(missing_ok=True)


class Builder:
    """Builds libraries on one pool of threads (each only waits for clang)."""

    def __init__(self, out: Path, work: Path, jobs: int) -> None:
        self.out, self.work, self.objects = out / "devicelib", work, work / "objects"
        for folder in (self.out, self.objects):
            folder.mkdir(parents=True, exist_ok=True)
        self.tools = find_toolchain(work)
        self.pool = ThreadPoolExecutor(jobs)
        self.script = Path(__file__).read_bytes()
        self.compilations: dict[Path, Future[Path]] = {}

    def build(self, libraries: Sequence[Library]) -> None:
        """Build what changed, one progress line a library. Raises `BuildError`; finished libraries stay."""
        compiled = [(library, *self._start(library)) for library in libraries]
        failures: list[str] = []
        for index, (library, stamp, sources) in enumerate(compiled, 1):
            started = time.monotonic()
            try:
                result = self._finish(library, stamp, sources)
            except BuildError as error:
                failures.append(f"device library '{library.name}':\n{error}")
                result = "FAILED"
            print(f"[{index}/{len(compiled)}] {library.name}: {result} ({time.monotonic() - started:.1f} s)", flush=True)
        self.pool.shutdown()
        if failures:
            raise BuildError("\n".join(failures))

    def _start(self, library: Library) -> tuple[str, list[Future[Path]]]:
        headers = headers_digest(library)
        inputs = [part for source in library.sources for part in (source.name, source.read_bytes())]
        stamp = digest(self.script, self.tools.version, library.triple, *library.cc1_flags, headers, *inputs)
        if self._is_fresh(library, stamp):
            return stamp, []
        return stamp, [self._compile(library, source, headers) for source in library.sources]

    def _compile(self, library: Library, source: Path, headers: str) -> Future[Path]:
        """Compile one source, or join the compilation that another library began."""
        flags = compile_flags(library, source, self.tools)
        target = self.objects / f"{digest(self.tools.version, *flags, headers, source.name, source.read_bytes())}.bc"
        if target not in self.compilations:
            self.compilations[target] = self.pool.submit(compile_source, source, flags, target, self.tools)
        return self.compilations[target]

    def _is_fresh(self, library: Library, stamp: str) -> bool:
        products = [self.out / f"{library.name}{suffix}" for suffix in (".bc", ".symbols")]
        stamp_file = self.work / f"{library.name}.stamp"
        recorded = digest(stamp, *(path.read_bytes() for path in products)) if all(path.exists() for path in products) else ""
        return stamp_file.exists() and stamp_file.read_text() == recorded

    def _finish(self, library: Library, stamp: str, sources: list[Future[Path]]) -> str:
        if not sources:
            return "up to date"
        errors = [str(error) for future in sources if (error := future.exception()) is not None]
        if errors:
            raise BuildError("\n".join(errors))
        count = merge(library, [future.result() for future in sources], self.out, self.work, self.tools)
        products = [(self.out / f"{library.name}{suffix}").read_bytes() for suffix in (".bc", ".symbols")]
        write_atomically(self.work / f"{library.name}.stamp", digest(stamp, *products).encode())
        return f"{len(library.sources)} sources, {count} symbols"


def select(libraries: list[Library], only: Sequence[str]) -> list[Library]:
    """The libraries named by `--only`, or all. Raises `BuildError` for an unknown name."""
    known = {library.name: library for library in libraries}
    for name in only:
        if name not in known:
            raise BuildError(f"no device library '{name}'; there are: {', '.join(sorted(known))}")
    return [known[name] for name in only] if only else libraries


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(description="Build the device libraries as LLVM bitcode.")
    parser.add_argument("--out", type=Path, required=True, help="output folder; libraries land in its devicelib/")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "devicelib", help="folder for intermediate files")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="clang processes at once")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="build this library (may be repeated)")
    parser.add_argument("--targets", type=Path, default=TARGETS, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    try:
        libraries = select(read_libraries(options.targets.resolve()), options.only)
        Builder(options.out.resolve(), options.work.resolve(), options.jobs).build(libraries)
    except BuildError as error:
        print(f"targets/build.py: error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Builds the runtime libraries from source: `python runtime_shim/build.py --out _native` fills `_native/lib64/`.

Needs only the standard library and the `ziglang` wheel (a hermetic clang with libc++), so that it runs while the package itself is
being built. `CROSSWARP_CXX` names another C++20 compiler to use instead. Objects are kept under `<out>/obj/`, named by a hash of
everything that went into them: a rebuild compiles only what changed. Results are moved into place in one step, so that an
interrupted build leaves no half-written library.

    libcudart.so.12      the CUDA runtime API (libcudart.so is a link to it)
    libcudart_static.a   the same for linking into an executable; needs no C++ runtime library
    libcuda.so.1         the CUDA driver API, on top of libcudart.so.12 (libcuda.so is a link to it)
    libnvrtc.so.12       NVRTC: runs the compiler on strings (libnvrtc.so and libnvrtc.so.13 are links to it)
    libnvrtc-builtins.so.12.9  empty: what is put beside NVRTC, or opened before it
    libcudadevrt.a       empty: build systems look for it
    ../openmp/*.bc       OpenMP for host code of CUDA sources, which clang puts into their objects
    libcrosswarp_amdgpu.so  runs AMD code objects on the CPU (targets/amdgpu/emulator)
    libcrosswarp_amdhip64.so  the HIP runtime API on top of it, in place of AMD's libamdhip64
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import entry_points  # type: ignore[import-not-found]

ROOT = Path(__file__).resolve().parent
REPOSITORY = ROOT.parent
ONE_RUNTIME = ROOT / "entries" / "one_runtime.cpp"
EMULATOR = REPOSITORY / "targets" / "amdgpu" / "emulator"
EMULATED_HIP = EMULATOR / "hip"
TARGET = "x86_64-linux-gnu.2.17"
RUNTIME_FOLDERS = ("core", "fatbin", "devices", "api", "compiler")
EVIDENCE = tuple(f"evidence/{name}.cpp" for name in ("log", "entries"))  # in each library with a table of entries
NVRTC_FOLDERS = ("nvrtc", "compiler")
DRIVER_FOLDERS = ("driver_api",)
SHARED_SOURCES = ("core/log.cpp", "core/log_lines.cpp")  # small enough to be in each library
EMULATOR_SHARED = (
    *SHARED_SOURCES, "core/sync.cpp", "core/pure_virtual.cpp", "core/signal_guard.cpp", "devices/hip/arch.cpp",
    "devices/hip/kernel_metadata.cpp",
)  # fmt: skip
EMULATED_HIP_SHARED = (*EMULATOR_SHARED, "core/memory_account.cpp", "devices/texture_limits.cpp")
CXX_FLAGS = [
    "-std=c++20",
    "-O2",
    "-g1",
    "-fPIC",
    "-fvisibility=hidden",
    "-fvisibility-inlines-hidden",
    "-fno-exceptions",
    "-fno-rtti",
    "-fno-threadsafe-statics",
    "-fno-sanitize=all",
    "-fno-stack-protector",
    "-ffunction-sections",
    "-fdata-sections",
    "-Wall",
    "-Wextra",
    "-Werror",
    "-D_GNU_SOURCE",
    "-D__CROSSWARP_SHIM__=1",
]
# The emulator computes a wave's lanes with AVX2 and fused multiply-add; -O3 to vectorise over the lanes.
EMULATOR_FLAGS = [
    *("-mavx2", "-mfma", "-mf16c", "-mbmi", "-mbmi2", "-mlzcnt", "-mpopcnt", "-O3", "-ffp-contract=off", "-g0", "-Wno-pass-failed"),
    *("-I", str(EMULATOR.parent)),
]
# Needs no library but GCC's OpenMP; bitcode of the clang that reads it.
OPENMP_FLAGS = [
    *("--target=x86_64-linux-gnu", "-std=c++20", "-O2", "-fPIC", "-nostdinc", "-fno-exceptions", "-fno-rtti"),
    *("-fno-threadsafe-statics", "-fno-asynchronous-unwind-tables", "-Wall", "-Wextra", "-Werror", "-I", str(ROOT), "-emit-llvm"),
]
LINK_FLAGS = ["-shared", "-Wl,-z,now", "-Wl,-z,nodelete", "-Wl,--gc-sections", "-lpthread", "-ldl", "-lrt"]


@dataclass(frozen=True)
class Tools:
    """The commands of the compiler, archiver and linker; `identity` goes into every object's hash."""

    cxx: list[str]
    ar: list[str]
    ld: list[str]
    identity: str


def find_tools() -> Tools:
    """The user's compiler where `CROSSWARP_CXX` names one, else zig's."""
    chosen = os.environ.get("CROSSWARP_CXX")
    if chosen:
        command = shlex.split(chosen)
        version = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True).stdout
        return Tools(command, ["ar"], ["ld"], version)
    spec = importlib.util.find_spec("ziglang")
    if spec is None or spec.origin is None:
        raise SystemExit("runtime_shim/build.py: the 'ziglang' wheel is missing: pip install ziglang")
    zig = str(Path(spec.origin).parent / "zig")
    version = subprocess.run([zig, "version"], capture_output=True, text=True, check=True).stdout
    return Tools([zig, "c++", "-target", TARGET], [zig, "ar"], [zig, "ld.lld"], version)


def sources(folders: tuple[str, ...]) -> list[Path]:
    """Every C++ source below the given folders, in a fixed order."""
    return sorted(p for folder in folders for p in (ROOT / folder).rglob("*.cpp"))


def own(*names: str) -> list[Path]:
    """Single sources, by their paths below this folder."""
    return [ROOT / name for name in names]


def _files_read(rules: str) -> list[str]:
    """The files below this folder in a make rule that a compiler wrote, relative to it."""
    words = rules.replace("\\\n", " ").split()
    paths = {Path(word).resolve() for word in words[1:]}
    return sorted(str(path.relative_to(REPOSITORY)) for path in paths if path.is_relative_to(REPOSITORY))


def flags() -> list[str]:
    """Compiler flags of every source. `-I` of the CUDA headers last: ours are found by their own names."""
    return [*CXX_FLAGS, "-I", str(ROOT), "-isystem", str(ROOT / "include")]


def own_flags(source: Path) -> list[str]:
    """Flags of some sources only."""
    if source.is_relative_to(EMULATED_HIP):
        return ["-I", str(EMULATOR.parent)]
    return EMULATOR_FLAGS if source.is_relative_to(EMULATOR) else []


class Builder:
    """Compiles and links into one output folder."""

    def __init__(self, out: Path, jobs: int) -> None:
        self.tools = find_tools()
        self.jobs = jobs
        self.objects = out / "obj"
        self.libraries = out / "lib64"
        self.objects.mkdir(parents=True, exist_ok=True)
        self.libraries.mkdir(parents=True, exist_ok=True)

    def object_for(self, source: Path) -> Path | None:
        """Where the object of `source` lies. Its name changes with the compiler, the flags, and every file read the last time.

        Not with the compiler's place: pip's is in a folder that is gone after the build. None when these files are not known, or
        one of them is gone.
        """
        listing = self._listing(source)
        files = [REPOSITORY / line for line in listing.read_text().splitlines()] if listing.exists() else []
        if not files or not all(path.is_file() for path in files):
            return None
        digest = hashlib.sha256()
        for part in (self.tools.identity, " ".join(self.tools.cxx[1:]), " ".join([*CXX_FLAGS, *own_flags(source)])):
            digest.update(part.encode() + b"\0")
        for path in files:
            digest.update(str(path.relative_to(REPOSITORY)).encode() + b"\0" + path.read_bytes() + b"\0")
        return self.objects / f"{source.stem}-{digest.hexdigest()[:20]}.o"

    def _listing(self, source: Path) -> Path:
        name = "-".join(source.relative_to(REPOSITORY).with_suffix(".files").parts)
        return self.objects / name

    def compile(self, files: list[Path]) -> list[Path]:
        """Compiles what is missing, in parallel. Raises `SystemExit` with the compiler's messages at the first failure."""
        known = {source: self.object_for(source) for source in files}
        missing = [source for source, target in known.items() if target is None or not target.exists()]
        with ThreadPoolExecutor(self.jobs) as pool:
            tasks = [pool.submit(self._compile_one, source) for source in missing]
            for done, (source, task) in enumerate(zip(missing, tasks, strict=True), 1):
                known[source] = task.result()
                print(f"[{done}/{len(missing)}] {source.relative_to(REPOSITORY)}", flush=True)
        return [target for target in known.values() if target is not None]

    def _compile_one(self, source: Path) -> Path:
        listing = self._listing(source)
        partial = listing.with_suffix(f".{os.getpid()}.tmp.o")
        rules = listing.with_suffix(f".{os.getpid()}.tmp.d")
        self._run([*self.tools.cxx, *flags(), *own_flags(source), "-MD", "-MF", str(rules), "-c", str(source), "-o", str(partial)])
        temporary = listing.with_suffix(f".{os.getpid()}.tmp")
        temporary.write_text("\n".join(_files_read(rules.read_text())))
        temporary.replace(listing)
        rules.unlink()
        target = self.object_for(source)
        assert target is not None
        partial.replace(target)
        return target

    def with_entry_table(self, objects: list[Path], pattern: bytes, output: Path) -> Path:
        """All objects as one, whose entry points, of names like `pattern`, jump through a table."""
        with tempfile.TemporaryDirectory(dir=self.objects) as scratch:
            merged, jumps, source = (Path(scratch) / name for name in ("merged.o", "jumps.o", "jumps.s"))
            self._run([*self.tools.ld, "-r", "-o", str(merged), *map(str, objects)])
            data, names = entry_points.with_own_names(merged.read_bytes(), pattern)
            merged.write_bytes(data)
            note = entry_points.runtime_note(names) if pattern == entry_points.RUNTIME else ""
            source.write_text(entry_points.assembly(names) + note)
            self._run([*self.tools.cxx, "-c", str(source), "-o", str(jumps)])
            partial = Path(scratch) / output.name
            self._run([*self.tools.ld, "-r", "-o", str(partial), str(merged), str(jumps)])
            partial.replace(output)
        return output

    def bitcode(self, source: Path, output: Path) -> None:
        """Compile with zig's raw clang, whatever compiler makes the libraries."""
        spec = importlib.util.find_spec("ziglang")
        assert spec is not None and spec.origin is not None
        self._run([str(Path(spec.origin).parent / "zig"), "clang", *OPENMP_FLAGS, "-c", str(source), "-o", str(output)])

    def link_shared(self, name: str, objects: list[Path], script: str, extra: list[str]) -> None:
        """One shared library with exactly the symbols that the version script exports, and its development link."""
        with tempfile.TemporaryDirectory(dir=self.objects) as scratch:
            version_script = Path(scratch) / "exports.map"
            version_script.write_text(script)
            response = Path(scratch) / "objects.rsp"
            response.write_text("\n".join(shlex.quote(str(o)) for o in objects))
            partial = Path(scratch) / name
            soname = [f"-Wl,-soname,{name}", f"-Wl,--version-script,{version_script}"]
            self._run([*self.tools.cxx, *soname, f"@{response}", *extra, *LINK_FLAGS, "-o", str(partial)])
            self._publish(partial, name)
        if not name.endswith(".so"):
            self.link_alias(name.split(".so", maxsplit=1)[0] + ".so", name)

    def archive(self, name: str, objects: list[Path]) -> None:
        """A static library of one object: a program gets all of it or nothing, hence never one half of the state from here and the
        other from the shared library (which `libcuda.so.1` needs). Unused functions go with the linker's `--gc-sections`.
        """
        with tempfile.TemporaryDirectory(dir=self.objects) as scratch:
            partial, merged = Path(scratch) / name, Path(scratch) / f"{Path(name).stem}.o"
            if objects:
                self._run([*self.tools.ld, "-r", "-o", str(merged), *map(str, objects)])
            self._run([*self.tools.ar, "rcs", str(partial), *([str(merged)] if objects else [])])
            self._publish(partial, name)

    def _publish(self, partial: Path, name: str) -> None:
        partial.replace(self.libraries / name)
        print(f"      {name}", flush=True)

    def link_alias(self, link: str, target: str) -> None:
        """Another name of a library, in place in one step."""
        temporary = self.libraries / f".{link}.{os.getpid()}"
        temporary.unlink(missing_ok=True)
        temporary.symlink_to(target)
        temporary.replace(self.libraries / link)

    def _run(self, command: list[str]) -> None:
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"{shlex.join(command)}\n{done.stdout}{done.stderr}runtime_shim/build.py: failed")

    def drop_stale(self, kept: list[Path]) -> None:
        """Removes objects of older sources."""
        for path in set(self.objects.glob("*.o")) - set(kept):
            path.unlink(missing_ok=True)


def exports(version: str, *patterns: str) -> str:
    """A version script: NVIDIA's own version name, so that programs linked against NVIDIA's library find ours."""
    return f"{version} {{ global: {' '.join(p + ';' for p in patterns)} local: *; }};\n"


def build(out: Path, jobs: int) -> None:
    """Builds every library into `out`."""
    builder = Builder(out, jobs)
    libraries = {
        entry_points.RUNTIME: [*sources(RUNTIME_FOLDERS), *own("evidence/own_calls.cpp"), ONE_RUNTIME],
        entry_points.DRIVER: [*sources(DRIVER_FOLDERS), *own(*SHARED_SOURCES, "evidence/at_load.cpp")],
        entry_points.NVRTC: [*sources(NVRTC_FOLDERS), *own(*SHARED_SOURCES, "evidence/at_load.cpp", "evidence/own_calls.cpp")],
    }
    objects = {pattern: builder.compile([*files, *own(*EVIDENCE)]) for pattern, files in libraries.items()}
    runtime, driver, nvrtc = (
        builder.with_entry_table(files, pattern, out / "obj" / name)
        for (pattern, files), name in zip(objects.items(), ("cudart.o", "cuda.o", "nvrtc.o"), strict=True)
    )
    builder.link_shared("libcudart.so.12", [runtime], exports("libcudart.so.12", "cuda*", "__cuda*", "__cw_*"), [])
    builder.archive("libcudart_static.a", [runtime])
    builder.archive("libcudadevrt.a", [])
    against = [f"-L{builder.libraries}", "-l:libcudart.so.12", "-Wl,-rpath,$ORIGIN"]
    builder.link_shared("libcuda.so.1", [driver], "{ global: cu*; __cw_libcuda; __cw_libcuda_runtime; local: *; };\n", against)
    builder.link_shared("libnvrtc.so.12", [nvrtc], "{ global: nvrtc*; local: *; };\n", [])
    builder.link_alias("libnvrtc.so.13", "libnvrtc.so.12")
    builder.link_shared("libnvrtc-builtins.so.12.9", [nvrtc], "{ local: *; };\n", [])
    build_openmp(builder, out)
    kept = [runtime, driver, nvrtc, *(path for files in objects.values() for path in files)]
    builder.drop_stale([*kept, *build_emulator(builder)])


def build_openmp(builder: Builder, out: Path) -> None:
    """One bitcode file for each source in `openmp/`."""
    folder = out / "openmp"
    folder.mkdir(exist_ok=True)
    for source in sorted((ROOT / "openmp").glob("*.cpp")):
        partial = folder / f"{source.stem}.{os.getpid()}.tmp"
        builder.bitcode(source, partial)
        partial.replace(folder / f"{source.stem}.bc")


def build_emulator(builder: Builder) -> list[Path]:
    """The AMD emulator and its HIP library. Returns their objects."""
    hip_sources = sorted(EMULATED_HIP.rglob("*.cpp"))
    machine = sorted(set(EMULATOR.rglob("*.cpp")) - set(hip_sources))
    emulator = builder.compile(machine + [ROOT / name for name in EMULATOR_SHARED])
    builder.link_shared("libcrosswarp_amdgpu.so", emulator, "{ global: cw_amd_*; local: *; };\n", [])
    hip = builder.compile(hip_sources + [ROOT / name for name in EMULATED_HIP_SHARED])
    against = [f"-L{builder.libraries}", "-l:libcrosswarp_amdgpu.so", "-Wl,-rpath,$ORIGIN"]
    builder.link_shared("libcrosswarp_amdhip64.so", hip, "{ global: hip*; __hip*; cw_amd_hip_*; local: *; };\n", against)
    return emulator + hip


def choose_zig_cache() -> None:
    """The folder that the compiler driver uses too (`support/toolchain.py`): zig's C++ library is compiled once for both."""
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    configured = os.environ.get("CROSSWARP_CACHE_DIR") or f"{base}/crosswarp"
    cache = Path(configured).expanduser().absolute() / "zig"
    if "ZIG_GLOBAL_CACHE_DIR" not in os.environ and not cache.exists():
        print("first build: zig's C++ library is compiled as well, about a minute", flush=True)
    for variable in ("ZIG_GLOBAL_CACHE_DIR", "ZIG_LOCAL_CACHE_DIR"):
        os.environ.setdefault(variable, str(cache))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Build the Crosswarp runtime libraries.")
    parser.add_argument("--out", type=Path, required=True, help="output folder (libraries go to its lib64/)")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)), help="compilers at once")
    arguments = parser.parse_args()
    choose_zig_cache()
    build(arguments.out.absolute(), arguments.jobs)


if __name__ == "__main__":
    main()

"""The last two stages: IR to an object file (clang), object file to a self-contained shared object (LLD)."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from crosswarp.ir.passes.check_undefined import ELSEWHERE
from crosswarp.support.diagnostics import user_error
from crosswarp.support.elf import undefined_symbols
from crosswarp.support.files import digest
from crosswarp.support.paths import cache_dir, device_library_dir
from crosswarp.support.toolchain import cc1_command, lld_command, run_tool
from crosswarp.targets.base import StageContext, denormal_flags
from crosswarp.targets.cpu import archs
from crosswarp.targets.remarks import remark_flags, show_remarks


def emit(text: bytes, context: StageContext) -> bytes:
    """The stage `<arch>.o`: optimise, with the device library linked in, and emit."""
    arch = archs.find(context.arch)
    source, target = context.workdir / f"{context.arch}.in.ll", context.workdir / f"{context.arch}.out.o"
    source.write_bytes(text)
    library = device_library_dir() / f"cpu-{arch.library}.bc"
    flags = [*code_flags(arch), f"-O{context.options.opt_level}", *denormal_flags(context.options), *remark_flags(context.options)]
    done = run_tool(cc1_command(*flags, "-mlink-builtin-bitcode", str(library), str(source), "-o", str(target)))
    show_remarks(done.stderr, context.arch)
    return target.read_bytes()


def code_flags(arch: archs.Arch) -> list[str]:
    """Clang's flags but for optimisation and files. The vectorisers are off in `-cc1` unless asked for.

    That of straight-line code (SLP) stays off: LLVM 22's makes vectors in which one lane's shift amount is another operation's
    operand, beyond the width, and its AVX2 code generator then gets other lanes wrong (tests/run/mixed_shifts.cu).

    Interleaved accesses (`p[i].x`, `p[i].y` as one wide access) are off: in a loop whose accesses are marked as parallel, LLVM
    moves them past other accesses of the same iteration without asking whether these are to the same memory.
    """
    features = [flag for feature in arch.features for flag in ("-target-feature", feature)]
    return [
        "-triple", arch.triple, "-target-cpu", arch.cpu, *features, "-x", "ir", "-emit-obj", "-vectorize-loops",
        "-mrelocation-model", "pic", "-pic-level", "2", "-Wno-pass-failed", "-Wno-override-module",
        "-mllvm", "-enable-interleaved-mem-accesses=false",
    ]  # fmt: skip


def link(data: bytes, context: StageContext) -> bytes:
    """The stage `<arch>.so`: no undefined symbol may remain. Raises `CompileError` naming those that nothing defines."""
    arch = archs.find(context.arch)
    source, target = context.workdir / f"{context.arch}.in.o", context.workdir / f"{context.arch}.out.so"
    version_script = context.workdir / "exports.map"
    source.write_bytes(data)
    version_script.write_text("{ global: __cw_cpu_module; local: *; };\n")
    runtime = _runtime(undefined_symbols(data), arch, context.workdir)
    run_tool(lld_command("-shared", "--no-undefined", "--gc-sections", "--hash-style=gnu", "-Bsymbolic", "-z", "noexecstack",
                         f"--version-script={version_script}", str(source), *map(str, runtime), "-o", str(target)))  # fmt: skip
    return target.read_bytes()


def _runtime(needed: set[str], arch: archs.Arch, workdir: Path) -> list[Path]:
    """The run-time library's object file, if any of it is needed."""
    needed = needed - {"_GLOBAL_OFFSET_TABLE_"}
    missing = sorted(needed - library_symbols("runtime-", arch))
    if missing:
        raise user_error(f"declared in device code but not defined: {', '.join(missing)}", "CW3003", hint=ELSEWHERE)
    return [_runtime_object(arch, workdir)] if needed else []


def library_symbols(kind: str, arch: archs.Arch) -> set[str]:
    """What the device library `cpu-<kind><arch>` defines; `kind` is "", "threads-" or "runtime-"."""
    return set((device_library_dir() / f"cpu-{kind}{arch.library}.symbols").read_text().split())


def _runtime_object(arch: archs.Arch, workdir: Path) -> Path:
    """Compiled once for each processor and kept in the cache, if that can be written. Another process may do the same."""
    library = device_library_dir() / f"cpu-runtime-{arch.library}.bc"
    flags = [*code_flags(arch), "-O2", "-ffunction-sections", "-fno-builtin"]
    key = digest(b"\0".join([library.read_bytes(), *(flag.encode() for flag in flags)])).hex()[:32]
    target = cache_dir() / "cpu" / f"{key}.o"
    if target.exists():
        return target
    if not _writable(target.parent):
        target = workdir / target.name
    temporary = target.with_suffix(f".{os.getpid()}.{threading.get_ident()}.tmp")
    try:
        run_tool(cc1_command(*flags, str(library), "-o", str(temporary)))
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return target


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)

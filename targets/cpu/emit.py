"""The last two stages: IR to an object file (clang), object file to a self-contained shared object (LLD)."""

from __future__ import annotations

from pathlib import Path

from crosswarp.support.diagnostics import unsupported
from crosswarp.support.elf import undefined_symbols
from crosswarp.support.paths import device_library_dir
from crosswarp.support.toolchain import cc1_command, lld_command, run_tool
from crosswarp.targets.base import StageContext
from crosswarp.targets.cpu import archs


def emit(text: bytes, context: StageContext) -> bytes:
    """The stage `<arch>.o`: optimise, with the device library linked in, and emit."""
    arch = archs.find(context.arch)
    source, target = context.workdir / f"{context.arch}.in.ll", context.workdir / f"{context.arch}.out.o"
    source.write_bytes(text)
    library = device_library_dir() / f"cpu-{arch.library}.bc"
    optimise = f"-O{context.options.opt_level}"
    run_tool(cc1_command(*_code_flags(arch), optimise, "-mlink-builtin-bitcode", str(library), str(source), "-o", str(target)))
    return target.read_bytes()


def _code_flags(arch: archs.Arch) -> list[str]:
    """Clang's flags but for optimisation and files. The vectorisers are off in `-cc1` unless asked for."""
    features = [flag for feature in arch.features for flag in ("-target-feature", feature)]
    return [
        "-triple", arch.triple, "-target-cpu", arch.cpu, *features, "-x", "ir", "-emit-obj", "-vectorize-loops",
        "-vectorize-slp", "-mrelocation-model", "pic", "-pic-level", "2", "-Wno-pass-failed", "-Wno-override-module",
    ]  # fmt: skip


def link(data: bytes, context: StageContext) -> bytes:
    """The stage `<arch>.so`: no undefined symbol may remain. Raises `CompileError` naming those that nothing defines."""
    arch = archs.find(context.arch)
    source, target = context.workdir / f"{context.arch}.in.o", context.workdir / f"{context.arch}.out.so"
    version_script = context.workdir / "exports.map"
    source.write_bytes(data)
    version_script.write_text("{ global: __cw_cpu_module; local: *; };\n")
    libraries = _library_calls(undefined_symbols(data), arch, context.workdir)
    run_tool(lld_command("-shared", "--no-undefined", "--gc-sections", "--hash-style=gnu", "-Bsymbolic", "-z", "noexecstack",
                         f"--version-script={version_script}", str(source), *map(str, libraries), "-o", str(target)))  # fmt: skip
    return target.read_bytes()


def _library_calls(needed: set[str], arch: archs.Arch, workdir: Path) -> list[Path]:
    """The object file of what LLVM's code generator calls by itself, if any of it is needed."""
    stem = device_library_dir() / f"cpu-libcalls-{arch.library}"
    missing = sorted(needed - set(stem.with_suffix(".symbols").read_text().split()) - {"_GLOBAL_OFFSET_TABLE_"})
    if missing:
        raise unsupported(f"undefined in device code: {', '.join(missing)}", "CW3005")
    if not needed - {"_GLOBAL_OFFSET_TABLE_"}:
        return []
    target = workdir / "libcalls.o"
    flags = [*_code_flags(arch), "-O1", "-ffunction-sections", "-fno-builtin"]
    run_tool(cc1_command(*flags, str(stem.with_suffix(".bc")), "-o", str(target)))
    return [target]

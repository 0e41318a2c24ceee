"""The last two stages: IR to an object file (clang), object file to a self-contained shared object (LLD)."""

from __future__ import annotations

from crosswarp.support.paths import device_library_dir
from crosswarp.support.toolchain import cc1_command, lld_command, run_tool
from crosswarp.targets.base import StageContext
from crosswarp.targets.cpu import archs


def emit(text: bytes, context: StageContext) -> bytes:
    """The stage `<arch>.o`: optimise, with the device library linked in, and emit."""
    arch = archs.find(context.arch)
    source, target = context.workdir / f"{context.arch}.in.ll", context.workdir / f"{context.arch}.out.o"
    source.write_bytes(text)
    run_tool(cc1_command(*emission_flags(arch, context), "-emit-obj", str(source), "-o", str(target)))
    return target.read_bytes()


def emission_flags(arch: archs.Arch, context: StageContext) -> list[str]:
    """Clang's flags without input, output and output kind. The vectorisers are off in `-cc1` unless asked for."""
    features = [flag for feature in arch.features for flag in ("-target-feature", feature)]
    return [
        "-triple", arch.triple, "-target-cpu", arch.cpu, *features, "-x", "ir", f"-O{context.options.opt_level}",
        "-vectorize-loops", "-vectorize-slp", "-mrelocation-model", "pic", "-pic-level", "2", "-Wno-pass-failed",
        "-Wno-override-module", "-mlink-builtin-bitcode", str(device_library_dir() / f"cpu-{arch.library}.bc"),
    ]  # fmt: skip


def link(data: bytes, context: StageContext) -> bytes:
    """The stage `<arch>.so`: no undefined symbol may remain."""
    source, target = context.workdir / f"{context.arch}.in.o", context.workdir / f"{context.arch}.out.so"
    source.write_bytes(data)
    run_tool(lld_command("-shared", "--no-undefined", "--gc-sections", "-z", "noexecstack", "--hash-style=gnu", str(source),
                         "-o", str(target)))  # fmt: skip
    return target.read_bytes()

"""The device pass: CUDA C++ to portable IR, once for every target.

clang compiles the device side with triple nvptx64 at `-O3 -disable-llvm-passes`: its output is the documented, vendor-neutral
NVVM convention and is not yet optimised under any one target's rules (docs/pipeline.md shows a kernel's text).

`long double` has the host's size, so that structures that hold one are laid out as the host lays them out. Device code that
computes with it is compiled once more with `double` in its place, as nvcc does, and a warning says so.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from crosswarp.frontend.flags import TARGET_SDK, given_host_flags, language_flags, preprocessor_flags, text_flags
from crosswarp.frontend.host_machine import device_words
from crosswarp.frontend.host_toolchain import host_toolchain
from crosswarp.frontend.options import FrontendOptions, without_precompiled
from crosswarp.frontend.prefix_maps import with_mapped_names
from crosswarp.frontend.repair.attempt import with_repairs
from crosswarp.frontend.static_names import with_one_name, with_plain_names
from crosswarp.support.diagnostics import Diagnostic, Location, ToolError, unsupported
from crosswarp.support.toolchain import cc1_command, resource_dir, run_tool

# clang accepts every sm name only together with a PTX version that knows it; 8.7 knows all up to sm_121.
PTX_FEATURE = "+ptx87"
# x86's format; clang refuses to compute with it in device code, naming the place.
_HOST_LONG_DOUBLE = "-mlong-double-80"
# CCCL expects nvcc 12.8 and later to compute with __float128 from sm_100 on; this is its own switch for compilers that do not.
_NO_FLOAT128 = "-DCCCL_DISABLE_FLOAT128_SUPPORT=1"
# In the numbers that clang gives places.
_IN_MACRO = 1 << 31
_NUMBERS = re.compile(r"^(!\d+) = !\{(i64 \d+(?:, i64 \d+)*)\}$", re.M)
_LONG_DOUBLE_USED = re.compile(r"^(.+?):(\d+):(\d+): error: .*'long double' type support, but target", re.M)


def device_command(source: Path, options: FrontendOptions, output: Path) -> list[str]:
    """The `-cc1` command line of the device pass; `output` gets LLVM text."""
    flags = ["-triple", "nvptx64-nvidia-cuda", "-aux-triple", "x86_64-unknown-linux-gnu",
             "-target-cpu", f"sm_{options.cuda_arch // 10}", "-target-feature", PTX_FEATURE, TARGET_SDK,
             _HOST_LONG_DOUBLE, _NO_FLOAT128, "-fcuda-is-device", "-fcuda-allow-variadic-functions", "-fgnuc-version=4.2.1",
             "-fcxx-exceptions", "-fexceptions",
             "-fdeprecated-macro", "-fno-threadsafe-statics", "-relaxed-aliasing", "-mconstructor-aliases", "-D_GNU_SOURCE",
             "-O3", "-disable-llvm-passes", "-emit-llvm", "-resource-dir", resource_dir(), "-main-file-name", source.name]
    if options.text is None:
        flags += host_toolchain(options.ccbin, options.host_flags).cc1_include_flags()
    flags += text_flags(source, options) + language_flags(options) + preprocessor_flags(options)
    flags += device_words(given_host_flags(options))
    # Warnings are the host pass's to print: both passes parse the same text, and the user should read each once.
    flags += [*_code_flags(options), "-w", *_diagnostic_flags(options), *options.extra_clang]
    return cc1_command(*flags, str(source), "-o", str(output))


def _code_flags(options: FrontendOptions) -> list[str]:
    """Floating point, debug information and separate compilation."""
    flags = ["-ffp-contract=fast" if options.fmad else "-ffp-contract=off"]
    if options.flush_denormals:
        flags.append("-fdenormal-fp-math-f32=preserve-sign,preserve-sign")
    if options.debug or options.device_debug:
        flags += ["-debug-info-kind=limited", "-dwarf-version=4", "-debugger-tuning=gdb"]
    elif options.line_info:
        flags += ["-debug-info-kind=line-tables-only", "-dwarf-version=4"]
    if options.relocatable:
        flags += ["-fgpu-rdc", f"-cuid={options.cuid}"]
    return flags


def _diagnostic_flags(options: FrontendOptions) -> list[str]:
    return ["-ferror-limit", "19", *(["-fcolor-diagnostics"] if options.color else [])]


def device_pass(source: Path, options: FrontendOptions, output: Path) -> None:
    """Compile the device side of `source` to portable IR text at `output`. Raises `ToolError` with clang's diagnostics."""
    with_repairs(options, "device", lambda chosen: _compile(source, chosen, output))
    _refuse_asm_goto(source, output.read_bytes())


def with_own_places(text: str) -> str:
    r"""Portable IR in which the places of asm statements (`!srcloc`) do not tell where their file lies among all that clang read.

    Only differences between a statement's numbers mean anything (`ir/passes/asm_locations.py`); bit 31 says "in a macro".

    >>> with_own_places('call void asm "", ""(), !srcloc !3\n!3 = !{i64 2147483748, i64 2147483760}\n')
    'call void asm "", ""(), !srcloc !3\n!3 = !{i64 2147483648, i64 2147483660}\n'
    """
    nodes = set(re.findall(r", !srcloc (!\d+)", text))
    return _NUMBERS.sub(lambda match: _from_zero(match) if match[1] in nodes else match[0], text) if nodes else text


def _from_zero(node: re.Match[str]) -> str:
    numbers = [int(number) for number in re.findall(r"i64 (\d+)", node[2])]
    first = numbers[0] & ~_IN_MACRO
    return f"{node[1]} = !{{" + ", ".join(f"i64 {number - first}" for number in numbers) + "}"


def _refuse_asm_goto(source: Path, portable: bytes) -> None:
    """PTX has no way to name a label of the source; clang takes `asm goto` nevertheless."""
    before, found, _ = portable.partition(b"\n  callbr ")
    if found:
        name = re.findall(rb"^define [^@\n]*@\"?([\w.$]+)", before, re.M)[-1].decode()
        raise unsupported(f"'asm goto' in function '{name}'", "CW3001", Location(str(source)), "return a value, and test it")


def _compile(source: Path, options: FrontendOptions, output: Path) -> None:
    try:
        done = run_tool(device_command(source, options, output))
    except ToolError as error:
        used = _LONG_DOUBLE_USED.search(error.stderr)
        if used is None:
            error.stderr = error.stderr.replace("-fgpu-rdc", "-rdc=true")  # nvcc's spelling
            raise
        words = device_command(source, without_precompiled(options), output)
        done = run_tool([word for word in words if word != _HOST_LONG_DOUBLE])
        if not options.suppress_warnings:
            sys.stderr.write(_long_double_warning(Location(used[1], int(used[2]), int(used[3]))))
    original = output.read_text()
    text = with_own_places(original)
    if options.relocatable:
        text = with_one_name(text)
    elif options.plain_statics:
        text = with_plain_names(text)
    if any("-prefix-map=" in word for word in options.host_flags):
        text = with_mapped_names(text, options.host_flags)
    if text is not original:
        output.write_text(text)
    sys.stderr.write(done.stderr.decode(errors="replace"))


def _long_double_warning(location: Location) -> str:
    text = "'long double' is treated as 'double' in device code"
    hint = "do not pass it between host and device: its size differs there"
    return Diagnostic("warning", text, "CW1201", location, hint).render() + "\n"

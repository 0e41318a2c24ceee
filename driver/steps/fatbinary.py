"""`fatbinary`: images of any vendor become one fat binary, and the object that carries it.

    fatbinary --create=x.fatbin --image3=kind=ptx,sm=80,file=x.ptx --image3=kind=elf,sm=gfx1100,file=x.gfx1100.hsaco
    fatbinary ... --embedded-fatbin=x.fatbin.c                        C source for a host compiler
    fatbinary ... --host-object=x.cudafe1.o -o x.o                    the fat binary inside what cudafe++ has made

`kind` is `ptx`, `elf` (machine code of the architecture `sm`), `nvvm` (portable IR, for a device link) or `fatbin` (all its
images); `compute` is the `__CUDA_ARCH__` / 10 that the source saw, where `sm` does not say it. Empty files are no images.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from crosswarp.driver.architectures import is_nvidia, resolve
from crosswarp.driver.binaries.tool import Tool
from crosswarp.driver.input_files import read, reading
from crosswarp.driver.option_table import Option
from crosswarp.driver.option_words import CommandLineError
from crosswarp.driver.options import Parsed
from crosswarp.driver.packing import TARGETS_NOTE, entries_of, worth_compressing
from crosswarp.driver.steps.shared import ACCEPTED, DONE, E, F, V, output_of, write_all
from crosswarp.runtime_shim.fatbin.writer import Entry, FatBinary
from crosswarp.support.elf import FATBIN_SECTION, RELOCATABLE_SECTION, replace_section
from crosswarp.targets.base import ImageKind
from crosswarp.targets.registry import target_for

_KEYS = frozenset({"kind", "sm", "file", "compute", "profile"})
_OPTIONS = (
    Option("create", "create", V, DONE, "the fat binary to write"),
    Option("embedded-fatbin", "fatbin", V, DONE, "C source to write that defines fatbinData"),
    Option("image3", "image3", E, DONE, "kind=...,sm=...,file=...: an image"),
    Option("image2", "image2", E, DONE, "kind=...,file=...: an image that names its architectures itself"),
    Option("device-c", "c", F, DONE, "device code that is linked later"),
    Option("host-object", "host-object", V, DONE, "object of cudafe++ to put the fat binary in"),
    Option("output-file", "o", V, DONE, "the object with the fat binary"),
    Option("targets", "targets", V, DONE, "comma-separated: the configured targets, for a device link that sees no configuration"),
    Option("compress-mode", "compress-mode", V, DONE, "compression of images", ("default", "size", "speed", "balance", "none")),
    Option("64", "64", F, ACCEPTED, "every device has 64-bit addresses"),
    Option("link", "link", F, ACCEPTED, "linked images are stored as others are"),
    Option("debug", "g", F, ACCEPTED, "images say themselves whether they have debug information"),
    Option("cmdline", "cmdline", V, ACCEPTED, "a record of ptxas's options is not kept"),
    Option("cicc-cmdline", "cicc-cmdline", V, ACCEPTED, "a record of cicc's options is not kept"),
    Option("ident", "ident", V, ACCEPTED, "a fat binary's entries have no names"),
    Option("compress-all", "compress-all", F, ACCEPTED, "images of every kind are compressed"),
)


def run(parsed: Parsed, files: list[str]) -> int:
    """Write what is asked for."""
    if files:
        raise CommandLineError(f"Unexpected argument '{files[0]}': images are named by --image3=kind=...,sm=...,file=...")
    compress = parsed.last("compress-mode") != "none"
    specifications = parsed.all("image3") + parsed.all("image2")
    note = parsed.last("targets").encode()
    fatbin = FatBinary([entry for each in specifications for entry in _entries(each, compress, note)]).to_bytes()
    results = {}
    if parsed.has("create"):
        results[output_of(parsed, "create")] = fatbin
    if parsed.has("embedded-fatbin"):
        content = Path(parsed.last("create")) if parsed.has("create") else fatbin
        results[output_of(parsed, "embedded-fatbin")] = embedded_source(content, relocatable=parsed.has("device-c")).encode()
    if parsed.has("host-object"):
        results[output_of(parsed)] = filled_object(Path(parsed.last("host-object")), fatbin, relocatable=parsed.has("device-c"))
    if not results:
        raise CommandLineError("Nothing to write: name a file with --create, --embedded-fatbin, or --host-object and -o")
    write_all(results)
    return 0


def _entries(specification: str, compress: bool, targets: bytes) -> Iterator[Entry]:
    """The images of one `--image3`; `targets` are noted in portable IR."""
    given = dict(part.partition("=")[::2] for part in specification.split(","))
    if unknown := given.keys() - _KEYS:
        raise CommandLineError(f"--image3={specification}: unknown keyword '{min(unknown)}'")
    if "file" not in given:
        raise CommandLineError(f"--image3={specification}: no file=")
    path = Path(given["file"])
    data = read(path)
    if given.get("kind") == "fatbin":
        yield from entries_of(path)
    elif data:
        kind, arch, value = _meaning(specification, given)
        if kind is ImageKind.PORTABLE_IR and targets:
            data = TARGETS_NOTE + targets + b"\n" + data
        yield Entry(kind, arch, data, compress=compress and worth_compressing(data), cuda_arch=value)


def _meaning(specification: str, given: dict[str, str]) -> tuple[ImageKind, str, int]:
    """Kind, architecture and `__CUDA_ARCH__` of an image."""
    kind, sm = given.get("kind", ""), given.get("sm") or given.get("profile", "")
    name = f"sm_{sm}" if sm[:1].isdigit() else sm
    if kind not in ("ptx", "elf", "nvvm") or not name:
        raise CommandLineError(f"--image3={specification}: expected kind=ptx, elf, nvvm or fatbin, and sm=")
    arch = resolve(name)[0]
    number = given.get("compute", arch.removeprefix("sm_") if is_nvidia(arch) else "0").rstrip("af")
    if not number.isdigit():
        raise CommandLineError(f"--image3={specification}: compute= expects a number")
    if kind == "nvvm":
        return ImageKind.PORTABLE_IR, f"compute_{arch.removeprefix('sm_')}", int(number) * 10
    if is_nvidia(arch):
        return (ImageKind.PTX if kind == "ptx" else ImageKind.CUBIN), arch, int(number) * 10
    return target_for(arch).image_kind, arch, int(number) * 10


def filled_object(path: Path, fatbin: bytes, *, relocatable: bool) -> bytes:
    """A host object of `cudafe++` with the fat binary in it. Raises `CompileError`."""
    with reading(path):
        return replace_section(read(path), RELOCATABLE_SECTION if relocatable else FATBIN_SECTION, fatbin)


def embedded_source(fatbin: bytes | Path, *, relocatable: bool) -> str:
    """C and C++ text that defines `fatbinData`, and the descriptor that registers it; a file is not copied but named."""
    section = RELOCATABLE_SECTION if relocatable else FATBIN_SECTION
    if isinstance(fatbin, Path):
        name = _escaped(_escaped(str(fatbin.absolute())))  # a string of the assembler's in a string of C
        body = f'".incbin \\"{name}\\"\\n"'
    else:
        body = "\n".join(f'".quad {", ".join(_quads(fatbin[at : at + 64]))}\\n"' for at in range(0, len(fatbin), 64))
    return f"""__asm__(
".section {section}, \\"a\\"\\n.balign 64\\n.hidden fatbinData\\n.globl fatbinData\\nfatbinData:\\n"
{body}
".size fatbinData, .-fatbinData\\n.previous\\n");
#ifdef __cplusplus
extern "C" {{
#endif
extern const unsigned long long fatbinData[] __attribute__((visibility("hidden")));
#ifdef __cplusplus
}}
#endif
static const struct {{ unsigned magic, version; const void *data; void *unused; }} __fatDeviceText
    __attribute__((section(".nvFatBinSegment"), used)) = {{0x466243b1u, 1, fatbinData, 0}};
"""


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _quads(data: bytes) -> list[str]:
    padded = data + bytes(-len(data) % 8)
    return [hex(int.from_bytes(padded[at : at + 8], "little")) for at in range(0, len(padded), 8)]


main = Tool("fatbinary", "Puts device images of any vendor in one fat binary", _OPTIONS, run).main

"""Links relocatable device code (`-dc`, `-rdc=true`): objects carry portable IR, and the device linker is an IR linker.

    a.o: __nv_relfatbin {IR}, calls __cudaRegisterLinkedBinary__nv_<id a> when the program starts
    b.o: the same with <id b>
                    │ link the IR of all objects, then the targets as for a single source
                    ▼
    dlink.o: one fat binary, and a definition of every __cudaRegisterLinkedBinary__nv_<id>

NVIDIA's link works the same way with its own object format; the names are its host ABI's, so objects may be linked by any host
linker once the device link has run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from crosswarp.driver.architectures import DevicePass
from crosswarp.driver.foreign_objects import refuse_nvidias
from crosswarp.driver.images import ImageJob
from crosswarp.driver.inspection import source_name
from crosswarp.driver.packing import TARGETS_NOTE, image_entry
from crosswarp.driver.steps import LINK_STUB
from crosswarp.frontend.host_toolchain import HostToolchain, host_toolchain
from crosswarp.runtime_shim.fatbin.writer import Entry, FatBinary, FatBinaryError, read_all
from crosswarp.support.diagnostics import user_error
from crosswarp.support.elf import RELOCATABLE_SECTION, ElfError, is_elf, objects_in, section_bytes, sections
from crosswarp.support.toolchain import run_tool
from crosswarp.targets.base import TargetOptions

if TYPE_CHECKING:
    from crosswarp.driver.request import Request
    from crosswarp.driver.unit import Unit

STEM = "a_dlink"
_PORTABLE_ARCH = re.compile(r"compute_\d+[af]?")
_MODULE_ID = re.compile(rb"__cudaRegisterLinkedBinary(\w+)\0")


@dataclass(frozen=True)
class RelocatableObject:
    """Device code of one object: the id in its registration function's name, and IR text of each device pass."""

    origin: str
    module_id: str
    portable: dict[DevicePass, bytes]


def device_link(request: Request, units: list[Unit], folder: Path, output: Path | None) -> list[Path]:
    """Link the device code of the units' objects. Returns the object to add to the host link; none if there is nothing to link.

    `output` is where `-dlink` wants that object. Raises `CrosswarpError`.
    """
    names = [str(unit.link_input) for unit in units]
    objects = all_objects(candidates(names, request.link.libraries, request.link.library_folders))
    # The steps of a dry run are fixed before anybody knows whether the sources have device code.
    if not objects and output is None and not any(unit.makes_relocatable for unit in units):
        return []
    fatbin = _build_images(with_noted_targets(request, objects), objects, folder)
    result = output or folder / f"{STEM}.o"
    _compile_registration(request, objects, fatbin, folder, result)
    return [result]


def candidates(names: Iterable[str], libraries: Iterable[str], folders: Iterable[str]) -> Iterable[Path]:
    """Objects and static libraries: the inputs, then `-l` libraries that lie in a `-L` folder."""
    for path in map(Path, names):
        if path.suffix != ".so":
            yield path
    for name in libraries:
        yield from [path for folder in folders if (path := Path(folder, f"lib{name}.a")).exists()][:1]


def all_objects(paths: Iterable[Path]) -> list[RelocatableObject]:
    """The relocatable device code of objects and libraries. Raises `CompileError` if two carry the same."""
    objects = [found for path in paths for found in relocatable_objects(path)]
    ids = [found.module_id for found in objects]
    twice = [found.origin for found in objects if ids.count(found.module_id) > 1]
    if twice:
        raise user_error(f"these objects carry the same device code: {', '.join(twice)}", "CW2010",
                         hint="list each object once; sources of the same name must be compiled by different paths")
    return objects


def with_noted_targets(request: Request, objects: list[RelocatableObject]) -> Request:
    """Without a configuration that names targets, those hold that the objects were compiled with."""
    firsts = [text.partition(b"\n")[0] for found in objects for text in found.portable.values()]
    noted = [line.removeprefix(TARGETS_NOTE).decode().split(",") for line in firsts if line.startswith(TARGETS_NOTE)]
    if not noted or request.settings.targets_named or request.choose is None:
        return request
    settings = replace(request.settings, targets=tuple(dict.fromkeys(name for names in noted for name in names)))
    return replace(request, targets=request.choose(settings), settings=settings)


def relocatable_objects(path: Path) -> list[RelocatableObject]:
    """The relocatable device code in an object or a static library."""
    data = path.read_bytes()
    try:
        if is_elf(data):
            refuse_nvidias(str(path), data)
        return [found for member in objects_in(data) for found in _relocatable_object(path, member)]
    except (ElfError, FatBinaryError) as error:
        raise user_error(f"'{path}': {error}", "CW2009") from error


def _relocatable_object(path: Path, member: bytes) -> Iterator[RelocatableObject]:
    binaries = read_all(section_bytes(member, RELOCATABLE_SECTION))
    names = _MODULE_ID.findall(b"".join(_string_tables(member)))
    strange = [entry.arch for binary in binaries for entry in binary.entries if not _PORTABLE_ARCH.fullmatch(entry.arch)]
    if strange:
        raise ElfError(f"damaged: device code for {strange[0]!r} where portable IR belongs")
    portable = {DevicePass(entry.arch.removeprefix("compute_")): entry.data for binary in binaries for entry in binary.entries}
    if portable and names:
        yield RelocatableObject(str(path), names[0].decode(), portable)


def _string_tables(member: bytes) -> Iterable[bytes]:
    for section in sections(member):
        if section.name == ".strtab":
            yield member[section.offset : section.offset + section.size] + b"\0"


def _build_images(request: Request, objects: list[RelocatableObject], folder: Path) -> bytes:
    """Link the IR of every device pass in use, then run the targets on it, all in parallel processes."""
    from crosswarp.driver import resource_report
    from crosswarp.driver.run_steps import pool_of, run_steps

    pool = pool_of(request, folder)
    used = sorted({nearest(request.targets.passes[arch], objects) for arch in request.targets.archs} if objects else ())
    for each in used:
        pool.add(f"device link {each.name}", lambda each=each: _link_ir(objects, each, folder))  # type: ignore[misc]
    for arch in request.targets.archs if objects else ():
        each = nearest(request.targets.passes[arch], objects)
        job = _image_job(request, arch, each, folder)
        pool.add(f"device link: {arch}", job.run, after=(f"device link {each.name}",))
    run_steps(request, pool, {})
    if request.resource_usage and objects:
        resource_report.report(((arch, _image(folder, arch)) for arch in request.targets.archs), request.ptxas_words, verbose=True)
    entries = [entry for arch in request.targets.archs if objects for entry in _entries(request, arch, objects, folder)]
    for arch in request.targets.archs:
        _image(folder, arch).unlink(missing_ok=True)
    return FatBinary(entries).to_bytes()


def nearest(wanted: DevicePass, objects: list[RelocatableObject]) -> DevicePass:
    """The device pass to link for an image: the one wanted, else the newest not above it that every object has, else the oldest."""
    common = set.intersection(*(set(found.portable) for found in objects))
    if not common:
        have = "; ".join(f"{found.origin}: {', '.join(each.name for each in sorted(found.portable))}" for found in objects)
        raise user_error(f"the objects were compiled for different architectures: {have}", "CW2010")
    if wanted in common:
        return wanted
    plain = sorted((each for each in common if each.name.isdigit()), key=lambda each: each.value) or sorted(common)
    return max((each for each in plain if each.value <= wanted.value), key=lambda each: each.value, default=plain[0])


def _linked(folder: Path, each: DevicePass) -> Path:
    return folder / f"{STEM}.compute_{each.name}.nvvm.ll"


def _image(folder: Path, arch: str) -> Path:
    return folder / f"{STEM}.{arch}.done"


def image_options(options: TargetOptions) -> TargetOptions:
    """The targets' options for linked code, which nothing is linked to any more."""
    return replace(options, relocatable=False)


def _image_job(request: Request, arch: str, each: DevicePass, folder: Path) -> ImageJob:
    return ImageJob(arch, _linked(folder, each), _image(folder, arch), STEM, folder, image_options(request.target_options),
                    request.settings.cache_bytes, request.keep is not None)


def _entries(request: Request, arch: str, objects: list[RelocatableObject], folder: Path) -> list[Entry]:
    from crosswarp.targets.registry import target_for

    data = _image(folder, arch).read_bytes()
    if not data:
        return []
    return [image_entry(request, target_for(arch).image_kind, arch, data, nearest(request.targets.passes[arch], objects))]


def _link_ir(objects: list[RelocatableObject], each: DevicePass, folder: Path) -> None:
    _linked(folder, each).write_text(linked_ir([(found.origin, found.portable[each]) for found in objects]))


def linked_ir(texts: list[tuple[str, bytes]]) -> str:
    """One module of all IR, given with where it comes from. Raises `CompileError`, also for what no module defines.

    Belongs in a process of its own: LLVM's linker ends the process on some errors.
    """
    from llvmlite import binding as llvm

    linked = None
    for origin, portable in texts:
        try:
            module = llvm.parse_assembly(portable.decode())
            if linked is None:
                linked = module
            else:
                linked.link_in(module)
        except (RuntimeError, UnicodeDecodeError) as error:
            raise user_error(f"device code of '{origin}': {str(error).strip()}", "CW2010") from error
    text = str(linked)
    missing = undefined_symbols(text)
    if missing:
        raise user_error(f"undefined device symbol{'s' if len(missing) > 1 else ''}: {', '.join(missing)}", "CW2011",
                         hint="every -dc object that defines device code must be on the device link's command line")
    return text


def undefined_symbols(text: str) -> list[str]:
    """C++ functions, and variables, that linked IR declares but does not define, by their names in the source.

    Functions with C names are left to the targets: many are operations. `extern __shared__` arrays are defined by the launch.
    """
    functions = re.findall(r"^declare [^@\n]*@\"?(_Z[\w.$]+)\"?\(", text, re.M)
    variables = re.findall(r"^@\"?(?!__cw)([\w.$]+)\"? = external (?!.*addrspace\(3\))", text, re.M)
    return sorted(source_name(name) for name in [*functions, *variables])


def _compile_registration(request: Request, objects: list[RelocatableObject], fatbin: bytes, folder: Path, output: Path) -> None:
    """An object that holds the fat binary and defines the functions by which the linked objects register their kernels."""
    from crosswarp.driver.steps.fatbinary import embedded_source

    host = host_toolchain(request.frontend.ccbin)
    image, text, names = (folder / f"{STEM}.{suffix}" for suffix in ("fatbin", "fatbin.c", "reg.c"))
    image.write_bytes(fatbin)
    text.write_text(embedded_source(image, relocatable=False))
    names.write_text(registration_list(objects))
    run_tool(registration_command(host, LINK_STUB, text, names, output), environment=host.environment())


def registration_command(host: HostToolchain, stub: Path, fatbin: Path, names: Path, output: Path) -> list[str]:
    """The host compiler's command that makes the registration object."""
    files = [f'-DFATBINFILE="{fatbin.absolute()}"', f'-DREGISTERLINKBINARYFILE="{names.absolute()}"']
    return host.compile_command(str(stub), str(output), ["-O2", "-fPIC", *files], "c")


def registration_list(objects: list[RelocatableObject]) -> str:
    """Which objects' device code was linked, for `link.stub`."""
    lines = [f"#define NUM_PRELINKED_OBJECTS {len(objects)}", *(f"DEFINE_REGISTER_FUNC({found.module_id})" for found in objects)]
    return "\n".join(lines) + "\n"

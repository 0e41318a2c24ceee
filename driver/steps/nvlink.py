"""`nvlink`: the device code of `-dc` objects and libraries becomes one architecture's image.

    nvlink --arch=gfx1100 --register-link-binaries=a_dlink.reg.c a.o b.o -L. -lkernels -o a_dlink.gfx1100.hsaco

Objects carry portable IR, so linking is linking IR; the target's stages follow. `compute` chooses among the IR of several device
passes; without it, that of the architecture itself or of `compute_80`, else the nearest.
"""

from __future__ import annotations

from pathlib import Path

from crosswarp.driver.architectures import DevicePass, is_nvidia, resolve
from crosswarp.driver.binaries.tool import Tool
from crosswarp.driver.device_link import RelocatableObject, all_objects, candidates, linked_ir, nearest, registration_list
from crosswarp.driver.images import PORTABLE_STAGE
from crosswarp.driver.option_table import Option
from crosswarp.driver.option_words import CommandLineError
from crosswarp.driver.options import Parsed
from crosswarp.driver.settings import DEFAULT_CUDA_ARCH
from crosswarp.driver.steps.cicc import image
from crosswarp.driver.steps.shared import ACCEPTED, ARCH, DONE, MAKING, F, L, V, output_of, scratch, write_all
from crosswarp.driver.steps.words import target_options
from crosswarp.support.diagnostics import user_error

_OPTIONS = (
    ARCH, *MAKING,
    Option("compute", "compute", V, DONE, "the device pass that is linked: 80, 90a"),
    Option("register-link-binaries", "register-link-binaries", V, DONE, "file for the objects' names, which crt/link.stub reads"),
    Option("library-path", "L", L, DONE, "library folder", joined=True),
    Option("library", "l", L, DONE, "library whose device code is linked too", joined=True),
    Option("cpu-arch", "cpu-arch", V, ACCEPTED, "the host is x86-64"),
    Option("host-ccbin", "host-ccbin", V, ACCEPTED, "no host compiler is needed"),
    Option("dlto", "dlto", F, ACCEPTED, "device code is always linked as IR and optimised as a whole"),
    Option("lto", "lto", F, ACCEPTED, "device code is always linked as IR and optimised as a whole"),
    Option("debug", "g", F, ACCEPTED, "debug information of the objects is kept"),
)


def run(parsed: Parsed, files: list[str]) -> int:
    """Write the image and the list of objects."""
    paths = list(candidates(files, parsed.all("library"), parsed.all("library-path")))
    if missing := [path for path in paths if not path.is_file()]:
        raise user_error(f"no such file: '{missing[0]}'", "CW2005")
    objects = all_objects(paths)
    arch = _architecture(parsed)
    results = {output_of(parsed): _linked_image(arch, objects, parsed) if objects else b""}
    if parsed.has("register-link-binaries"):
        results[output_of(parsed, "register-link-binaries")] = registration_list(objects).encode()
    write_all(results)
    return 0


def _architecture(parsed: Parsed) -> str:
    names = resolve(parsed.last("arch")) if parsed.has("arch") else []
    if len(names) != 1:
        raise CommandLineError("-arch must name one architecture")
    return names[0]


def _linked_image(arch: str, objects: list[RelocatableObject], parsed: Parsed) -> bytes:
    own = arch.removeprefix("sm_") if is_nvidia(arch) else str(DEFAULT_CUDA_ARCH // 10)
    each = nearest(DevicePass(parsed.last("compute", own)), objects)
    with scratch() as folder:
        portable = Path(folder, f"x.{PORTABLE_STAGE}")
        portable.write_text(linked_ir([(found.origin, found.portable[each]) for found in objects]))
        return image(arch, portable, target_options(parsed), Path(folder), whole=False)


main = Tool("nvlink", "Links the device code of -dc objects for one architecture", _OPTIONS, run).main

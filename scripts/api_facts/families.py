"""Which names make which family of the catalogue, and what the sources leave open: kinds, headers, groups of new functions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from crosswarp.cuda_api_coverage.catalogue.model import Kind

from api_facts.history import Name

_SOURCES = """\
Names and versions: HIPIFY's tables, cudarc's bindings (CUDA 11.4 to 13.0), the Python names of cuda-bindings 11.8 to 13.5
and, for the runtime, CUPTI's callbacks and the symbols of nvidia-cuda-runtime 11.7 to 13.5 (scripts/catalogue_facts.py).
An empty `since`: the name is older than these sources tell, a function mostly of CUDA 3.2 or before, others of 7.0 or before."""
COMMENTS = {
    "runtime": f"CUDA runtime API, functions; second versions (_v2) and per-thread forms are forms of the plain name.\n{_SOURCES}",
    "driver": f"CUDA driver API, functions; second versions (_v2) and per-thread forms are forms of the plain name.\n{_SOURCES}",
    "nvrtc": f"NVRTC: functions, types and enumerators.\n{_SOURCES}",
    "runtime_types": f"Types, enumerators and macros of the runtime API; an enumerator's group is its enumeration.\n{_SOURCES}",
    "driver_types": f"Types, enumerators and macros of the driver API; an enumerator's group is its enumeration.\n{_SOURCES}",
}
_NOT_API = re.compile(
    r"__bindgen|_union_CU|^RESOURCE_ABI|^CUeglColorFormate_|^cudaBindings|^(List|Tuple|Any|Optional|IntEnum|sizeof|getLocalRuntimeVersion|memoryBarrier|__CUDACC__|VdpGetProcAddress)$"
    r"|^(EGL|GL|Vdp|cl_|NVCL_)|^_nvrtc"
    r"|^(make_cuda|cudaOccupancyMaxPotentialBlockSize|cudaGetParameterBuffer)")  # families `templates`, `device_functions`
_TYPE = re.compile(
    r"(_st|_enum|_t|_union|Flags|flags|List|Format|FrameType|Desc|Frame|Connection|AttrID|AttrValue|_v\d)$|^CU[a-z]\w+$")
_DEVICE_LIST = re.compile(r"^cudaD3D\d+DeviceList\w+")
_HEADERS = (
    (r"D3D9|d3d9", "cuda_d3d9_interop.h", "cudaD3D9.h"), (r"D3D10|d3d10", "cuda_d3d10_interop.h", "cudaD3D10.h"),
    (r"D3D11|d3d11", "cuda_d3d11_interop.h", "cudaD3D11.h"), (r"VDPAU", "cuda_vdpau_interop.h", "cudaVDPAU.h"),
    (r"E[Gg][Ll]", "cuda_egl_interop.h", "cudaEGL.h"),
    (r"(cuda|cu)(Graphics)?GL|CUGL|GLDevice|GLmap", "cuda_gl_interop.h", "cudaGL.h"),
    (r"Profiler(Start|Stop|Initialize)$", "cuda_profiler_api.h", "cudaProfiler.h"),
    (r"OutputMode|KeyValuePair|CSV$", "driver_types.h", "cudaProfiler.h"),
    (r"^CUDA_R_|^CUDA_C_|^CUDA_EMULATION|DataType|^libraryProperty|^(MAJOR|MINOR|PATCH)_|Emulation", "library_types.h", "cuda.h"),
    (r"^CUDART_(VERSION|CB|DEVICE)", "cuda_runtime_api.h", "cuda.h"), (r"^CUDART_", "math_constants.h", "cuda.h"),
    (r"^(cudaTexture|cudaAddressMode|cudaFilterMode|cudaReadMode|texture)", "texture_types.h", "cuda.h"),
    (r"^(cudaSurface|cudaBoundary|cudaFormatMode|surface)", "surface_types.h", "cuda.h"), (r"^dim3$", "vector_types.h", "cuda.h"),
)
_NEW_GROUPS = {
    r"^cu(da)?ExecutionCtx|^cudaDeviceGetExecutionCtx": "Execution Context Management", r"^cu(da)?Logs": "Error Log Management",
    r"^cuCheckpoint": "Checkpointing", r"^cuLogicalEndpoint": "Logical Endpoint Management",
    r"^cu(da)?(DevSm|DevResource|GreenCtx|DeviceGetDevResource|StreamGetDevResource|StreamGetGreenCtx)": "Green Contexts",
    r"^cuCoredump": "Coredump Attributes Control API", r"^cudaLibrary|^cudaKernel": "Library Management",
    r"^cudaSubgrid": "Graph Management",
}

# From the deprecated list of NVIDIA's driver API reference, where no other source tells the version.
_DEPRECATED = {"CU_CTX_MAP_HOST": "11.0"}
# What the newest bindings leave out and libraries still have: the symbol behind cuGraphInstantiate.
_NOT_REMOVED = ("cuGraphInstantiateWithFlags",)


@dataclass(frozen=True)
class Family:
    """A family of the catalogue: which names of a library it `holds`."""

    name: str
    holds: Callable[[str, Name], bool]

    def kind(self, name: str, about: Name) -> Kind:
        """The catalogue's word; sources that do not tell types from enumerators say `type`."""
        doubtful = about.kind == "type" and not about.group and (not _TYPE.search(name) or _DEVICE_LIST.search(name))
        return Kind.ENUMERATOR if doubtful else Kind(about.kind)


def families_of(library: str) -> tuple[Family, ...]:
    """The families that a library's names go to."""
    def function(name: str, about: Name) -> bool:
        return about.kind == "function" and not _NOT_API.search(name)

    def other(name: str, about: Name) -> bool:
        foreign = library == "runtime" and re.match(r"CU[a-z]", name) and name != "CUuuid"
        device = header_of("runtime_types", name) in ("math_constants.h", "vector_types.h")  # family `device_functions`
        return about.kind != "function" and not _NOT_API.search(name) and not foreign and not device

    if library == "nvrtc":
        return (Family("nvrtc", lambda name, about: not _NOT_API.search(name)),)
    return Family(library, function), Family(f"{library}_types", other)


def correct(names: dict[str, Name]) -> None:
    """What the sources together have wrong, or not at all."""
    for name in _DEPRECATED.keys() & names.keys():
        names[name].deprecated = names[name].deprecated or _DEPRECATED[name]
    for name in names.keys() & set(_NOT_REMOVED):
        names[name].removed = ""


def header_of(family: str, name: str) -> str:
    """The header of NVIDIA's that a program includes for a name."""
    if family == "nvrtc":
        return "nvrtc.h"
    column = 1 if family.startswith("runtime") else 2
    plain = {"runtime": "cuda_runtime_api.h", "runtime_types": "driver_types.h"}.get(family, "cuda.h")
    return next((row[column] for row in _HEADERS if re.search(row[0], name)), plain)


def fill_groups(names: dict[str, Name]) -> None:
    """A function without a group gets the one that most functions with the same first words have."""
    functions = {name: about for name, about in names.items() if about.kind == "function"}
    known = {name: about.group for name, about in functions.items() if about.group}
    for name, about in functions.items():
        about.group = about.group or _new_group(name) or _nearest(name, known)


def _new_group(name: str) -> str:
    return next((group for pattern, group in _NEW_GROUPS.items() if re.search(pattern, name)), "")


def _nearest(name: str, known: dict[str, str]) -> str:
    words = re.findall(r"^(?:cuda|cu|nvrtc)|[A-Z0-9][a-z]*|_\w+", name)
    for count in range(len(words), 1, -1):
        prefix = "".join(words[:count])
        if found := Counter(group for other, group in known.items() if other.startswith(prefix)):
            return found.most_common(1)[0][0]
    return ""

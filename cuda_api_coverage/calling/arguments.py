"""A valid argument for each parameter of each API entry: by the entry and parameter where it is special, else by type and name."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from typing import Any

from crosswarp.cuda_api_coverage.calling import objects as o
from crosswarp.cuda_api_coverage.calling.world import World
from crosswarp.cuda_api_coverage.derive.declarations import Function, Parameter

Maker = Callable[[World], Any]


def _enum(name: str) -> Maker:
    return lambda w: w.enum(name)


def _value(value: Any) -> Maker:
    return lambda _: value


def _stub(w: World) -> int:
    return ctypes.addressof(w.stub)


def _shadow(w: World) -> int:
    return ctypes.addressof(w.shadow)


def _host(w: World) -> int:
    return w.buffer()


# Arguments whose type says enough.
_BY_TYPE: dict[str, Maker] = {
    "cudaStream_t": o.stream,
    "cudaEvent_t": o.event,
    "cudaGraph_t": o.graph,
    "cudaGraphExec_t": o.executable,
    "cudaMemPool_t": o.pool,
    "cudaArray_t": o.array,
    "cudaArray_const_t": o.array,
    "cudaMipmappedArray_t": o.mipmapped_array,
    "cudaMipmappedArray_const_t": o.mipmapped_array,
    "cudaTextureObject_t": o.texture,
    "cudaSurfaceObject_t": o.surface,
    "cudaLibrary_t": o.library,
    "cudaKernel_t": o.library_kernel,
    "cudaUserObject_t": o.user_object,
    "cudaHostFn_t": _value(o.do_nothing),
    "cudaStreamCallback_t": _value(o.do_nothing),
    "cudaLogsCallback_t": _value(o.do_nothing),
    "cudaAsyncCallback": _value(o.do_nothing),
    "cudaMemcpyKind": _enum("cudaMemcpyDefault"),
    "cudaExtent": lambda w: o.extent(w, 16, 4, 1),
    "cudaPitchedPtr": lambda w: w.record("cudaPitchedPtr", ptr=o.device_memory(w), pitch=64, xsize=64, ysize=4),
    "cudaMemLocation": lambda w: w.record("cudaMemLocation", type=w.enum("cudaMemLocationTypeDevice")),
    "cudaLaunchAttributeID": _enum("cudaLaunchAttributePriority"),
    "cudaDeviceAttr": _enum("cudaDevAttrWarpSize"),
    "cudaDeviceP2PAttr": _enum("cudaDevP2PAttrAccessSupported"),
    "cudaFuncAttribute": _enum("cudaFuncAttributePreferredSharedMemoryCarveout"),
    "cudaFlushGPUDirectRDMAWritesScope": _enum("cudaFlushGPUDirectRDMAWritesToOwner"),
    "cudaMemAllocationHandleType": _enum("cudaMemHandleTypePosixFileDescriptor"),
    "cudaMemRangeAttribute": _enum("cudaMemRangeAttributeReadMostly"),
    "cudaMemoryAdvise": _enum("cudaMemAdviseSetReadMostly"),
    "cudaMemPoolAttr": _enum("cudaMemPoolAttrReleaseThreshold"),
    "cudaGraphMemAttributeType": _enum("cudaGraphMemAttrUsedMemHigh"),
    "const cudaChannelFormatDesc *": lambda w: w.address(o.format_of_floats(w)),
    "const cudaKernelNodeParams *": o.kernel_parameters,
    "const cudaHostNodeParams *": o.host_parameters,
    "const cudaMemsetParams *": o.fill_parameters,
    "const cudaMemcpy3DParms *": o.copy_parameters,
    "cudaMemAllocNodeParams *": o.allocation_parameters,
    "const cudaLaunchConfig_t *": o.launch_config,
    "const cudaResourceDesc *": o.array_resource,
    "const cudaTextureDesc *": lambda w: w.address(w.record("cudaTextureDesc")),
    "const cudaResourceViewDesc *": _value(0),
    "const cudaMemPoolProps *": o.pool_properties,
    "const cudaMemAccessDesc *": o.access_description,
    "dim3": o.dim3,
}

# Arguments whose name says enough; the first pattern that matches `name`.
_POINTERS: list[tuple[str, Maker]] = [
    ("func|symbolPtr|entryFuncAddr|entry", _stub),
    ("symbol", _shadow),
    ("args", o.launch_arguments),
    ("dst|src|devPtr|ptr|hptr|dptr", o.device_memory),
    ("pHost|hostPtr", o.pinned),
]
_NUMBERS: list[tuple[str, Maker]] = [
    ("(d|s)?pitch|width|(c|C)ount|size|length|value|dataSize|bytes|blockSize|xsize", _value(16)),
    ("height|ysize|numBlocks|numAttributes|numKernels", _value(1)),
]

# Entry and parameter: what the call needs beyond its types.
_SPECIAL: dict[str, dict[str, Maker]] = {}


def special(entry: str, **makers: Maker) -> None:
    """Arguments of one entry that its types do not give."""
    _SPECIAL.setdefault(entry, {}).update(makers)


def _node_kind(entry: str) -> str:
    kinds = re.search(r"(MemAlloc|MemFree|Memcpy|Memset|Kernel|Host|ChildGraph|EventRecord|EventWait)", entry)
    symbol = "ToSymbol" in entry or "FromSymbol" in entry
    return "Symbol" if symbol else kinds.group(1) if kinds else "Kernel"


def argument(w: World, function: Function, parameter: Parameter) -> Any:
    """A valid argument. Raises `CallFailed` where the device cannot make what it needs."""
    maker = _SPECIAL.get(function.name, {}).get(parameter.name) or _BY_TYPE.get(parameter.type)
    if maker is not None:
        return maker(w)
    if parameter.type == "cudaGraphNode_t":
        return o.node(w, _node_kind(function.name))
    if parameter.shape == "pointer" and parameter.type not in ("void *", "const void *", "void **"):
        return 0 if parameter.type == "const cudaGraphNode_t *" else w.buffer()
    for pattern, by_name in _POINTERS if parameter.shape == "pointer" else _NUMBERS:
        if re.fullmatch(pattern, parameter.name):
            return by_name(w)
    if parameter.shape == "record":
        return w.record(parameter.type)
    return w.buffer() if parameter.shape == "pointer" else 0


def arguments(w: World, function: Function) -> list[Any]:
    """A valid argument for each parameter."""
    return [argument(w, function, parameter) for parameter in function.parameters]

"""The objects that API entries are called with: streams, memory, graphs with a node of each kind, arrays, textures, pools."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import partial
from typing import Any

from crosswarp.cuda_api_coverage.calling.world import BYTES, CallFailed, World

_MAPPED = 2  # cudaHostAllocMapped

def stream(w: World) -> int:
    """A stream of the program's own."""
    return int(w.keep("stream", lambda: w.make("cudaStreamCreate")))


def event(w: World) -> int:
    """An event, recorded and reached."""

    def make() -> int:
        made = w.make("cudaEventCreate")
        w.need("cudaEventRecord", made, stream(w))
        w.need("cudaStreamSynchronize", stream(w))
        return made

    return int(w.keep("event", make))


def device_memory(w: World) -> int:
    """BYTES of device memory."""
    return int(w.keep("device", lambda: w.make("cudaMalloc", BYTES)))


def fresh_memory(w: World) -> int:
    """Device memory that nothing else uses."""
    return w.make("cudaMalloc", BYTES)


def pinned(w: World) -> int:
    """BYTES of pinned host memory that the device sees."""
    return int(w.keep("pinned", lambda: w.make("cudaHostAlloc", BYTES, _MAPPED)))



def managed(w: World) -> int:
    """BYTES of managed memory."""
    return int(w.keep("managed", lambda: w.make("cudaMallocManaged", BYTES, 1)))


def pool_properties(w: World) -> int:
    """Of a pool of the first device."""
    made = w.record("cudaMemPoolProps", allocType=w.enum("cudaMemAllocationTypePinned"),
                    location__type=w.enum("cudaMemLocationTypeDevice"))
    return w.address(made)


def access_description(w: World) -> int:
    """The first device may read and write."""
    made = w.record("cudaMemAccessDesc", location__type=w.enum("cudaMemLocationTypeDevice"),
                    flags=w.enum("cudaMemAccessFlagsProtReadWrite"))
    return w.address(made)


def pool(w: World) -> int:
    """A memory pool of the program's own."""
    return int(w.keep("pool", lambda: w.make("cudaMemPoolCreate", pool_properties(w))))


def format_of_floats(w: World) -> Any:
    """One float a texel."""
    return w.record("cudaChannelFormatDesc", x=32, f=w.enum("cudaChannelFormatKindFloat"))


def extent(w: World, width: int = 16, height: int = 4, depth: int = 0) -> Any:
    """A `cudaExtent`."""
    return w.record("cudaExtent", width=width, height=height, depth=depth)


def array(w: World, name: str = "array") -> int:
    """A two-dimensional array of 16 x 4 floats."""
    return int(w.keep(name, lambda: w.make("cudaMallocArray", w.address(format_of_floats(w)), 16, 4, 0)))


def mipmapped_array(w: World) -> int:
    """Two levels, the first of 16 x 4 floats."""
    describe = w.address(format_of_floats(w))
    return int(w.keep("mipmaps", lambda: w.make("cudaMallocMipmappedArray", describe, extent(w), 2, 0)))


def array_resource(w: World) -> int:
    """A resource descriptor of an array."""
    made = w.record("cudaResourceDesc", resType=w.enum("cudaResourceTypeArray"), res__array__array=array(w, "surface array"))
    return w.address(made)


def texture(w: World) -> int:
    """A texture object."""
    describe = w.address(w.record("cudaTextureDesc"))
    return int(w.keep("texture", lambda: w.make("cudaCreateTextureObject", array_resource(w), describe, 0)))


def surface(w: World) -> int:
    """A surface object."""
    return int(w.keep("surface", lambda: w.make("cudaCreateSurfaceObject", array_resource(w))))


def library(w: World) -> int:
    """A library made of the program's own fat binary."""
    return int(w.keep("library", lambda: w.make("cudaLibraryLoadData", w.image, 0, 0, 0, 0, 0, 0)))


def library_kernel(w: World) -> int:
    """A kernel of that library."""
    return int(w.keep("kernel", lambda: w.make("cudaLibraryGetKernel", library(w), w.text(w.kernel))))


def launch_arguments(w: World) -> int:
    """The `(int*, int)` of a launch."""
    return w.pointers(w.address(ctypes.c_void_p(device_memory(w))), w.address(ctypes.c_int(1)))


def dim3(w: World, x: int = 1) -> Any:
    """A `dim3` of `x` by 1 by 1."""
    return w.record("dim3", x=x, y=1, z=1)


def launch_config(w: World) -> int:
    """A launch of one block in the program's stream."""
    return w.address(w.record("cudaLaunchConfig_t", gridDim=dim3(w), blockDim=dim3(w, 32), stream=stream(w)))


def kernel_parameters(w: World) -> int:
    """A kernel node's."""
    made = w.record("cudaKernelNodeParams", func=ctypes.addressof(w.stub), gridDim=dim3(w), blockDim=dim3(w, 32),
                    kernelParams=launch_arguments(w))
    return w.address(made)


def copy_parameters(w: World) -> int:
    """A copy of one row of 64 bytes from host to device."""
    made = w.record("cudaMemcpy3DParms", extent=extent(w, 64, 1, 1), kind=w.enum("cudaMemcpyHostToDevice"),
                    srcPtr__ptr=w.buffer(), srcPtr__pitch=64, srcPtr__xsize=64, srcPtr__ysize=1,
                    dstPtr__ptr=device_memory(w), dstPtr__pitch=64, dstPtr__xsize=64, dstPtr__ysize=1)
    return w.address(made)


def fill_parameters(w: World) -> int:
    """A memset node's."""
    return w.address(w.record("cudaMemsetParams", dst=device_memory(w), elementSize=1, width=64, height=1, value=3))


_HOST_FUNCTION = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
_do_nothing = _HOST_FUNCTION(lambda _: None)
do_nothing = ctypes.cast(_do_nothing, ctypes.c_void_p).value or 0


def host_parameters(w: World) -> int:
    """A host node's."""
    return w.address(w.record("cudaHostNodeParams", fn=do_nothing))


def allocation_parameters(w: World) -> int:
    """A memory allocation node's."""
    made = w.record("cudaMemAllocNodeParams", bytesize=64, poolProps__allocType=w.enum("cudaMemAllocationTypePinned"),
                    poolProps__location__type=w.enum("cudaMemLocationTypeDevice"))
    return w.address(made)


def child_graph(w: World) -> int:
    """A graph with one empty node."""

    def make() -> int:
        made = w.make("cudaGraphCreate", 0)
        w.make("cudaGraphAddEmptyNode", made, 0, 0)
        return made

    return int(w.keep("child graph", make))


_NODES: dict[str, Callable[[World], tuple[str, tuple[Any, ...]]]] = {
    "Kernel": lambda w: ("cudaGraphAddKernelNode", (kernel_parameters(w),)),
    "Memcpy": lambda w: ("cudaGraphAddMemcpyNode1D", (device_memory(w), w.buffer(), 64, w.enum("cudaMemcpyHostToDevice"))),
    "Memset": lambda w: ("cudaGraphAddMemsetNode", (fill_parameters(w),)),
    "Host": lambda w: ("cudaGraphAddHostNode", (host_parameters(w),)),
    "ChildGraph": lambda w: ("cudaGraphAddChildGraphNode", (child_graph(w),)),
    "EventRecord": lambda w: ("cudaGraphAddEventRecordNode", (event(w),)),
    "EventWait": lambda w: ("cudaGraphAddEventWaitNode", (event(w),)),
    "Symbol": lambda w: ("cudaGraphAddMemcpyNodeToSymbol",
                         (ctypes.addressof(w.shadow), w.buffer(), 4, 0, w.enum("cudaMemcpyHostToDevice"))),
}  # fmt: skip


def graph(w: World) -> int:
    """A graph with a node of each kind that this device can have in one."""

    def make() -> int:
        made = w.make("cudaGraphCreate", 0)
        for kind, parameters in _NODES.items():
            try:
                name, rest = parameters(w)
                node = w.make(name, made, 0, 0, *rest)
            except CallFailed:
                continue
            w.keep(f"node {kind}", partial(int, node))
        return made

    return int(w.keep("graph", make))


def allocation_graph(w: World) -> int:
    """A graph of a memory allocation and its release."""

    def make() -> int:
        made = w.make("cudaGraphCreate", 0)
        parameters = allocation_parameters(w)
        node = w.make("cudaGraphAddMemAllocNode", made, 0, 0, parameters)
        memory = w.types["cudaMemAllocNodeParams"].from_address(parameters).dptr
        w.keep("node MemAlloc", lambda: node)
        free = w.make("cudaGraphAddMemFreeNode", made, w.pointers(node), 1, memory)
        w.keep("node MemFree", lambda: free)
        return made

    return int(w.keep("allocation graph", make))


def node(w: World, kind: str) -> int:
    """A node of a kind. Raises `CallFailed` where the device's graphs have none."""
    allocation_graph(w) if kind.startswith("Mem") and kind[3:] in ("Alloc", "Free") else graph(w)
    return int(w.keep(f"node {kind}", lambda: _missing(kind)))


def _missing(kind: str) -> int:
    raise CallFailed(f"a {kind} node", 801)


def executable(w: World) -> int:
    """The graph, instantiated."""
    return int(w.keep("executable", lambda: w.make("cudaGraphInstantiate", graph(w), 0)))


def user_object(w: World) -> int:
    """A user object with one reference of the program's."""
    return w.make("cudaUserObjectCreate", w.buffer(64), do_nothing, 1, 1)

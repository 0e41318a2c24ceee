"""What single entries need beyond what the types of their parameters say."""

from __future__ import annotations

import ctypes
from typing import Any

from crosswarp.cuda_api_coverage.calling import objects as o
from crosswarp.cuda_api_coverage.calling.arguments import special
from crosswarp.cuda_api_coverage.calling.world import World

_PEER = 1  # the second device


def _number(value: int, kind: Any = ctypes.c_int) -> Any:
    return lambda w: w.address(kind(value))


def _bus_id(w: World) -> int:
    text = w.buffer(32)
    w.need("cudaDeviceGetPCIBusId", text, 32, 0)
    return text


def _capturing_stream(w: World) -> int:
    made = w.make("cudaStreamCreate")
    w.need("cudaStreamBeginCapture", made, w.enum("cudaStreamCaptureModeRelaxed"))
    return made


def _unused_stream(w: World) -> int:
    return w.make("cudaStreamCreate")


def _fatal(w: World) -> Any:
    return w.image




special("cudaDeviceGetByPCIBusId", pciBusId=_bus_id)
special("cudaDeviceGetPCIBusId", len=lambda _: 64)
special("cudaDeviceGetLimit", limit=lambda w: w.enum("cudaLimitStackSize"))
special("cudaSetValidDevices", device_arr=_number(0), len=lambda _: 1)
for entry in ("cudaDeviceGetP2PAttribute", "cudaDeviceGetP2PAtomicCapabilities"):
    special(entry, dstDevice=lambda _: _PEER)
for entry in ("cudaDeviceEnablePeerAccess", "cudaDeviceCanAccessPeer"):
    special(entry, peerDevice=lambda _: _PEER)


def _enabled_peer(w: World) -> int:
    w.need("cudaDeviceEnablePeerAccess", _PEER, 0)
    return _PEER


special("cudaDeviceDisablePeerAccess", peerDevice=_enabled_peer)
special("cudaDeviceSetMemPool", memPool=o.pool)


def _launch_params(w: World) -> int:
    made = w.record("cudaLaunchParams", func=ctypes.addressof(w.stub), gridDim=o.dim3(w), blockDim=o.dim3(w, 32),
                    args=o.launch_arguments(w), stream=o.stream(w))
    return w.address(made)


special("cudaLaunchCooperativeKernelMultiDevice", launchParamsList=_launch_params, numDevices=lambda _: 1)
special("cudaStreamEndCapture", stream=_capturing_stream)
special("cudaStreamBeginCaptureToGraph", stream=_unused_stream)
special("cudaStreamUpdateCaptureDependencies", stream=_capturing_stream)
special("cudaStreamUpdateCaptureDependencies_v2", stream=_capturing_stream)
special("cudaStreamDestroy", stream=_unused_stream)
special("cudaFreeHost", ptr=lambda w: w.make("cudaMallocHost", 64))
special("cudaFree", devPtr=o.fresh_memory)
special("cudaFreeAsync", devPtr=lambda w: w.make("cudaMallocAsync", 64, o.stream(w)))
special("cudaMallocManaged", flags=lambda _: 1)
special("cudaHostRegister", ptr=lambda w: w.buffer())


def _registered(w: World) -> int:
    memory = w.buffer()
    w.need("cudaHostRegister", memory, 4096, 0)
    return memory


special("cudaHostUnregister", ptr=_registered)
special("cudaHostGetFlags", pHost=o.pinned)
special("cudaStreamAttachMemAsync", devPtr=o.managed, length=lambda _: 0, flags=lambda _: 1)
for entry in ("cudaMemAdvise", "cudaMemAdvise_v2", "cudaMemPrefetchAsync", "cudaMemPrefetchAsync_v2", "cudaMemRangeGetAttribute",
              "cudaMemRangeGetAttributes"):
    special(entry, devPtr=o.managed)
special("cudaMemRangeGetAttribute", dataSize=lambda _: 4)


def _two_numbers(w: World) -> int:
    return w.address((ctypes.c_size_t * 1)(4))


special("cudaMemRangeGetAttributes", data=lambda w: w.pointers(w.buffer()), dataSizes=_two_numbers,
        attributes=lambda w: w.address(ctypes.c_int(w.enum("cudaMemRangeAttributeReadMostly"))))


def _shareable_pool(w: World) -> int:
    made = w.record("cudaMemPoolProps", allocType=w.enum("cudaMemAllocationTypePinned"),
                    handleTypes=w.enum("cudaMemHandleTypePosixFileDescriptor"),
                    location__type=w.enum("cudaMemLocationTypeDevice"))
    return int(w.keep("shareable pool", lambda: w.make("cudaMemPoolCreate", w.address(made))))


def _exported_pool(w: World) -> int:
    handle = ctypes.c_int()
    w.need("cudaMemPoolExportToShareableHandle", ctypes.addressof(handle), _shareable_pool(w),
           w.enum("cudaMemHandleTypePosixFileDescriptor"), 0)
    return int(handle.value)


def _pool_memory(w: World) -> int:
    made = w.make("cudaMallocFromPoolAsync", 64, _shareable_pool(w), o.stream(w))
    w.need("cudaStreamSynchronize", o.stream(w))
    return made


def _imported_pool(w: World) -> int:
    handle = _exported_pool(w)
    return w.make("cudaMemPoolImportFromShareableHandle", handle, w.enum("cudaMemHandleTypePosixFileDescriptor"), 0)


def _exported_pointer(w: World) -> int:
    data = w.buffer(64)
    w.need("cudaMemPoolExportPointer", data, _pool_memory(w))
    return data


special("cudaMemPoolExportToShareableHandle", memPool=_shareable_pool)
special("cudaMemPoolImportFromShareableHandle", shareableHandle=_exported_pool)
special("cudaMemPoolExportPointer", ptr=_pool_memory)
special("cudaMemPoolImportPointer", memPool=_imported_pool, exportData=_exported_pointer)
for entry in ("cudaMemGetDefaultMemPool", "cudaMemGetMemPool", "cudaMemSetMemPool"):
    special(entry, type=lambda w: w.enum("cudaMemAllocationTypePinned"),
            location=lambda w: w.address(w.record("cudaMemLocation", type=w.enum("cudaMemLocationTypeDevice"))))
special("cudaMemPoolGetAccess", location=lambda w: w.address(w.record("cudaMemLocation", type=w.enum("cudaMemLocationTypeDevice"))))
special("cudaMemPoolSetAccess", count=lambda _: 1)


def _ipc(maker: str, thing: Any, size: int = 64) -> Any:
    def make(w: World) -> Any:
        handle = w.record(f"cudaIpc{maker}Handle_t")
        w.need(f"cudaIpcGet{maker}Handle", ctypes.addressof(handle), thing(w))
        return handle

    return make


def _shared_event(w: World) -> int:
    return w.make("cudaEventCreateWithFlags", 2 | 4)


special("cudaIpcGetEventHandle", event=_shared_event)
special("cudaIpcOpenEventHandle", handle=_ipc("Event", _shared_event))
special("cudaIpcOpenMemHandle", handle=_ipc("Mem", o.device_memory), flags=lambda _: 1)


def _opened_memory(w: World) -> int:
    return w.make("cudaIpcOpenMemHandle", _ipc("Mem", o.device_memory)(w), 1)


special("cudaIpcCloseMemHandle", devPtr=_opened_memory)
special("cudaLibraryLoadData", code=_fatal, numJitOptions=lambda _: 0, numLibraryOptions=lambda _: 0)


def _file(w: World) -> int:
    return w.text(str(w.file))


special("cudaLibraryLoadFromFile", fileName=_file)
special("cudaLibraryGetKernel", name=lambda w: w.text(w.kernel))
special("cudaLibraryGetGlobal", name=lambda w: w.text(w.variable))
special("cudaLibraryGetManaged", name=lambda w: w.text(w.managed_variable))
special("cudaLibraryEnumerateKernels", numKernels=lambda _: 1)
special("cudaKernelSetAttributeForDevice", value=lambda _: 10)
special("cudaFuncSetAttribute", value=lambda _: 10)
for entry in ("cudaGetDriverEntryPoint", "cudaGetDriverEntryPointByVersion"):
    special(entry, symbol=lambda w: w.text("cuInit"), cudaVersion=lambda _: 12090)


def _log_listener(w: World) -> int:
    return w.make_last("cudaLogsRegisterCallback", o.do_nothing, 0)


special("cudaLogsUnregisterCallback", callback=_log_listener)
special("cudaLogsDumpToFile", pathToFile=lambda w: w.text("/dev/null"))
special("cudaLogsDumpToMemory", size=_number(512, ctypes.c_size_t))


def _notification(w: World) -> int:
    return w.make_last("cudaDeviceRegisterAsyncNotification", 0, o.do_nothing, 0)


special("cudaDeviceUnregisterAsyncNotification", callback=_notification)
for entry in ("cudaDeviceGetHostAtomicCapabilities", "cudaDeviceGetP2PAtomicCapabilities"):
    special(entry, count=lambda _: 1)
for entry in ("cudaFreeArray",):
    special(entry, array=lambda w: o.array(w, "freed array"))
special("cudaMemcpy2DArrayToArray", dst=lambda w: o.array(w, "other array"))
special("cudaMemcpyArrayToArray", dst=lambda w: o.array(w, "other array"))
for entry in ("cudaMemset2D", "cudaMemset2DAsync", "cudaMemcpy2D", "cudaMemcpy2DAsync"):
    special(entry, height=lambda _: 1)
special("cudaGraphExecUpdate", hGraph=o.graph)
special("cudaGraphDestroy", graph=lambda w: w.make("cudaGraphCreate", 0))


def _edge(end: int) -> Any:
    def make(w: World) -> int:
        o.graph(w)
        return w.pointers(o.node(w, ("Kernel", "Memset")[end]))

    return make


def _existing_edge(end: int) -> Any:
    def make(w: World) -> int:
        ends = [_edge(i)(w) for i in (0, 1)]
        w.keep("edge", lambda: w.need("cudaGraphAddDependencies", o.graph(w), ends[0], ends[1], 1))
        return int(ends[end])

    return make


special("cudaGraphAddDependencies", to=_edge(1), numDependencies=lambda _: 1)
special("cudaGraphRemoveDependencies", to=_existing_edge(1), numDependencies=lambda _: 1)
special("cudaGraphAddDependencies", **{"from": _edge(0)})
special("cudaGraphRemoveDependencies", **{"from": _existing_edge(0)})
special("cudaGraphAddChildGraphNode", childGraph=o.child_graph)
special("cudaGraphExecChildGraphNodeSetParams", childGraph=o.child_graph)
special("cudaGraphNodeFindInClone", clonedGraph=lambda w: w.make("cudaGraphClone", o.graph(w)))
special("cudaGraphDebugDotPrint", path=lambda w: w.text("/dev/null"))
special("cudaGraphAddMemFreeNode", graph=lambda w: w.make("cudaGraphCreate", 0))
special("cudaUserObjectCreate", initialRefcount=lambda _: 1, flags=lambda _: 1)
special("cudaUserObjectRetain", count=lambda _: 1)
special("cudaUserObjectRelease", count=lambda _: 1)
special("cudaGraphRetainUserObject", count=lambda _: 1)


def _retained(w: World) -> int:
    made = o.user_object(w)
    w.need("cudaGraphRetainUserObject", o.graph(w), made, 1, 0)
    return made


special("cudaGraphReleaseUserObject", object=_retained, count=lambda _: 1)


def _storable_array(w: World) -> int:
    return int(w.keep("storable array", lambda: w.make("cudaMallocArray", w.address(o.format_of_floats(w)), 16, 4, 2)))


def _storable_resource(w: World) -> int:
    made = w.record("cudaResourceDesc", resType=w.enum("cudaResourceTypeArray"), res__array__array=_storable_array(w))
    return w.address(made)


def _surface(w: World) -> int:
    return w.make("cudaCreateSurfaceObject", _storable_resource(w))


special("cudaCreateSurfaceObject", pResDesc=_storable_resource)
for entry in ("cudaDestroySurfaceObject", "cudaGetSurfaceObjectResourceDesc"):
    special(entry, surfObject=_surface)


def _viewed_texture(w: World) -> int:
    view = w.record("cudaResourceViewDesc", format=w.enum("cudaResViewFormatFloat1"), width=16, height=4)
    return w.make("cudaCreateTextureObject", o.array_resource(w), w.address(w.record("cudaTextureDesc")), w.address(view))


special("cudaGetTextureObjectResourceViewDesc", texObject=_viewed_texture)


def _unfreed(part: int) -> Any:
    """Of a graph with a memory allocation that it does not free: the graph, the node as a list of one, the memory."""

    def make(w: World) -> tuple[int, int, int]:
        graph = w.make("cudaGraphCreate", 0)
        parameters = o.allocation_parameters(w)
        node = w.make("cudaGraphAddMemAllocNode", graph, 0, 0, parameters)
        return graph, w.pointers(node), int(w.types["cudaMemAllocNodeParams"].from_address(parameters).dptr)

    return lambda w: w.keep("unfreed allocation", lambda: make(w))[part]


special("cudaGraphAddMemFreeNode", graph=_unfreed(0), pDependencies=_unfreed(1), dptr=_unfreed(2), numDependencies=lambda _: 1)


def _node_parameters(w: World) -> int:
    made = w.record("cudaGraphNodeParams", type=w.enum("cudaGraphNodeTypeKernel"))
    kernel = next(getattr(made, name) for name, _ in made._fields_ if name.startswith("anonymous")).kernel
    kernel.func = ctypes.addressof(w.stub)
    kernel.gridDim, kernel.blockDim, kernel.kernelParams = o.dim3(w), o.dim3(w, 32), o.launch_arguments(w)
    return w.address(made)


for entry in ("cudaGraphAddNode", "cudaGraphAddNode_v2", "cudaGraphNodeSetParams", "cudaGraphExecNodeSetParams"):
    special(entry, nodeParams=_node_parameters)


def _zeros(w: World) -> int:
    return w.address((ctypes.c_size_t * 1)(0))


def _sixteen(w: World) -> int:
    return w.address((ctypes.c_size_t * 1)(16))


def _in_stream_order(w: World) -> int:
    order = w.enum("cudaMemcpySrcAccessOrderStream")
    return w.address(w.record("cudaMemcpyAttributes", srcAccessOrder=order))


def _copy_operations(w: World) -> int:
    pointer, order = w.enum("cudaMemcpyOperandTypePointer"), w.enum("cudaMemcpySrcAccessOrderStream")
    made = w.record("cudaMemcpy3DBatchOp", src__type=pointer, src__op__ptr__ptr=w.make("cudaMalloc", 64), dst__type=pointer,
                    dst__op__ptr__ptr=o.device_memory(w), extent=o.extent(w, 16, 1, 1), srcAccessOrder=order)
    return w.address(made)


special("cudaMemcpyBatchAsync", dsts=lambda w: w.pointers(o.device_memory(w)), srcs=lambda w: w.pointers(w.make("cudaMalloc", 64)),
        sizes=_sixteen, count=lambda _: 1, attrs=_in_stream_order, attrsIdxs=_zeros, numAttrs=lambda _: 1)
special("cudaMemcpy3DBatchAsync", numOps=lambda _: 1, opList=_copy_operations)
for entry in ("cudaMemPrefetchBatchAsync", "cudaMemDiscardBatchAsync", "cudaMemDiscardAndPrefetchBatchAsync"):
    special(entry, dptrs=lambda w: w.pointers(o.managed(w)), sizes=_sixteen, count=lambda _: 1, prefetchLocIdxs=_zeros,
            prefetchLocs=lambda w: w.address(w.record("cudaMemLocation", type=w.enum("cudaMemLocationTypeDevice"))),
            numPrefetchLocs=lambda _: 1)

// driver_usual <device.so>: what programs of the driver API do every day: asynchronous memory, pools, events, graphs' edges, peers.
#include <cuda.h>

#include <cstdio>
#include <cstring>
#include <vector>

#include "harness.hpp"

static void memory(CUstream stream) {
  size_t available = 0, total = 0, whole = 0;
  OK(cuMemGetInfo(&available, &total));
  OK(cuDeviceTotalMem(&whole, 0));
  CHECK_EQ(total == whole && available <= total && total > 0, true);
  CUdeviceptr a = 0, b = 0;
  OK(cuMemAllocAsync(&a, 64, stream));
  OK(cuMemAllocAsync(&b, 64, stream));
  OK(cuMemsetD8Async(a, 0x11, 64, stream));
  OK(cuMemsetD16Async(a + 8, 0x2233, 4, stream));
  OK(cuMemsetD2D8Async(a + 16, 8, 0x44, 2, 3, stream));  // two bytes in each of three rows of eight
  OK(cuMemcpyAsync(b, a, 64, stream));
  unsigned char seen[64];
  OK(cuMemcpyDtoHAsync(seen, b, 64, stream));
  OK(cuStreamSynchronize(stream));
  CHECK_EQ(seen[7] == 0x11 && seen[8] == 0x33 && seen[9] == 0x22 && seen[15] == 0x22, true);
  CHECK_EQ(seen[16] == 0x44 && seen[17] == 0x44 && seen[18] == 0x11 && seen[32] == 0x44 && seen[40] == 0x11, true);
  CUDA_MEMCPY2D part{};  // two bytes of what was set by 16 bits, and of the second row
  part.srcMemoryType = CU_MEMORYTYPE_DEVICE, part.srcDevice = a, part.srcPitch = 16, part.srcXInBytes = 8;
  part.dstMemoryType = CU_MEMORYTYPE_HOST, part.dstHost = seen, part.dstPitch = 2, part.WidthInBytes = 2, part.Height = 2;
  OK(cuMemcpy2DAsync(&part, stream));
  OK(cuMemFreeAsync(a, stream));
  OK(cuMemFreeAsync(b, stream));
  OK(cuStreamSynchronize(stream));
  CHECK_EQ(seen[0] == 0x33 && seen[1] == 0x22 && seen[2] == 0x44 && seen[3] == 0x44, true);
}

static void registered() {
  std::vector<int> values(4096, 5);
  CUdeviceptr there = 0;
  OK(cuMemHostRegister(values.data(), 4 * values.size(), CU_MEMHOSTREGISTER_DEVICEMAP));
  OK(cuMemHostGetDevicePointer(&there, values.data(), 0));
  OK(cuMemsetD32(there, 9, 2));
  CHECK_EQ(values[0] == 9 && values[1] == 9 && values[2] == 5, true);
  OK(cuMemHostUnregister(values.data()));
  CHECK_EQ(cuMemHostUnregister(values.data()), CUDA_ERROR_HOST_MEMORY_NOT_REGISTERED);
}

static void pools(CUstream stream) {
  CUmemPoolProps properties{};
  properties.allocType = CU_MEM_ALLOCATION_TYPE_PINNED;
  properties.location = {CU_MEM_LOCATION_TYPE_DEVICE, 0};
  CUmemoryPool pool = nullptr;
  OK(cuMemPoolCreate(&pool, &properties));
  cuuint64_t threshold = 1 << 20, kept = 0, used = 7;
  OK(cuMemPoolSetAttribute(pool, CU_MEMPOOL_ATTR_RELEASE_THRESHOLD, &threshold));
  OK(cuMemPoolGetAttribute(pool, CU_MEMPOOL_ATTR_RELEASE_THRESHOLD, &kept));
  CHECK_EQ(kept, threshold);
  CUmemAccessDesc access{properties.location, CU_MEM_ACCESS_FLAGS_PROT_READWRITE};
  CUmemAccess_flags flags = CU_MEM_ACCESS_FLAGS_PROT_NONE;
  OK(cuMemPoolSetAccess(pool, &access, 1));
  OK(cuMemPoolGetAccess(&flags, pool, &access.location));
  CHECK_EQ(flags, CU_MEM_ACCESS_FLAGS_PROT_READWRITE);
  CUdeviceptr memory = 0;
  OK(cuMemAllocFromPoolAsync(&memory, 4096, pool, stream));
  OK(cuMemFreeAsync(memory, stream));
  OK(cuStreamSynchronize(stream));
  OK(cuMemPoolTrimTo(pool, 0));
  OK(cuMemPoolGetAttribute(pool, CU_MEMPOOL_ATTR_USED_MEM_CURRENT, &used));
  CHECK_EQ(used, 0);
  OK(cuMemPoolDestroy(pool));
}

static void count(void* counter) { ++*static_cast<int*>(counter); }

static void order(CUstream stream) {
  CUstream other = nullptr;
  CUevent event = nullptr;
  int counter = 0;
  OK(cuStreamCreate(&other, CU_STREAM_NON_BLOCKING));
  OK(cuEventCreate(&event, CU_EVENT_DISABLE_TIMING));
  OK(cuLaunchHostFunc(stream, count, &counter));
  OK(cuEventRecord(event, stream));
  OK(cuStreamWaitEvent(other, event, 0));
  OK(cuLaunchHostFunc(other, count, &counter));
  OK(cuStreamSynchronize(other));
  CHECK_EQ(counter, 2);
  OK(cuEventQuery(event));
  OK(cuEventDestroy(event));
  OK(cuStreamDestroy(other));
}

static void edges(CUstream stream) {
  CUgraph graph = nullptr;
  CUgraphNode first = nullptr, second = nullptr, from = nullptr, to = nullptr;
  CUgraphExec ready = nullptr;
  size_t found = 1;
  int counter = 0;
  CUDA_HOST_NODE_PARAMS host{};
  host.fn = count, host.userData = &counter;
  OK(cuGraphCreate(&graph, 0));
  OK(cuGraphAddHostNode(&first, graph, nullptr, 0, &host));
  OK(cuGraphAddHostNode(&second, graph, nullptr, 0, &host));
  OK(cuGraphAddDependencies(graph, &first, &second, 1));
  OK(cuGraphGetEdges(graph, &from, &to, &found));
  CHECK_EQ(found == 1 && from == first && to == second, true);
  OK(cuGraphNodeGetDependencies(second, &from, &found));
  CHECK_EQ(found == 1 && from == first, true);
  OK(cuGraphNodeGetDependentNodes(first, &to, &found));
  CHECK_EQ(found == 1 && to == second, true);
  OK(cuGraphRemoveDependencies(graph, &first, &second, 1));
  OK(cuGraphGetEdges(graph, nullptr, nullptr, &found));
  CHECK_EQ(found, 0);
  OK(cuGraphInstantiate(&ready, graph, 0));
  OK(cuGraphLaunch(ready, stream));
  OK(cuStreamSynchronize(stream));
  CHECK_EQ(counter, 2);
  OK(cuGraphExecDestroy(ready));
  OK(cuGraphDestroy(graph));
}

static void peers() {
  int able = 0, rank = -1;
  CUcontext second = nullptr;
  OK(cuDeviceCanAccessPeer(&able, 0, 1));
  CHECK_EQ(able, 1);
  OK(cuDeviceGetP2PAttribute(&rank, CU_DEVICE_P2P_ATTRIBUTE_PERFORMANCE_RANK, 0, 1));
  CHECK_EQ(rank >= 0, true);
  OK(cuDevicePrimaryCtxRetain(&second, 1));
  OK(cuCtxEnablePeerAccess(second, 0));
  CHECK_EQ(cuCtxEnablePeerAccess(second, 0), CUDA_ERROR_PEER_ACCESS_ALREADY_ENABLED);
  OK(cuCtxDisablePeerAccess(second));
  OK(cuDevicePrimaryCtxRelease(1));
}

static void limits() {
  size_t before = 0, after = 0;
  OK(cuCtxGetLimit(&before, CU_LIMIT_PRINTF_FIFO_SIZE));
  OK(cuCtxSetLimit(CU_LIMIT_PRINTF_FIFO_SIZE, 2 * before));
  OK(cuCtxGetLimit(&after, CU_LIMIT_PRINTF_FIFO_SIZE));
  CHECK_EQ(after >= 2 * before, true);
}

static void on_one_device(const char* image, CUstream stream) {
  CUmodule module = nullptr;
  CUdeviceptr values = 0, sum = 0;
  CUDA_LAUNCH_PARAMS launch{};
  int found[4] = {};
  OK(cuModuleLoad(&module, image));
  OK(cuModuleGetFunction(&launch.function, module, "grid_sum"));
  OK(cuMemAlloc(&values, 4 * 64));
  OK(cuMemAlloc(&sum, sizeof found));
  void* arguments[] = {&values, &sum};
  launch.gridDimX = 4, launch.gridDimY = launch.gridDimZ = 1;
  launch.blockDimX = 16, launch.blockDimY = launch.blockDimZ = 1;
  launch.hStream = stream, launch.kernelParams = arguments;
  OK(cuLaunchCooperativeKernelMultiDevice(&launch, 1, 0));
  OK(cuStreamSynchronize(stream));
  OK(cuMemcpyDtoH(found, sum, sizeof found));
  for (int block = 0; block < 4; ++block) CHECK_EQ(found[block], 10 * block + 10);
  OK(cuMemFree(values));
  OK(cuMemFree(sum));
  OK(cuModuleUnload(module));
}

int main(int, char** argv) {
  CUcontext context = nullptr;
  CUstream stream = nullptr;
  OK(cuInit(0));
  OK(cuDevicePrimaryCtxRetain(&context, 0));
  OK(cuCtxSetCurrent(context));
  OK(cuStreamCreate(&stream, CU_STREAM_NON_BLOCKING));
  memory(stream);
  registered();
  pools(stream);
  order(stream);
  edges(stream);
  peers();
  limits();
  on_one_device(argv[1], stream);
  OK(cuStreamDestroy(stream));
  OK(cuDevicePrimaryCtxReset(0));
  std::puts("done");
}

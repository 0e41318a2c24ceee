// driver_memory: copies of rows, boxes and arrays, fills, pointers, virtual memory, memory operations of streams.
#include <cuda.h>
#include <unistd.h>

#include <cstring>
#include <thread>

#include "harness.hpp"

static void boxes() {
  unsigned char host[6][8], back[6][8] = {};
  for (int i = 0; i < 48; ++i) host[i / 8][i % 8] = static_cast<unsigned char>(i);
  CUdeviceptr memory = 0;
  size_t pitch = 0;
  OK(cuMemAllocPitch(&memory, &pitch, 8, 6, 4));
  CUDA_MEMCPY2D in{};
  in.srcMemoryType = CU_MEMORYTYPE_HOST;
  in.srcHost = host;
  in.srcPitch = 8;
  in.srcXInBytes = 2;
  in.srcY = 1;
  in.dstMemoryType = CU_MEMORYTYPE_DEVICE;
  in.dstDevice = memory;
  in.dstPitch = pitch;
  in.WidthInBytes = 4;
  in.Height = 3;
  OK(cuMemcpy2D(&in));
  CUDA_MEMCPY3D out{};
  out.srcMemoryType = CU_MEMORYTYPE_UNIFIED;
  out.srcDevice = memory;
  out.srcPitch = pitch;
  out.dstMemoryType = CU_MEMORYTYPE_HOST;
  out.dstHost = back;
  out.dstPitch = 8;
  out.dstHeight = 3;
  out.dstZ = 1;
  out.WidthInBytes = 4;
  out.Height = 3;
  out.Depth = 1;
  OK(cuMemcpy3DAsync(&out, nullptr));
  OK(cuCtxSynchronize());
  CHECK_EQ(back[3][0] == host[1][2] && back[5][3] == host[3][5] && back[2][0] == 0, true);
  in.srcPitch = 5;
  CHECK_EQ(cuMemcpy2D(&in), CUDA_ERROR_INVALID_VALUE);
  in.srcMemoryType = static_cast<CUmemorytype>(9);
  CHECK_EQ(cuMemcpy2D(&in), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQ(cuMemcpy2D(nullptr), CUDA_ERROR_INVALID_VALUE);
  OK(cuMemFree(memory));
}

static void arrays() {
  CUarray array = nullptr;
  const CUDA_ARRAY_DESCRIPTOR about{16, 0, CU_AD_FORMAT_SIGNED_INT16, 2};
  CUDA_ARRAY_DESCRIPTOR told{};
  int in[16], out[16] = {};
  for (int i = 0; i < 16; ++i) in[i] = i;
  OK(cuArrayCreate(&array, &about));
  OK(cuArrayGetDescriptor(&told, array));
  CHECK_EQ(told.Width == 16 && told.Height == 0 && told.Format == CU_AD_FORMAT_SIGNED_INT16 && told.NumChannels == 2, true);
  OK(cuMemcpyHtoA(array, 0, in, sizeof in));
  OK(cuMemcpyAtoH(out, array, 8, 24));
  CHECK_EQ(out[0] == 2 && out[5] == 7 && out[6] == 0, true);
  CHECK_EQ(cuMemcpyAtoH(out, array, 3, 4), CUDA_ERROR_INVALID_VALUE);  // not a whole element
  CHECK_EQ(cuMemcpyAtoH(out, array, 60, 8), CUDA_ERROR_INVALID_VALUE);
  OK(cuArrayDestroy(array));
  CHECK_EQ(cuArrayDestroy(array), CUDA_ERROR_INVALID_HANDLE);
  const CUDA_ARRAY_DESCRIPTOR wrong{16, 0, CU_AD_FORMAT_FLOAT, 3};
  CHECK_EQ(cuArrayCreate(&array, &wrong), CUDA_ERROR_INVALID_VALUE);
}

static void pointers() {
  CUdeviceptr memory = 0, base = 0;
  size_t bytes = 0;
  unsigned type = 0;
  unsigned long long id = 0, other = 0;
  OK(cuMemAlloc(&memory, 100));
  OK(cuMemGetAddressRange(&base, &bytes, memory + 50));
  CHECK_EQ(base == memory && bytes == 100, true);
  OK(cuPointerGetAttribute(&type, CU_POINTER_ATTRIBUTE_MEMORY_TYPE, memory + 99));
  CHECK_EQ(type, CU_MEMORYTYPE_DEVICE);
  OK(cuPointerGetAttribute(&id, CU_POINTER_ATTRIBUTE_BUFFER_ID, memory));
  OK(cuMemFree(memory));
  CHECK_EQ(cuMemGetAddressRange(&base, &bytes, memory), CUDA_ERROR_NOT_FOUND);
  CHECK_EQ(cuPointerGetAttribute(&type, CU_POINTER_ATTRIBUTE_MEMORY_TYPE, memory), CUDA_ERROR_INVALID_VALUE);
  OK(cuMemAlloc(&memory, 100));
  OK(cuPointerGetAttribute(&other, CU_POINTER_ATTRIBUTE_BUFFER_ID, memory));
  CHECK_EQ(id != other, true);
  int ordinal = 5;
  CUpointer_attribute wanted[] = {CU_POINTER_ATTRIBUTE_MEMORY_TYPE, CU_POINTER_ATTRIBUTE_DEVICE_ORDINAL};
  void* places[] = {&type, &ordinal};
  OK(cuPointerGetAttributes(2, wanted, places, reinterpret_cast<CUdeviceptr>(&type)));
  CHECK_EQ(type == 0 && ordinal == CU_DEVICE_INVALID, true);
  OK(cuPointerGetAttributes(2, wanted, places, memory));
  CHECK_EQ(type == CU_MEMORYTYPE_DEVICE && ordinal == 0, true);
  OK(cuMemsetD2D16(memory, 20, 0x0102, 3, 4));
  unsigned short rows[50];
  OK(cuMemcpyDtoH(rows, memory, 100));
  CHECK_EQ(rows[0] == 0x0102 && rows[12] == 0x0102 && rows[32] == 0x0102, true);
  CHECK_EQ(cuMemsetD32(memory + 2, 0, 1), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQ(cuMemAlloc(&memory, 0), CUDA_ERROR_INVALID_VALUE);
  OK(cuMemFree(memory));
}

static CUmemAllocationProp pinned() {
  CUmemAllocationProp properties{};
  properties.type = CU_MEM_ALLOCATION_TYPE_PINNED;
  properties.location = CUmemLocation{CU_MEM_LOCATION_TYPE_DEVICE, 0};
  properties.requestedHandleTypes = CU_MEM_HANDLE_TYPE_POSIX_FILE_DESCRIPTOR;
  return properties;
}

// Two pieces of physical memory beside each other, one of them at a second address too.
static void virtual_memory() {
  const CUmemAllocationProp properties = pinned();
  const CUmemAccessDesc access{properties.location, CU_MEM_ACCESS_FLAGS_PROT_READWRITE};
  size_t unit = 0;
  OK(cuMemGetAllocationGranularity(&unit, &properties, CU_MEM_ALLOC_GRANULARITY_MINIMUM));
  CUdeviceptr range = 0, second = 0;
  CUmemGenericAllocationHandle a = 0, b = 0, same = 0;
  OK(cuMemAddressReserve(&range, 4 * unit, 0, 0, 0));
  OK(cuMemAddressReserve(&second, unit, 8 * unit, 0, 0));
  CHECK_EQ(second % (8 * unit), 0);
  OK(cuMemCreate(&a, unit, &properties, 0));
  OK(cuMemCreate(&b, 2 * unit, &properties, 0));
  OK(cuMemMap(range, unit, 0, a, 0));
  OK(cuMemMap(range + unit, 2 * unit, 0, b, 0));
  CHECK_EQ(cuMemMap(range + unit, unit, 0, a, 0), CUDA_ERROR_INVALID_VALUE);        // taken
  CHECK_EQ(cuMemMap(range + 4 * unit, unit, 0, a, 0), CUDA_ERROR_INVALID_VALUE);    // not reserved
  CHECK_EQ(cuMemsetD32(range, 1, 4), CUDA_ERROR_INVALID_VALUE);                     // no access yet
  CHECK_EQ(cuMemSetAccess(range, 4 * unit, &access, 1), CUDA_ERROR_INVALID_VALUE);  // a part is not mapped
  OK(cuMemSetAccess(range, 3 * unit, &access, 1));
  unsigned long long flags = 0;
  OK(cuMemGetAccess(&flags, &properties.location, range + unit));
  CHECK_EQ(flags, CU_MEM_ACCESS_FLAGS_PROT_READWRITE);
  OK(cuMemsetD32(range, 7, 3 * unit / 4));  // over both
  CHECK_EQ(cuMemsetD32(range + unit, 7, 2 * unit / 4 + 1), CUDA_ERROR_INVALID_VALUE);
  OK(cuMemMap(second, unit, 0, a, 0));
  const CUmemAccessDesc reading{properties.location, CU_MEM_ACCESS_FLAGS_PROT_READ};
  OK(cuMemSetAccess(second, unit, &reading, 1));
  CHECK_EQ(cuMemsetD32(second, 7, 1), CUDA_ERROR_INVALID_VALUE);
  OK(cuMemRetainAllocationHandle(&same, reinterpret_cast<void*>(second + 5)));
  CHECK_EQ(same, a);
  OK(cuMemRelease(same));
  OK(cuMemRelease(a));
  CHECK_EQ(cuMemRelease(a), CUDA_ERROR_INVALID_VALUE);
  OK(harness::launch(&harness::add_value, 1, 5, 0, nullptr, reinterpret_cast<int*>(range), 1));
  int value = 0;
  OK(cuMemcpyDtoH(&value, second, 4));
  CHECK_EQ(value, 12);
  CHECK_EQ(cuMemAddressFree(range, 4 * unit), CUDA_ERROR_INVALID_VALUE);  // still mapped
  CHECK_EQ(cuMemUnmap(range, unit / 2), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQ(cuMemFree(range), CUDA_ERROR_INVALID_VALUE);
  OK(cuMemUnmap(range, 3 * unit));
  CHECK_EQ(cuMemcpyDtoH(&value, range, 4), CUDA_ERROR_INVALID_VALUE);
  OK(cuMemUnmap(second, unit));
  OK(cuMemAddressFree(range, 4 * unit));
  CHECK_EQ(cuMemAddressFree(range, 4 * unit), CUDA_ERROR_INVALID_VALUE);
  OK(cuMemAddressFree(second, unit));
  OK(cuMemRelease(b));
  CHECK_EQ(cuMemCreate(&a, unit + 1, &properties, 0), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQ(cuMemCreate(&a, size_t{1} << 60, &properties, 0), CUDA_ERROR_OUT_OF_MEMORY);
  CHECK_EQ(cuMemAddressReserve(&range, unit, 3, 0, 0), CUDA_ERROR_INVALID_VALUE);
}

// The same memory by a file descriptor, as another process would have it.
static void shared_file() {
  const CUmemAllocationProp properties = pinned();
  const CUmemAccessDesc access{properties.location, CU_MEM_ACCESS_FLAGS_PROT_READWRITE};
  size_t unit = 0;
  OK(cuMemGetAllocationGranularity(&unit, &properties, CU_MEM_ALLOC_GRANULARITY_RECOMMENDED));
  CUdeviceptr range = 0;
  CUmemGenericAllocationHandle made = 0, imported = 0;
  int file = -1;
  OK(cuMemCreate(&made, unit, &properties, 0));
  OK(cuMemExportToShareableHandle(&file, made, CU_MEM_HANDLE_TYPE_POSIX_FILE_DESCRIPTOR, 0));
  OK(cuMemImportFromShareableHandle(&imported, reinterpret_cast<void*>(static_cast<intptr_t>(file)),
                                    CU_MEM_HANDLE_TYPE_POSIX_FILE_DESCRIPTOR));
  close(file);
  CUmemAllocationProp told{};
  OK(cuMemGetAllocationPropertiesFromHandle(&told, imported));
  CHECK_EQ(told.location.id, 0);
  OK(cuMemAddressReserve(&range, 2 * unit, 0, 0, 0));
  OK(cuMemMap(range, unit, 0, made, 0));
  OK(cuMemMap(range + unit, unit, 0, imported, 0));
  OK(cuMemSetAccess(range, 2 * unit, &access, 1));
  OK(cuMemsetD32(range, 42, 1));
  int value = 0;
  OK(cuMemcpyDtoH(&value, range + unit, 4));
  CHECK_EQ(value, 42);
  OK(cuMemUnmap(range, 2 * unit));
  OK(cuMemAddressFree(range, 2 * unit));
  OK(cuMemRelease(made));
  OK(cuMemRelease(imported));
  CHECK_EQ(cuMemImportFromShareableHandle(&imported, reinterpret_cast<void*>(-1), CU_MEM_HANDLE_TYPE_POSIX_FILE_DESCRIPTOR),
           CUDA_ERROR_INVALID_VALUE);
}

static void memory_operations() {
  CUstream waits = nullptr, writes = nullptr;
  CUdeviceptr memory = 0;
  OK(cuStreamCreate(&waits, CU_STREAM_NON_BLOCKING));
  OK(cuStreamCreate(&writes, CU_STREAM_NON_BLOCKING));
  OK(cuMemAlloc(&memory, 16));
  OK(cuMemsetD32(memory, 0, 4));
  OK(cuStreamWaitValue32(waits, memory, 5, CU_STREAM_WAIT_VALUE_GEQ));
  OK(cuStreamWriteValue64(waits, memory + 8, 77, 0));
  CHECK_EQ(cuStreamQuery(waits), CUDA_ERROR_NOT_READY);
  CUstreamBatchMemOpParams list[2] = {};
  list[0].writeValue.operation = CU_STREAM_MEM_OP_WRITE_VALUE_32;
  list[0].writeValue.address = memory;
  list[0].writeValue.value = 6;
  list[1].waitValue.operation = CU_STREAM_MEM_OP_WAIT_VALUE_64;
  list[1].waitValue.address = memory + 8;
  list[1].waitValue.value64 = 77;
  list[1].waitValue.flags = CU_STREAM_WAIT_VALUE_EQ;
  OK(cuStreamBatchMemOp(writes, 2, list, 0));
  OK(cuStreamSynchronize(writes));
  OK(cuStreamSynchronize(waits));
  CHECK_EQ(cuStreamWaitValue32(waits, memory + 2, 0, 0), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQ(cuStreamWriteValue32(waits, 64, 0, 0), CUDA_ERROR_INVALID_VALUE);
  list[1].operation = static_cast<CUstreamBatchMemOpType>(50);
  CHECK_EQ(cuStreamBatchMemOp(writes, 2, list, 0), CUDA_ERROR_INVALID_VALUE);
  CUcontext context = nullptr, current = nullptr;
  OK(cuStreamGetCtx(waits, &context));
  OK(cuCtxGetCurrent(&current));
  CHECK_EQ(context == current, true);
  OK(cuStreamDestroy(waits));
  OK(cuStreamDestroy(writes));
  OK(cuMemFree(memory));
}

int main() {
  CUcontext context = nullptr;
  OK(cuInit(0));
  OK(cuCtxCreate(&context, 0, 0));
  boxes();
  arrays();
  pointers();
  virtual_memory();
  shared_file();
  memory_operations();
  OK(cuCtxDestroy(context));
  std::puts("done");
}

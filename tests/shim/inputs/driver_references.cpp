// driver_references <device.so>: texture references and objects, libraries and their kernels, green contexts, pools by place,
// waits.
#include <cuda.h>

#include <cstring>
#include <fstream>
#include <iterator>

#include "harness.hpp"

static CUarray make_array(size_t width, size_t height, unsigned flags = 0) {
  CUDA_ARRAY3D_DESCRIPTOR wanted{};
  wanted.Width = width;
  wanted.Height = height;
  wanted.Format = CU_AD_FORMAT_FLOAT;
  wanted.NumChannels = 1;
  wanted.Flags = flags;
  CUarray array = nullptr;
  OK(cuArray3DCreate(&array, &wanted));
  return array;
}

static void references() {
  CUtexref reference = nullptr;
  OK(cuTexRefCreate(&reference));
  CUaddress_mode address = CU_TR_ADDRESS_MODE_WRAP;
  OK(cuTexRefSetAddressMode(reference, 1, CU_TR_ADDRESS_MODE_MIRROR));
  OK(cuTexRefGetAddressMode(&address, reference, 1));
  CHECK_EQ(address, CU_TR_ADDRESS_MODE_MIRROR);
  CUfilter_mode filter = CU_TR_FILTER_MODE_POINT;
  OK(cuTexRefSetFilterMode(reference, CU_TR_FILTER_MODE_LINEAR));
  OK(cuTexRefGetFilterMode(&filter, reference));
  CHECK_EQ(filter, CU_TR_FILTER_MODE_LINEAR);
  unsigned flags = 0;
  OK(cuTexRefSetFlags(reference, CU_TRSF_NORMALIZED_COORDINATES));
  OK(cuTexRefGetFlags(&flags, reference));
  CHECK_EQ(flags & CU_TRSF_NORMALIZED_COORDINATES, CU_TRSF_NORMALIZED_COORDINATES);
  CUarray_format format = CU_AD_FORMAT_FLOAT;
  int channels = 0;
  OK(cuTexRefSetFormat(reference, CU_AD_FORMAT_UNSIGNED_INT8, 4));
  OK(cuTexRefGetFormat(&format, &channels, reference));
  CHECK_EQ(format == CU_AD_FORMAT_UNSIGNED_INT8 && channels == 4, true);
  int anisotropy = 0;
  OK(cuTexRefSetMaxAnisotropy(reference, 8));
  OK(cuTexRefGetMaxAnisotropy(&anisotropy, reference));
  CHECK_EQ(anisotropy, 8);
  float border[4] = {1, 2, 3, 4}, told[4] = {};
  OK(cuTexRefSetBorderColor(reference, border));
  OK(cuTexRefGetBorderColor(told, reference));
  CHECK_EQ(std::memcmp(border, told, sizeof border), 0);
  OK(cuTexRefSetMipmapFilterMode(reference, CU_TR_FILTER_MODE_LINEAR));
  OK(cuTexRefGetMipmapFilterMode(&filter, reference));
  CHECK_EQ(filter, CU_TR_FILTER_MODE_LINEAR);
  float bias = 0, least = 0, most = 0;
  OK(cuTexRefSetMipmapLevelBias(reference, 0.5f));
  OK(cuTexRefGetMipmapLevelBias(&bias, reference));
  CHECK_EQ(bias == 0.5f, true);
  OK(cuTexRefSetMipmapLevelClamp(reference, 1, 3));
  OK(cuTexRefGetMipmapLevelClamp(&least, &most, reference));
  CHECK_EQ(least == 1 && most == 3, true);
  CUdeviceptr memory = 0, address_told = 0;
  size_t offset = 9;
  OK(cuMemAlloc(&memory, 4096));
  OK(cuTexRefSetAddress(&offset, reference, memory, 1024));
  CHECK_EQ(offset, 0);
  OK(cuTexRefGetAddress(&address_told, reference));
  CHECK_EQ(address_told, memory);
  CUDA_ARRAY_DESCRIPTOR flat{16, 4, CU_AD_FORMAT_FLOAT, 1};
  OK(cuTexRefSetAddress2D(reference, &flat, memory, 512));
  CUDA_ARRAY3D_DESCRIPTOR shape{};
  shape.Width = shape.Height = 8;
  shape.Format = CU_AD_FORMAT_FLOAT;
  shape.NumChannels = 1;
  CUmipmappedArray levels = nullptr, bound = nullptr;
  OK(cuMipmappedArrayCreate(&levels, &shape, 2));
  OK(cuTexRefSetMipmappedArray(reference, levels, CU_TRSA_OVERRIDE_FORMAT));
  OK(cuTexRefGetMipmappedArray(&bound, reference));
  CHECK_SAME(bound, levels);
  OK(cuTexRefDestroy(reference));
  OK(cuMipmappedArrayDestroy(levels));
  OK(cuMemFree(memory));
}

static void objects() {
  CUarray array = make_array(8, 4, CUDA_ARRAY3D_SURFACE_LDST);
  CUDA_RESOURCE_DESC resource{}, told{};
  resource.resType = CU_RESOURCE_TYPE_ARRAY;
  resource.res.array.hArray = array;
  CUDA_TEXTURE_DESC reading{};
  CUDA_RESOURCE_VIEW_DESC view{}, seen{};
  view.format = CU_RES_VIEW_FORMAT_FLOAT_1X32;
  view.width = 8;
  view.height = 4;
  CUtexObject texture = 0;
  OK(cuTexObjectCreate(&texture, &resource, &reading, &view));
  OK(cuTexObjectGetResourceViewDesc(&seen, texture));
  CHECK_EQ(seen.format == CU_RES_VIEW_FORMAT_FLOAT_1X32 && seen.width == 8, true);
  OK(cuTexObjectDestroy(texture));
  CUsurfObject surface = 0;
  OK(cuSurfObjectCreate(&surface, &resource));
  OK(cuSurfObjectGetResourceDesc(&told, surface));
  CHECK_SAME(told.res.array.hArray, array);
  OK(cuSurfObjectDestroy(surface));
  OK(cuArrayDestroy(array));
}

static void libraries() {
  CUlibrary library = nullptr;
  OK(cuLibraryLoadData(&library, harness::wrapper.data, nullptr, nullptr, 0, nullptr, nullptr, 0));
  CUkernel kernel = nullptr;
  OK(cuLibraryGetKernel(&kernel, library, "add_value"));
  const char* name = nullptr;
  OK(cuKernelGetName(&name, kernel));
  CHECK_EQ(std::strcmp(name, "add_value"), 0);
  int bytes = 0;
  OK(cuKernelSetAttribute(CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES, 4096, kernel, 0));
  OK(cuKernelGetAttribute(&bytes, CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES, kernel, 0));
  CHECK_EQ(bytes, 4096);
  OK(cuKernelSetCacheConfig(kernel, CU_FUNC_CACHE_PREFER_L1, 0));
  OK(cuLibraryUnload(library));
  CUmodule module = nullptr;
  CUfunction function = nullptr;
  OK(cuModuleLoadFatBinary(&module, harness::wrapper.data));
  OK(cuModuleGetFunction(&function, module, "add_value"));
  OK(cuModuleUnload(module));
}

static void green_contexts() {
  CUdevResource all{}, had{};
  CUdevResourceDesc description = nullptr;
  CUgreenCtx green = nullptr;
  OK(cuDeviceGetDevResource(0, &all, CU_DEV_RESOURCE_TYPE_SM));
  OK(cuDevResourceGenerateDesc(&description, &all, 1));
  OK(cuGreenCtxCreate(&green, description, 0, CU_GREEN_CTX_DEFAULT_STREAM));
  OK(cuGreenCtxGetDevResource(green, &had, CU_DEV_RESOURCE_TYPE_SM));
  CHECK_EQ(had.sm.smCount, all.sm.smCount);
  unsigned long long id = 0;
  OK(cuGreenCtxGetId(green, &id));
  CHECK_EQ(id != 0, true);
  CUevent event = nullptr;
  OK(cuEventCreate(&event, 0));
  OK(cuGreenCtxRecordEvent(green, event));
  OK(cuGreenCtxWaitEvent(green, event));
  OK(cuEventSynchronize(event));
  OK(cuEventDestroy(event));
  OK(cuGreenCtxDestroy(green));
}

static void waits() {
  CUdeviceptr cell = 0;
  CUstream stream = nullptr, other = nullptr;
  OK(cuMemAlloc(&cell, 16));
  OK(cuMemsetD32(cell, 0, 4));
  OK(cuStreamCreate(&stream, CU_STREAM_NON_BLOCKING));
  OK(cuStreamCreate(&other, CU_STREAM_NON_BLOCKING));
  OK(cuStreamWaitValue64(stream, cell, 7, CU_STREAM_WAIT_VALUE_EQ));
  OK(cuMemsetD32Async(cell + 8, 5, 1, stream));
  CHECK_EQ(cuStreamQuery(stream), CUDA_ERROR_NOT_READY);
  OK(cuStreamWriteValue64(other, cell, 7, 0));
  OK(cuStreamSynchronize(stream));
  int value = 0;
  OK(cuMemcpyDtoH(&value, cell + 8, 4));
  CHECK_EQ(value, 5);
  OK(cuMemFree(cell));
  OK(cuStreamDestroy(stream));
  OK(cuStreamDestroy(other));
}

static void pools() {
  CUmemLocation here{CU_MEM_LOCATION_TYPE_DEVICE, 0};
  CUmemoryPool pool = nullptr, first = nullptr;
  OK(cuMemGetDefaultMemPool(&pool, &here, CU_MEM_ALLOCATION_TYPE_PINNED));
  OK(cuMemSetMemPool(&here, CU_MEM_ALLOCATION_TYPE_PINNED, pool));
  OK(cuMemGetMemPool(&first, &here, CU_MEM_ALLOCATION_TYPE_PINNED));
  CHECK_SAME(first, pool);
}

int main() {
  CUcontext context = nullptr, same = nullptr;
  OK(cuInit(0));
  OK(cuCtxCreate(&context, 0, 0));
  OK(cuCtxAttach(&same, 0));
  CHECK_SAME(same, context);
  OK(cuCtxDetach(same));  // of two uses one is left
  references();
  objects();
  libraries();
  green_contexts();
  waits();
  pools();
  OK(cuCtxDetach(context));
  CHECK_EQ(cuCtxDestroy(context), CUDA_ERROR_INVALID_CONTEXT);
  std::puts("done");
}

// Memory whose life follows a stream's order, and the pools it comes from.
#include "driver_api/entry.hpp"

using namespace cw::driver;

namespace {

cudaMemAllocationHandleType runtime_form(CUmemAllocationHandleType type) { return static_cast<cudaMemAllocationHandleType>(type); }

// Pools are of devices.
CUresult device_of(const CUmemLocation* location, CUmemAllocationType type, int* device) {
  if (location == nullptr || location->type == CU_MEM_LOCATION_TYPE_INVALID) return CUDA_ERROR_INVALID_VALUE;
  if (location->type != CU_MEM_LOCATION_TYPE_DEVICE || type != CU_MEM_ALLOCATION_TYPE_PINNED) return CUDA_ERROR_NOT_SUPPORTED;
  *device = location->id;
  return CUDA_SUCCESS;
}

}  // namespace

CUresult cuMemAllocAsync(CUdeviceptr* out, size_t bytes, CUstream stream) {
  return in_context([&] { return cudaMallocAsync(pointer_out(out), bytes, stream); });
}

CUresult cuMemAllocFromPoolAsync(CUdeviceptr* out, size_t bytes, CUmemoryPool pool, CUstream stream) {
  return in_context([&] { return cudaMallocFromPoolAsync(pointer_out(out), bytes, pool, stream); });
}

CUresult cuMemFreeAsync(CUdeviceptr memory, CUstream stream) {
  return in_context([&] { return cudaFreeAsync(pointer(memory), stream); });
}

CUresult cuDeviceGetDefaultMemPool(CUmemoryPool* out, CUdevice device) {
  return when_initialized([&] { return cudaDeviceGetDefaultMemPool(out, device); });
}

CUresult cuDeviceGetMemPool(CUmemoryPool* out, CUdevice device) {
  return when_initialized([&] { return cudaDeviceGetMemPool(out, device); });
}

CUresult cuDeviceSetMemPool(CUdevice device, CUmemoryPool pool) {
  return when_initialized([&] { return cudaDeviceSetMemPool(device, pool); });
}

CUresult cuMemGetDefaultMemPool(CUmemoryPool* out, CUmemLocation* location, CUmemAllocationType type) {
  int device = 0;
  const CUresult error = device_of(location, type, &device);
  return error == CUDA_SUCCESS ? cuDeviceGetDefaultMemPool(out, device) : error;
}

CUresult cuMemGetMemPool(CUmemoryPool* out, CUmemLocation* location, CUmemAllocationType type) {
  int device = 0;
  const CUresult error = device_of(location, type, &device);
  return error == CUDA_SUCCESS ? cuDeviceGetMemPool(out, device) : error;
}

CUresult cuMemSetMemPool(CUmemLocation* location, CUmemAllocationType type, CUmemoryPool pool) {
  int device = 0;
  const CUresult error = device_of(location, type, &device);
  return error == CUDA_SUCCESS ? cuDeviceSetMemPool(device, pool) : error;
}

CUresult cuMemPoolCreate(CUmemoryPool* out, const CUmemPoolProps* properties) {
  return when_initialized([&] { return cudaMemPoolCreate(out, same_layout<const cudaMemPoolProps>(properties)); });
}

CUresult cuMemPoolDestroy(CUmemoryPool pool) {
  return when_initialized([&] { return cudaMemPoolDestroy(pool); });
}

CUresult cuMemPoolGetAttribute(CUmemoryPool pool, CUmemPool_attribute attribute, void* value) {
  return when_initialized([&] { return cudaMemPoolGetAttribute(pool, static_cast<cudaMemPoolAttr>(attribute), value); });
}

CUresult cuMemPoolSetAttribute(CUmemoryPool pool, CUmemPool_attribute attribute, void* value) {
  return when_initialized([&] { return cudaMemPoolSetAttribute(pool, static_cast<cudaMemPoolAttr>(attribute), value); });
}

CUresult cuMemPoolGetAccess(CUmemAccess_flags* flags, CUmemoryPool pool, CUmemLocation* location) {
  return when_initialized(
      [&] { return cudaMemPoolGetAccess(same_layout<cudaMemAccessFlags>(flags), pool, same_layout<cudaMemLocation>(location)); });
}

CUresult cuMemPoolSetAccess(CUmemoryPool pool, const CUmemAccessDesc* list, size_t count) {
  return when_initialized([&] { return cudaMemPoolSetAccess(pool, same_layout<const cudaMemAccessDesc>(list), count); });
}

CUresult cuMemPoolTrimTo(CUmemoryPool pool, size_t bytes) {
  return when_initialized([&] { return cudaMemPoolTrimTo(pool, bytes); });
}

CUresult cuMemPoolExportToShareableHandle(void* out, CUmemoryPool pool, CUmemAllocationHandleType type, unsigned long long flags) {
  return when_initialized(
      [&] { return cudaMemPoolExportToShareableHandle(out, pool, runtime_form(type), static_cast<unsigned>(flags)); });
}

CUresult cuMemPoolImportFromShareableHandle(CUmemoryPool* out, void* handle, CUmemAllocationHandleType type,
                                            unsigned long long flags) {
  return when_initialized(
      [&] { return cudaMemPoolImportFromShareableHandle(out, handle, runtime_form(type), static_cast<unsigned>(flags)); });
}

CUresult cuMemPoolExportPointer(CUmemPoolPtrExportData* out, CUdeviceptr memory) {
  return in_context([&] { return cudaMemPoolExportPointer(same_layout<cudaMemPoolPtrExportData>(out), pointer(memory)); });
}

CUresult cuMemPoolImportPointer(CUdeviceptr* out, CUmemoryPool pool, CUmemPoolPtrExportData* data) {
  return in_context([&] { return cudaMemPoolImportPointer(pointer_out(out), pool, same_layout<cudaMemPoolPtrExportData>(data)); });
}

// Physical memory: handles, what they say about it, other processes.
#include "driver_api/virtual_memory/properties.hpp"

using namespace cw::driver;

namespace {

const cw::InternalVirtualMemory& memory() { return *internal().virtual_memory; }

}  // namespace

CUresult cuMemGetAllocationGranularity(size_t* out, const CUmemAllocationProp* properties, CUmemAllocationGranularity_flags kind) {
  return when_initialized([&] {
    const bool known = kind == CU_MEM_ALLOC_GRANULARITY_MINIMUM || kind == CU_MEM_ALLOC_GRANULARITY_RECOMMENDED;
    if (out == nullptr || !known) return CUDA_ERROR_INVALID_VALUE;
    const CUresult error = check_properties(properties);
    if (error != CUDA_SUCCESS) return error;
    *out = memory().granularity();
    return *out != 0 ? CUDA_SUCCESS : CUDA_ERROR_NOT_SUPPORTED;
  });
}

CUresult cuMemCreate(CUmemGenericAllocationHandle* out, size_t bytes, const CUmemAllocationProp* properties,
                     unsigned long long flags) {
  return when_initialized([&] {
    if (out == nullptr || flags != 0) return CUDA_ERROR_INVALID_VALUE;
    const CUresult error = check_properties(properties);
    if (error != CUDA_SUCCESS) return error;
    const bool shareable = properties->requestedHandleTypes != CU_MEM_HANDLE_TYPE_NONE;
    uint64_t handle = 0;
    const CUresult created = result(memory().create(properties->location.id, bytes, shareable, &handle));
    *out = handle;
    return created;
  });
}

CUresult cuMemRelease(CUmemGenericAllocationHandle handle) {
  return when_initialized([&] { return memory().release(handle); });
}

CUresult cuMemRetainAllocationHandle(CUmemGenericAllocationHandle* out, void* at) {
  return when_initialized([&] {
    uint64_t handle = 0;
    if (out == nullptr) return CUDA_ERROR_INVALID_VALUE;
    const CUresult error = result(memory().retain(at, &handle));
    if (error == CUDA_SUCCESS) *out = handle;
    return error;
  });
}

CUresult cuMemGetAllocationPropertiesFromHandle(CUmemAllocationProp* out, CUmemGenericAllocationHandle handle) {
  return when_initialized([&] {
    if (out == nullptr) return CUDA_ERROR_INVALID_VALUE;
    int device = 0;
    bool shareable = false;
    const CUresult error = result(memory().describe(handle, &device, &shareable));
    if (error != CUDA_SUCCESS) return error;
    *out = CUmemAllocationProp{};
    out->type = CU_MEM_ALLOCATION_TYPE_PINNED;
    out->location = CUmemLocation{CU_MEM_LOCATION_TYPE_DEVICE, device};
    out->requestedHandleTypes = shareable ? CU_MEM_HANDLE_TYPE_POSIX_FILE_DESCRIPTOR : CU_MEM_HANDLE_TYPE_NONE;
    return CUDA_SUCCESS;
  });
}

CUresult cuMemExportToShareableHandle(void* out, CUmemGenericAllocationHandle handle, CUmemAllocationHandleType type,
                                      unsigned long long flags) {
  return when_initialized([&] {
    if (out == nullptr || flags != 0) return CUDA_ERROR_INVALID_VALUE;
    if (type != CU_MEM_HANDLE_TYPE_POSIX_FILE_DESCRIPTOR) return CUDA_ERROR_NOT_SUPPORTED;
    return result(memory().export_file(handle, static_cast<int*>(out)));
  });
}

// `from` is the file descriptor itself, in the place of a pointer.
CUresult cuMemImportFromShareableHandle(CUmemGenericAllocationHandle* out, void* from, CUmemAllocationHandleType type) {
  return when_initialized([&] {
    if (out == nullptr) return CUDA_ERROR_INVALID_VALUE;
    if (type != CU_MEM_HANDLE_TYPE_POSIX_FILE_DESCRIPTOR) return CUDA_ERROR_NOT_SUPPORTED;
    uint64_t handle = 0;
    const CUresult error = result(memory().import_file(static_cast<int>(reinterpret_cast<intptr_t>(from)), &handle));
    if (error == CUDA_SUCCESS) *out = handle;
    return error;
  });
}

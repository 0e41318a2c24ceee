// Reserved addresses, what is mapped there, and who may use it.
#include "core/log.hpp"
#include "driver_api/virtual_memory/properties.hpp"

using namespace cw::driver;

namespace {

const cw::InternalVirtualMemory& memory() { return *internal().virtual_memory; }

bool is_access(CUmemAccess_flags flags) {
  return flags == CU_MEM_ACCESS_FLAGS_PROT_NONE || flags == CU_MEM_ACCESS_FLAGS_PROT_READ ||
         flags == CU_MEM_ACCESS_FLAGS_PROT_READWRITE;
}

}  // namespace

CUresult cuMemAddressReserve(CUdeviceptr* out, size_t bytes, size_t alignment, CUdeviceptr wish, unsigned long long flags) {
  return when_initialized(
      [&] { return flags != 0 ? cudaErrorInvalidValue : memory().reserve(bytes, alignment, pointer(wish), pointer_out(out)); });
}

CUresult cuMemAddressFree(CUdeviceptr base, size_t bytes) {
  return when_initialized([&] { return memory().unreserve(pointer(base), bytes); });
}

CUresult cuMemMap(CUdeviceptr at, size_t bytes, size_t offset, CUmemGenericAllocationHandle handle, unsigned long long flags) {
  return when_initialized([&] { return flags != 0 ? cudaErrorInvalidValue : memory().map(pointer(at), bytes, offset, handle); });
}

CUresult cuMemUnmap(CUdeviceptr at, size_t bytes) {
  return when_initialized([&] { return memory().unmap(pointer(at), bytes); });
}

CUresult cuMemSetAccess(CUdeviceptr at, size_t bytes, const CUmemAccessDesc* list, size_t count) {
  return when_initialized([&] {
    if (list == nullptr || count == 0) return CUDA_ERROR_INVALID_VALUE;
    for (size_t i = 0; i < count; ++i) {
      if (!is_access(list[i].flags)) return CUDA_ERROR_INVALID_VALUE;
      if (list[i].location.type != CU_MEM_LOCATION_TYPE_DEVICE) return CUDA_ERROR_NOT_SUPPORTED;
      const CUresult error = result(memory().set_access(pointer(at), bytes, list[i].location.id, list[i].flags));
      if (error != CUDA_SUCCESS) return error;
    }
    return CUDA_SUCCESS;
  });
}

CUresult cuMemGetAccess(unsigned long long* flags, const CUmemLocation* location, CUdeviceptr at) {
  return when_initialized([&] {
    if (flags == nullptr || location == nullptr) return CUDA_ERROR_INVALID_VALUE;
    if (location->type != CU_MEM_LOCATION_TYPE_DEVICE) return CUDA_ERROR_NOT_SUPPORTED;
    unsigned access = 0;
    const CUresult error = result(memory().access(pointer(at), location->id, &access));
    *flags = access;
    return error;
  });
}

// A file that stands for a range of memory needs a device driver that makes such files.
CUresult cuMemGetHandleForAddressRange(void* handle, CUdeviceptr at, size_t bytes, CUmemRangeHandleType, unsigned long long) {
  return when_initialized([&] {
    cw::InternalRange range;
    const bool known = internal().memory.range(pointer(at), &range);
    if (handle == nullptr || bytes == 0 || !known) return CUDA_ERROR_INVALID_VALUE;
    cw::say_unsupported("cuMemGetHandleForAddressRange");
    return CUDA_ERROR_NOT_SUPPORTED;
  });
}

// What is known about an address.
#include <cstring>

#include "driver_api/context/contexts.hpp"

using namespace cw::driver;

namespace {

template <typename T>
CUresult put(void* out, T value) {
  std::memcpy(out, &value, sizeof value);
  return CUDA_SUCCESS;
}

CUmemorytype memory_type(const cudaPointerAttributes& known) {
  return known.type == cudaMemoryTypeHost ? CU_MEMORYTYPE_HOST : CU_MEMORYTYPE_DEVICE;
}

// Attributes of memory that the runtime knows.
CUresult get(void* out, CUpointer_attribute attribute, const cudaPointerAttributes& known, const cw::InternalRange& range) {
  switch (attribute) {
    case CU_POINTER_ATTRIBUTE_CONTEXT:
      return put(out, range.mapped || range.stream_ordered ? nullptr : handle_of(primary_context(range.device)));
    case CU_POINTER_ATTRIBUTE_MEMORY_TYPE:
      return put(out, memory_type(known));
    case CU_POINTER_ATTRIBUTE_DEVICE_POINTER:
      return put(out, address(known.devicePointer));
    case CU_POINTER_ATTRIBUTE_HOST_POINTER:
      return known.hostPointer != nullptr ? put(out, known.hostPointer) : CUDA_ERROR_INVALID_VALUE;
    case CU_POINTER_ATTRIBUTE_SYNC_MEMOPS:
      return put(out, false);
    case CU_POINTER_ATTRIBUTE_BUFFER_ID:
    case CU_POINTER_ATTRIBUTE_MEMORY_BLOCK_ID:
      return put(out, static_cast<unsigned long long>(range.id));
    case CU_POINTER_ATTRIBUTE_IS_MANAGED:
      return put(out, known.type == cudaMemoryTypeManaged);
    case CU_POINTER_ATTRIBUTE_DEVICE_ORDINAL:
      return put(out, range.device);
    case CU_POINTER_ATTRIBUTE_IS_LEGACY_CUDA_IPC_CAPABLE:
      return put(out, known.type == cudaMemoryTypeDevice && !range.mapped && !range.stream_ordered);
    case CU_POINTER_ATTRIBUTE_RANGE_START_ADDR:
    case CU_POINTER_ATTRIBUTE_MAPPING_BASE_ADDR:
      return put(out, static_cast<CUdeviceptr>(range.base));
    case CU_POINTER_ATTRIBUTE_RANGE_SIZE:
    case CU_POINTER_ATTRIBUTE_MAPPING_SIZE:
      return put(out, range.bytes);
    case CU_POINTER_ATTRIBUTE_MAPPED:
      return put(out, true);
    case CU_POINTER_ATTRIBUTE_ALLOWED_HANDLE_TYPES:
      return put(out, static_cast<unsigned long long>(range.mapped ? CU_MEM_HANDLE_TYPE_POSIX_FILE_DESCRIPTOR : 0));
    case CU_POINTER_ATTRIBUTE_IS_GPU_DIRECT_RDMA_CAPABLE:
    case CU_POINTER_ATTRIBUTE_IS_HW_DECOMPRESS_CAPABLE:
      return put(out, false);
    case CU_POINTER_ATTRIBUTE_ACCESS_FLAGS:
      return put(out, range.mapped ? static_cast<int>(range.flags) : static_cast<int>(CU_POINTER_ATTRIBUTE_ACCESS_FLAG_READWRITE));
    case CU_POINTER_ATTRIBUTE_MEMPOOL_HANDLE: {
      cudaMemPool_t pool = nullptr;
      if (range.stream_ordered) cudaDeviceGetMemPool(&pool, range.device);
      return put(out, pool);
    }
    default:
      return CUDA_ERROR_INVALID_VALUE;
  }
}

// What any other address answers to cuPointerGetAttributes: nothing, and no device.
CUresult get_unknown(void* out, CUpointer_attribute attribute) {
  switch (attribute) {
    case CU_POINTER_ATTRIBUTE_DEVICE_ORDINAL:
      return put(out, static_cast<int>(CU_DEVICE_INVALID));
    case CU_POINTER_ATTRIBUTE_MEMORY_TYPE:
    case CU_POINTER_ATTRIBUTE_ACCESS_FLAGS:
      return put(out, 0u);
    case CU_POINTER_ATTRIBUTE_SYNC_MEMOPS:
    case CU_POINTER_ATTRIBUTE_IS_MANAGED:
    case CU_POINTER_ATTRIBUTE_IS_LEGACY_CUDA_IPC_CAPABLE:
    case CU_POINTER_ATTRIBUTE_MAPPED:
    case CU_POINTER_ATTRIBUTE_IS_GPU_DIRECT_RDMA_CAPABLE:
    case CU_POINTER_ATTRIBUTE_IS_HW_DECOMPRESS_CAPABLE:
      return put(out, false);
    case CU_POINTER_ATTRIBUTE_P2P_TOKENS:
      return CUDA_ERROR_INVALID_VALUE;
    default:
      return put(out, 0ull);
  }
}

CUresult describe(CUdeviceptr memory, cudaPointerAttributes* known, cw::InternalRange* range) {
  if (!internal().memory.range(pointer(memory), range)) return CUDA_ERROR_INVALID_VALUE;
  return result(cudaPointerGetAttributes(known, pointer(memory)));
}

}  // namespace

CUresult cuPointerGetAttribute(void* out, CUpointer_attribute attribute, CUdeviceptr memory) {
  return in_context([&] {
    cudaPointerAttributes known;
    cw::InternalRange range;
    if (out == nullptr || memory == 0) return CUDA_ERROR_INVALID_VALUE;
    const CUresult error = describe(memory, &known, &range);
    return error == CUDA_SUCCESS ? get(out, attribute, known, range) : error;
  });
}

CUresult cuPointerGetAttributes(unsigned count, CUpointer_attribute* attributes, void** out, CUdeviceptr memory) {
  return in_context([&] {
    cudaPointerAttributes known;
    cw::InternalRange range;
    if (count == 0 || attributes == nullptr || out == nullptr) return CUDA_ERROR_INVALID_VALUE;
    const bool found = describe(memory, &known, &range) == CUDA_SUCCESS;
    for (unsigned i = 0; i < count; ++i) {
      const CUresult error = found ? get(out[i], attributes[i], known, range) : get_unknown(out[i], attributes[i]);
      if (error != CUDA_SUCCESS && attributes[i] != CU_POINTER_ATTRIBUTE_HOST_POINTER) return error;
      if (error != CUDA_SUCCESS) put(out[i], static_cast<void*>(nullptr));
    }
    return CUDA_SUCCESS;
  });
}

// Copies to and from this memory are synchronous: they are ordered as CUDA asks for with or without it.
CUresult cuPointerSetAttribute(const void* value, CUpointer_attribute attribute, CUdeviceptr memory) {
  return in_context([&] {
    cw::InternalRange range;
    const bool known = value != nullptr && internal().memory.range(pointer(memory), &range);
    return known && attribute == CU_POINTER_ATTRIBUTE_SYNC_MEMOPS ? CUDA_SUCCESS : CUDA_ERROR_INVALID_VALUE;
  });
}

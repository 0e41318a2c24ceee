// Green contexts: contexts with a part of a device's processors. The parts are kept account of; work is not held to its part, so
// that it may use processors that nothing else uses.
#include <cstring>

#include "core/flat_map.hpp"
#include "core/sync.hpp"
#include "driver_api/context/contexts.hpp"

// Never freed: programs have no way to say that they need one no longer. One for each size of part.
struct CUdevResourceDesc_st : cw::Allocated {
  CUdevResource resource;
};

struct CUgreenCtx_st : cw::Allocated {
  cw::driver::Context* context;
  CUdevResource resource;
};

using namespace cw::driver;

namespace {

struct Table {
  cw::Mutex mutex;
  cw::Vector<CUdevResourceDesc> descriptions;
  cw::FlatMap<const void*, cw::Owned<CUgreenCtx_st>> contexts;
  cw::FlatMap<unsigned long long, CUgreenCtx> streams;  // by their ids, which do not come back
};

alignas(Table) unsigned char storage[sizeof(Table)];
pthread_once_t once = PTHREAD_ONCE_INIT;

Table& table() {
  pthread_once(&once, [] { new (static_cast<void*>(storage)) Table(); });
  return *reinterpret_cast<Table*>(storage);
}

// The device stands where NVIDIA's library keeps its own notes.
int device_of(const CUdevResource& resource) {
  int device = 0;
  std::memcpy(&device, resource._internal_padding, sizeof device);
  return device;
}

CUdevResource processors(int device, unsigned count) {
  CUdevResource resource{};
  resource.type = CU_DEV_RESOURCE_TYPE_SM;
  resource.sm.smCount = count;
  std::memcpy(resource._internal_padding, &device, sizeof device);
  return resource;
}

CUresult all_processors(int device, CUdevResource* out) {
  int count = 0;
  const CUresult error = result(cudaDeviceGetAttribute(&count, cudaDevAttrMultiProcessorCount, device));
  *out = processors(device, static_cast<unsigned>(count));
  return error;
}

CUresult check_type(const CUdevResource* out, CUdevResourceType type) {
  if (out == nullptr) return CUDA_ERROR_INVALID_VALUE;
  return type == CU_DEV_RESOURCE_TYPE_SM ? CUDA_SUCCESS : CUDA_ERROR_INVALID_RESOURCE_TYPE;
}

// Runs `body(green context)`.
template <typename Body>
CUresult on_green(CUgreenCtx handle, Body body) {
  return when_initialized([&]() -> CUresult {
    cw::Lock lock(table().mutex);
    auto* found = table().contexts.find(handle);
    return found != nullptr ? body(**found) : CUDA_ERROR_INVALID_CONTEXT;
  });
}

// The context behind a handle, outside of the table's lock; null for a stale one.
CUcontext context_of(CUgreenCtx handle) {
  CUcontext context = nullptr;
  on_green(handle, [&](CUgreenCtx_st& green) {
    context = handle_of(green.context);
    return CUDA_SUCCESS;
  });
  return context;
}

}  // namespace

CUresult cuDeviceGetDevResource(CUdevice device, CUdevResource* out, CUdevResourceType type) {
  return when_initialized([&] {
    if (!is_device(device)) return CUDA_ERROR_INVALID_DEVICE;
    const CUresult error = check_type(out, type);
    return error == CUDA_SUCCESS ? all_processors(device, out) : error;
  });
}

CUresult cuCtxGetDevResource(CUcontext handle, CUdevResource* out, CUdevResourceType type) {
  return when_initialized([&] {
    Context* context = find_context(handle);
    const CUresult error = check_type(out, type);
    if (context == nullptr || error != CUDA_SUCCESS) return context == nullptr ? CUDA_ERROR_INVALID_CONTEXT : error;
    return context->green != nullptr ? cuGreenCtxGetDevResource(context->green, out, type) : all_processors(context->device, out);
  });
}

// Without a list only the number of parts is asked for.
CUresult cuDevSmResourceSplitByCount(CUdevResource* parts, unsigned* count, const CUdevResource* from, CUdevResource* rest,
                                     unsigned flags, unsigned least) {
  return when_initialized([&] {
    constexpr unsigned known =
        CU_DEV_SM_RESOURCE_SPLIT_IGNORE_SM_COSCHEDULING | CU_DEV_SM_RESOURCE_SPLIT_MAX_POTENTIAL_CLUSTER_SIZE;
    if (count == nullptr || from == nullptr || (flags & ~known) != 0) return CUDA_ERROR_INVALID_VALUE;
    if (from->type != CU_DEV_RESOURCE_TYPE_SM) return CUDA_ERROR_INVALID_RESOURCE_TYPE;
    const unsigned size = least != 0 ? least : 1;
    if (size > from->sm.smCount) return CUDA_ERROR_INVALID_RESOURCE_CONFIGURATION;
    const unsigned most = from->sm.smCount / size;
    const unsigned made = parts != nullptr && *count < most ? *count : most;
    for (unsigned i = 0; parts != nullptr && i < made; ++i) parts[i] = processors(device_of(*from), size);
    if (rest != nullptr) *rest = processors(device_of(*from), from->sm.smCount - made * size);
    *count = made;
    return CUDA_SUCCESS;
  });
}

CUresult cuDevResourceGenerateDesc(CUdevResourceDesc* out, CUdevResource* list, unsigned count) {
  return when_initialized([&] {
    if (out == nullptr || list == nullptr || count == 0) return CUDA_ERROR_INVALID_VALUE;
    unsigned sum = 0;
    for (unsigned i = 0; i < count; ++i) {
      if (list[i].type != CU_DEV_RESOURCE_TYPE_SM) return CUDA_ERROR_INVALID_RESOURCE_TYPE;
      if (list[i].sm.smCount == 0 || device_of(list[i]) != device_of(list[0])) return CUDA_ERROR_INVALID_RESOURCE_CONFIGURATION;
      sum += list[i].sm.smCount;
    }
    const CUdevResource whole = processors(device_of(list[0]), sum);
    cw::Lock lock(table().mutex);
    for (CUdevResourceDesc known : table().descriptions) {
      if (std::memcmp(&known->resource, &whole, sizeof whole) == 0) *out = known;
      if (std::memcmp(&known->resource, &whole, sizeof whole) == 0) return CUDA_SUCCESS;
    }
    *out = table().descriptions.push(new CUdevResourceDesc_st);
    (*out)->resource = whole;
    return CUDA_SUCCESS;
  });
}

CUresult cuGreenCtxCreate(CUgreenCtx* out, CUdevResourceDesc description, CUdevice device, unsigned flags) {
  return when_initialized([&] {
    if (out == nullptr || description == nullptr || flags != CU_GREEN_CTX_DEFAULT_STREAM) return CUDA_ERROR_INVALID_VALUE;
    if (!is_device(device) || device_of(description->resource) != device) return CUDA_ERROR_INVALID_DEVICE;
    cw::Owned<CUgreenCtx_st> green(new CUgreenCtx_st);
    green->context = create_context(device, 0);
    green->context->green = green.get();
    green->resource = description->resource;
    *out = green.get();
    cw::Lock lock(table().mutex);
    table().contexts.set(*out, static_cast<cw::Owned<CUgreenCtx_st>&&>(green));
    return CUDA_SUCCESS;
  });
}

CUresult cuGreenCtxDestroy(CUgreenCtx handle) {
  return on_green(handle, [&](CUgreenCtx_st& green) {
    destroy_context(green.context);
    for (size_t i = table().streams.size(); i-- > 0;) {
      if (table().streams.begin()[i].value == handle) table().streams.erase(table().streams.begin()[i].key);
    }
    table().contexts.erase(handle);
    return CUDA_SUCCESS;
  });
}

CUresult cuCtxFromGreenCtx(CUcontext* out, CUgreenCtx handle) {
  return on_green(handle, [&](CUgreenCtx_st& green) {
    if (out == nullptr) return CUDA_ERROR_INVALID_VALUE;
    *out = handle_of(green.context);
    return CUDA_SUCCESS;
  });
}

CUresult cuGreenCtxGetDevResource(CUgreenCtx handle, CUdevResource* out, CUdevResourceType type) {
  return on_green(handle, [&](CUgreenCtx_st& green) {
    const CUresult error = check_type(out, type);
    if (error == CUDA_SUCCESS) *out = green.resource;
    return error;
  });
}

CUresult cuGreenCtxGetId(CUgreenCtx handle, unsigned long long* id) {
  return on_green(handle, [&](CUgreenCtx_st& green) {
    if (id == nullptr) return CUDA_ERROR_INVALID_VALUE;
    *id = green.context->id;
    return CUDA_SUCCESS;
  });
}

CUresult cuGreenCtxRecordEvent(CUgreenCtx handle, CUevent event) { return cuCtxRecordEvent(context_of(handle), event); }
CUresult cuGreenCtxWaitEvent(CUgreenCtx handle, CUevent event) { return cuCtxWaitEvent(context_of(handle), event); }

CUresult cuGreenCtxStreamCreate(CUstream* out, CUgreenCtx handle, unsigned flags, int priority) {
  if (out == nullptr || flags != CU_STREAM_NON_BLOCKING) return CUDA_ERROR_INVALID_VALUE;
  return in_other_context(context_of(handle), [&] {
    unsigned long long id = 0;
    cudaError_t error = cudaStreamCreateWithPriority(out, flags, priority);
    if (error == cudaSuccess) error = cudaStreamGetId(*out, &id);
    if (error != cudaSuccess) return error;
    cw::Lock lock(table().mutex);
    table().streams.set(id, handle);
    return cudaSuccess;
  });
}

CUresult cuStreamGetGreenCtx(CUstream stream, CUgreenCtx* out) {
  return in_context([&] {
    unsigned long long id = 0;
    if (out == nullptr) return CUDA_ERROR_INVALID_VALUE;
    const CUresult error = result(cudaStreamGetId(stream, &id));
    if (error != CUDA_SUCCESS) return error;
    cw::Lock lock(table().mutex);
    CUgreenCtx* found = table().streams.find(id);
    *out = found != nullptr ? *found : nullptr;
    return CUDA_SUCCESS;
  });
}

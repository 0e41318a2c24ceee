// Launches as before CUDA 4: the function itself keeps the shape of its blocks and its arguments.
#include <cstring>

#include "core/flat_map.hpp"
#include "core/sync.hpp"
#include "driver_api/launch/arguments.hpp"

using namespace cw::driver;

namespace {

struct Prepared {
  dim3 block{1, 1, 1};
  unsigned shared = 0;
  cw::Vector<char> arguments;
};

struct Table {
  cw::Mutex mutex;
  cw::FlatMap<const void*, Prepared> functions;
};

alignas(Table) unsigned char storage[sizeof(Table)];
pthread_once_t once = PTHREAD_ONCE_INIT;

Table& table() {
  pthread_once(&once, [] { new (static_cast<void*>(storage)) Table(); });
  return *reinterpret_cast<Table*>(storage);
}

// Runs `body(Prepared&)` for a function that exists.
template <typename Body>
CUresult prepare(CUfunction function, Body body) {
  return in_context([&] {
    cw::Module* module = nullptr;
    const CUresult error = result(internal().modules.of_kernel(stub(function), &module));
    if (error != CUDA_SUCCESS) return error;
    cw::Lock lock(table().mutex);
    if (table().functions.find(function) == nullptr) table().functions.set(function, Prepared());
    return body(*table().functions.find(function));
  });
}

CUresult put(CUfunction function, int offset, const void* data, unsigned bytes) {
  return prepare(function, [&](Prepared& prepared) {
    if (offset < 0 || (data == nullptr && bytes != 0)) return CUDA_ERROR_INVALID_VALUE;
    const size_t end = static_cast<size_t>(offset) + bytes;
    if (prepared.arguments.size() < end) prepared.arguments.resize(end);
    std::memcpy(prepared.arguments.data() + offset, data, bytes);
    return CUDA_SUCCESS;
  });
}

CUresult launch_grid(CUfunction function, int width, int height, CUstream stream) {
  if (width <= 0 || height <= 0) return CUDA_ERROR_INVALID_VALUE;
  return prepare(function, [&](Prepared& prepared) {
    const dim3 grid(static_cast<unsigned>(width), static_cast<unsigned>(height));
    const cudaLaunchConfig_t config{grid, prepared.block, prepared.shared, stream, nullptr, 0};
    return result(internal().launch_packed(stub(function), &config, prepared.arguments.data(), prepared.arguments.size()));
  });
}

}  // namespace

CUresult cuFuncSetBlockShape(CUfunction function, int x, int y, int z) {
  return prepare(function, [&](Prepared& prepared) {
    if (x <= 0 || y <= 0 || z <= 0) return CUDA_ERROR_INVALID_VALUE;
    prepared.block = dim3(static_cast<unsigned>(x), static_cast<unsigned>(y), static_cast<unsigned>(z));
    return CUDA_SUCCESS;
  });
}

CUresult cuFuncSetSharedSize(CUfunction function, unsigned bytes) {
  return prepare(function, [&](Prepared& prepared) {
    prepared.shared = bytes;
    return CUDA_SUCCESS;
  });
}

CUresult cuFuncSetSharedMemConfig(CUfunction function, CUsharedconfig config) {
  return in_context([&] { return cudaFuncSetSharedMemConfig(stub(function), static_cast<cudaSharedMemConfig>(config)); });
}

CUresult cuParamSetSize(CUfunction function, unsigned bytes) {
  return prepare(function, [&](Prepared& prepared) {
    prepared.arguments.resize(bytes);
    return CUDA_SUCCESS;
  });
}

CUresult cuParamSeti(CUfunction function, int offset, unsigned value) { return put(function, offset, &value, sizeof value); }
CUresult cuParamSetf(CUfunction function, int offset, float value) { return put(function, offset, &value, sizeof value); }
CUresult cuParamSetv(CUfunction function, int offset, void* data, unsigned bytes) { return put(function, offset, data, bytes); }

CUresult cuLaunch(CUfunction function) { return launch_grid(function, 1, 1, nullptr); }
CUresult cuLaunchGrid(CUfunction function, int width, int height) { return launch_grid(function, width, height, nullptr); }
CUresult cuLaunchGridAsync(CUfunction function, int width, int height, CUstream stream) {
  return launch_grid(function, width, height, stream);
}

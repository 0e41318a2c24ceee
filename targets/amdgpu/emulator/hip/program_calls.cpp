// What programs compiled by clang's HIP mode call with host stubs and host variables in place of handles.
#include "emulator/hip/call.hpp"
#include "emulator/hip/copies.hpp"
#include "emulator/hip/launch.hpp"
#include "emulator/hip/program.hpp"

namespace cw::amdhip {

extern "C" int hipFuncGetAttribute(int* value, int attribute, void* handle);
extern "C" int hipModuleOccupancyMaxActiveBlocksPerMultiprocessor(int* blocks, void* handle, int threads, size_t dynamic_lds);
extern "C" int hipModuleOccupancyMaxPotentialBlockSize(int* grid, int* threads, void* handle, size_t dynamic_lds, int limit);

namespace {

struct Dim3 {
  unsigned x, y, z;
};

struct Configuration {
  Dim3 grid, block;
  size_t lds;
  void* stream;
};
thread_local Configuration pushed;  // between <<<>>> and the stub that it calls

int launch_stub(const void* host, const Dim3& grid, const Dim3& block, void** parameters, size_t lds, void* stream,
                bool cooperative) {
  return answer([&] {
    Function* function = nullptr;
    const Error error = announced_function(host, &function);
    if (error != hipSuccess) return error;
    const Shape shape = {{grid.x, grid.y, grid.z}, {block.x, block.y, block.z}, static_cast<unsigned>(lds), cooperative};
    return launch(*function, shape, stream, Arguments{parameters, nullptr});
  });
}

// The other entry point, with the function's handle.
template <typename Call>
int with_function(const void* host, Call call) {
  Function* function = nullptr;
  const Error error = announced_function(host, &function);
  return error == hipSuccess ? call(function) : remember(error);
}

int copy_symbol(const void* symbol, size_t bytes, size_t offset, void* other, bool to_symbol, int kind, void* stream, bool now) {
  return answer([&] {
    void* address = nullptr;
    size_t size = 0;
    const Error error = announced_variable(symbol, &address, &size);
    if (error != hipSuccess) return error;
    if (offset > size || bytes > size - offset) return hipErrorInvalidValue;
    char* place = static_cast<char*>(address) + offset;
    return copy(to_symbol ? Copy::plain(place, other, bytes) : Copy::plain(other, place, bytes), kind, stream, now);
  });
}

// hipFuncAttributes.
struct FunctionAttributes {
  int binary_version, cache_mode;
  size_t constant_bytes, local_bytes;
  int max_dynamic_shared, max_threads, registers, carveout, ptx_version;
  size_t shared_bytes;
};

}  // namespace

HIP_API int __hipPushCallConfiguration(Dim3 grid, Dim3 block, size_t lds, void* stream) {
  pushed = Configuration{grid, block, lds, stream};
  return hipSuccess;
}
HIP_API int __hipPopCallConfiguration(Dim3* grid, Dim3* block, size_t* lds, void** stream) {
  *grid = pushed.grid;
  *block = pushed.block;
  *lds = pushed.lds;
  *stream = pushed.stream;
  return hipSuccess;
}
HIP_API int hipLaunchKernel(const void* host, Dim3 grid, Dim3 block, void** parameters, size_t lds, void* stream) {
  return launch_stub(host, grid, block, parameters, lds, stream, false);
}
HIP_API int hipLaunchCooperativeKernel(const void* host, Dim3 grid, Dim3 block, void** parameters, unsigned lds, void* stream) {
  return launch_stub(host, grid, block, parameters, lds, stream, true);
}

HIP_API int hipMemcpyToSymbol(const void* symbol, const void* src, size_t bytes, size_t offset, int kind) {
  return copy_symbol(symbol, bytes, offset, const_cast<void*>(src), true, kind, nullptr, true);
}
HIP_API int hipMemcpyToSymbolAsync(const void* symbol, const void* src, size_t bytes, size_t offset, int kind, void* stream) {
  return copy_symbol(symbol, bytes, offset, const_cast<void*>(src), true, kind, stream, false);
}
HIP_API int hipMemcpyFromSymbol(void* dst, const void* symbol, size_t bytes, size_t offset, int kind) {
  return copy_symbol(symbol, bytes, offset, dst, false, kind, nullptr, true);
}
HIP_API int hipMemcpyFromSymbolAsync(void* dst, const void* symbol, size_t bytes, size_t offset, int kind, void* stream) {
  return copy_symbol(symbol, bytes, offset, dst, false, kind, stream, false);
}
HIP_API int hipGetSymbolAddress(void** address, const void* symbol) {
  size_t bytes = 0;
  return answer([&] { return announced_variable(symbol, address, &bytes); });
}
HIP_API int hipGetSymbolSize(size_t* bytes, const void* symbol) {
  void* address = nullptr;
  return answer([&] { return announced_variable(symbol, &address, bytes); });
}

HIP_API int hipGetFuncBySymbol(void** out, const void* host) {
  return with_function(host, [&](Function* function) {
    *out = function;
    return 0;
  });
}
HIP_API int hipFuncGetAttributes(FunctionAttributes* out, const void* host) {
  return with_function(host, [&](Function* function) {
    int value[9] = {};
    for (int i = 0; i < 9; ++i) hipFuncGetAttribute(&value[i], i, function);
    *out = FunctionAttributes{value[6], 0, 0,        static_cast<size_t>(value[3]), value[8], value[0],
                              value[4], 0, value[5], static_cast<size_t>(value[1])};
    return 0;
  });
}
HIP_API int hipOccupancyMaxActiveBlocksPerMultiprocessor(int* blocks, const void* host, int threads, size_t lds) {
  return with_function(
      host, [&](Function* function) { return hipModuleOccupancyMaxActiveBlocksPerMultiprocessor(blocks, function, threads, lds); });
}
HIP_API int hipOccupancyMaxPotentialBlockSize(int* grid, int* threads, const void* host, size_t lds, int limit) {
  return with_function(
      host, [&](Function* function) { return hipModuleOccupancyMaxPotentialBlockSize(grid, threads, function, lds, limit); });
}
// A kernel may use all the shared memory there is; caches are what they are.
HIP_API int hipFuncSetAttribute(const void*, int, int) { return hipSuccess; }
HIP_API int hipFuncSetCacheConfig(const void*, int) { return hipSuccess; }
HIP_API int hipFuncSetSharedMemConfig(const void*, int) { return hipSuccess; }

}  // namespace cw::amdhip

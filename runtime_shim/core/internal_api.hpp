// What libcuda.so.1 needs of the runtime beyond the public entries: modules and kernels by name. Both libraries are built together;
// kInternalVersion guards against two installations in one process.
#pragma once

#include <driver_types.h>
#include <vector_types.h>

#include <cstddef>

namespace cw {

class Kernel;
class Module;

inline constexpr int kInternalVersion = 1;

struct InternalLaunch {
  dim3 grid;
  dim3 block;
  unsigned shared;
  bool cooperative;
  cudaStream_t stream;
  void** arguments;
  const void* packed;
  size_t packed_bytes;
};

// Functions of the runtime library. Device: the calling thread's current one.
struct InternalApi {
  int version;
  // A fat binary, clang's wrapper of one, an ELF image or PTX text. Errors as for a registered binary.
  cudaError_t (*module_load)(const void* image, Module** out);
  cudaError_t (*module_unload)(Module* module);
  cudaError_t (*module_kernel)(Module* module, const char* name, Kernel** out);  // cudaErrorSymbolNotFound
  cudaError_t (*module_variable)(Module* module, const char* name, void** address, size_t* bytes);
  cudaError_t (*kernel_attributes)(Kernel* kernel, cudaFuncAttributes* out);
  cudaError_t (*kernel_set_max_dynamic_shared)(Kernel* kernel, int bytes);
  cudaError_t (*kernel_max_active_blocks)(Kernel* kernel, int block_size, size_t shared, int* blocks);
  cudaError_t (*launch)(Kernel* kernel, const InternalLaunch& launch);
  // Elements of 1, 2 or 4 bytes; `now`: finished on return.
  cudaError_t (*fill)(void* memory, size_t pitch, unsigned value, unsigned value_bytes, size_t width, size_t height,
                      cudaStream_t stream, bool now);
};

}  // namespace cw

extern "C" const cw::InternalApi* __cw_internal_api();

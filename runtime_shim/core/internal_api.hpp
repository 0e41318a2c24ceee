// What libcuda.so.1 needs of the runtime beyond the public entries, by families. Both libraries are built together;
// kInternalVersion guards against two installations in one process. Kernels that modules give out are names for the public entries
// too, wherever those take a host stub.
#pragma once

#include <driver_types.h>
#include <vector_types.h>

#include <cstddef>
#include <cstdint>

namespace cw {

class Kernel;
class Module;

inline constexpr int kInternalVersion = 4;

struct ThreadUse {
  cudaError_t last_error;
  bool uses_device;  // core/thread_state.hpp
};

struct InternalRange {
  uintptr_t base;
  size_t bytes;
  int device;
  unsigned flags;
  bool mapped;  // by virtual memory management
  bool stream_ordered;
  uint64_t id;  // of this allocation, never used again
};

struct InternalThread {
  int (*current_device)();
  void (*set_device)(int ordinal);
  ThreadUse (*use)();
  void (*set_use)(ThreadUse use);
  bool (*set_per_thread_default)(bool on);  // returns what it was
};

// Options of the just-in-time compiler; `name` is what messages call the code, or null.
struct JitArguments {
  const char* name;
  unsigned count;
  const int* options;  // CUjit_option, cudaJitOption
  void** values;
};

struct LinkInput {
  int kind;  // CUjitInputType
  const char* name;
  const void* data;
  size_t bytes;
};

// Device: the calling thread's current one. cudaErrorInvalidResourceHandle for a stale handle, cudaErrorSymbolNotFound for a name
// that is not there.
struct InternalModules {
  // A fat binary, clang's wrapper of one, an ELF image or PTX text. Errors as for a registered binary.
  cudaError_t (*load)(const void* image, const JitArguments& jit, Module** out);
  cudaError_t (*unload)(Module* module);
  cudaError_t (*kernel)(Module* module, const char* name, Kernel** out);
  cudaError_t (*variable)(Module* module, const char* name, void** address, size_t* bytes);
  cudaError_t (*kernel_count)(Module* module, unsigned* count);
  cudaError_t (*kernels)(Module* module, Kernel** out, unsigned most);
  cudaError_t (*of_library)(const void* library, Module** out);
  cudaError_t (*of_kernel)(const void* kernel, Module** out);
  cudaError_t (*library_of_kernel)(const void* kernel, const void** library);
  // One image of several pieces of device code, to be freed by free().
  cudaError_t (*link)(const LinkInput* inputs, size_t count, const JitArguments& jit, void** image, size_t* bytes);
};

struct InternalMemory {
  // Elements of 1, 2 or 4 bytes; `now`: finished on return.
  cudaError_t (*fill)(void* memory, size_t pitch, unsigned value, unsigned value_bytes, size_t width, size_t height,
                      cudaStream_t stream, bool now);
  bool (*range)(const void* address, InternalRange* out);  // the one that holds the address
};

// core/virtual_memory.hpp. Handles are numbers; 0 is none.
struct InternalVirtualMemory {
  bool (*supported)();
  size_t (*granularity)();
  cudaError_t (*reserve)(size_t bytes, size_t alignment, void* wish, void** out);
  cudaError_t (*unreserve)(void* address, size_t bytes);
  cudaError_t (*create)(int device, size_t bytes, bool shareable, uint64_t* handle);
  cudaError_t (*retain)(const void* address, uint64_t* handle);
  cudaError_t (*release)(uint64_t handle);
  cudaError_t (*describe)(uint64_t handle, int* device, bool* shareable);
  cudaError_t (*map)(void* address, size_t bytes, size_t offset, uint64_t handle);
  cudaError_t (*unmap)(void* address, size_t bytes);
  cudaError_t (*set_access)(void* address, size_t bytes, int device, unsigned access);
  cudaError_t (*access)(const void* address, int device, unsigned* access);
  cudaError_t (*export_file)(uint64_t handle, int* file);
  cudaError_t (*import_file)(int file, uint64_t* handle);
};

struct InternalApi {
  int version;
  const char* (*device_kind)();
  bool (*is_used)();  // a runtime entry has been called, which initialises the driver too
  InternalThread thread;
  InternalModules modules;
  // A launch whose arguments are packed.
  cudaError_t (*launch_packed)(const void* function, const cudaLaunchConfig_t* config, const void* arguments, size_t bytes);
  InternalMemory memory;
  const InternalVirtualMemory* virtual_memory;
  int* (*open_calls)();  // evidence/calls.hpp
};

}  // namespace cw

extern "C" const cw::InternalApi* __cw_internal_api();

// Device code that a program loads by itself (cudaLibraryLoadData): one image per device, loaded at first use there. Its kernels
// have handles that mean the same kernel on every device.
#pragma once

#include "core/flat_map.hpp"
#include "core/jit_options.hpp"
#include "core/sync.hpp"
#include "devices/device.hpp"

namespace cw {

class Library;

struct LibraryKernel : Allocated {
  Library* library;
  Vector<char> name;       // mangled, with its end mark
  Vector<Kernel*> loaded;  // by device ordinal; null: not looked up yet
};

class Library : public Allocated {
 public:
  // `code`: a fat binary, clang's wrapper of one, an ELF image or PTX text; copied unless the program keeps it.
  Library(const void* code, bool kept);
  cudaError_t module(Device& device, int ordinal, Module** out);
  // The same at the call that has the program's options; later loads take their values over.
  cudaError_t module(Device& device, int ordinal, Jit& jit, Module** out);

 private:
  friend class Libraries;
  const void* code_;
  Vector<uint64_t> copy_;  // of `code`, aligned
  JitOptions options_;
  Vector<Owned<Module>> modules_;
  Vector<cudaError_t> load_errors_;
  Vector<Owned<LibraryKernel>> kernels_;
};

// All libraries of the process. Every member may be called from any thread; a stale handle is cudaErrorInvalidResourceHandle.
class Libraries {
 public:
  cudaError_t load(const void* code, bool kept, Jit& jit, Device& device, int ordinal, Library** out);
  cudaError_t unload(const void* library);
  // cudaErrorSymbolNotFound for a name that it does not have.
  cudaError_t kernel_handle(const void* library, const char* name, Device& device, int ordinal, LibraryKernel** out);
  cudaError_t kernel_count(const void* library, Device& device, int ordinal, unsigned* out);
  // The handles of at most `most` kernels.
  cudaError_t kernel_handles(const void* library, Device& device, int ordinal, LibraryKernel** out, unsigned most);
  cudaError_t variable(const void* library, const char* name, bool managed, Device& device, int ordinal, void** address,
                       size_t* bytes);
  // The kernel that a handle means on a device; cudaErrorInvalidDeviceFunction for no such handle.
  cudaError_t kernel(const void* handle, Device& device, int ordinal, Kernel** out);
  // The module of a library, or of a kernel's library, on a device; null for no such handle, or one that cannot be loaded.
  Module* module_of(const void* handle, Device& device, int ordinal);
  const void* library_of(const void* kernel);  // null for no such handle
  bool owns_module(const void* handle);
  // Its mangled name, null for no such handle.
  const char* kernel_name(const void* handle);
  // Drops the modules of a device; they are loaded again on next use.
  void forget(int ordinal);

 private:
  Library* find(const void* handle);
  Owned<Library> take(const void* handle);
  cudaError_t handle_of(Library& library, const char* name, Device& device, int ordinal, LibraryKernel** out);

  Mutex mutex_;
  FlatMap<const void*, Owned<Library>> libraries_;
  FlatMap<const void*, LibraryKernel*> kernels_;
};

Libraries& libraries();

}  // namespace cw

// Libraries: device code that is not bound to a context.
#include "driver_api/entry.hpp"

using namespace cw::driver;

namespace {

cudaLibraryOption* library_options(CUlibraryOption* options) { return same_layout<cudaLibraryOption>(options); }
cudaJitOption* jit_options(CUjit_option* options) { return same_layout<cudaJitOption>(options); }

}  // namespace

CUresult cuLibraryLoadData(CUlibrary* out, const void* code, CUjit_option* options, void** values, unsigned count,
                           CUlibraryOption* own_options, void** own_values, unsigned own_count) {
  return when_initialized([&] {
    return cudaLibraryLoadData(out, code, jit_options(options), values, count, library_options(own_options), own_values, own_count);
  });
}

CUresult cuLibraryLoadFromFile(CUlibrary* out, const char* path, CUjit_option* options, void** values, unsigned count,
                               CUlibraryOption* own_options, void** own_values, unsigned own_count) {
  return when_initialized([&] {
    return cudaLibraryLoadFromFile(out, path, jit_options(options), values, count, library_options(own_options), own_values,
                                   own_count);
  });
}

CUresult cuLibraryUnload(CUlibrary library) {
  return when_initialized([&] { return cudaLibraryUnload(library); });
}

CUresult cuLibraryGetKernel(CUkernel* out, CUlibrary library, const char* name) {
  return when_initialized([&] { return cudaLibraryGetKernel(out, library, name); });
}

CUresult cuLibraryGetKernelCount(unsigned* count, CUlibrary library) {
  return when_initialized([&] { return cudaLibraryGetKernelCount(count, library); });
}

CUresult cuLibraryEnumerateKernels(CUkernel* kernels, unsigned most, CUlibrary library) {
  return when_initialized([&] { return cudaLibraryEnumerateKernels(kernels, most, library); });
}

CUresult cuLibraryGetModule(CUmodule* out, CUlibrary library) {
  return in_context([&] { return internal().modules.of_library(library, reinterpret_cast<cw::Module**>(out)); });
}

CUresult cuLibraryGetGlobal(CUdeviceptr* out, size_t* bytes, CUlibrary library, const char* name) {
  return in_context([&] { return cudaLibraryGetGlobal(pointer_out(out), bytes, library, name); });
}

CUresult cuLibraryGetManaged(CUdeviceptr* out, size_t* bytes, CUlibrary library, const char* name) {
  return in_context([&] { return cudaLibraryGetManaged(pointer_out(out), bytes, library, name); });
}

CUresult cuLibraryGetUnifiedFunction(void** out, CUlibrary library, const char* name) {
  return when_initialized([&] { return cudaLibraryGetUnifiedFunction(out, library, name); });
}

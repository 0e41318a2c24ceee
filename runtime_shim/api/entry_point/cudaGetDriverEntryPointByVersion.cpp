#include <dlfcn.h>

#include "api/entry.hpp"
#include "core/driver_library.hpp"

namespace {

// cuGetProcAddress_v2 as its reference gives it; its three results are those of the runtime's entry.
using GetProcAddress = int (*)(const char* symbol, void** function, int version, unsigned long long flags, int* status);

cudaError_t find(const char* symbol, void** function, unsigned version, unsigned long long flags, int* status) {
  void* library = cw::driver_library();
  const auto lookup = library != nullptr ? reinterpret_cast<GetProcAddress>(dlsym(library, "cuGetProcAddress_v2")) : nullptr;
  if (lookup == nullptr) return cudaErrorNotSupported;
  const int error = lookup(symbol, function, static_cast<int>(version), flags, status);
  return error == 0 || error == cudaErrorSymbolNotFound ? cudaSuccess : static_cast<cudaError_t>(error);
}

}  // namespace

// The function of Crosswarp's own libcuda.so.1, whatever the device: its handles are this runtime's. A name that is not there is no
// error: the status says so, and the function is null.
CW_ENTRY cudaError_t cudaGetDriverEntryPointByVersion(const char* symbol, void** function, unsigned version,
                                                      unsigned long long flags, cudaDriverEntryPointQueryResult* status) {
  return cw::on_runtime([&] {
    constexpr unsigned long long known = cudaEnableLegacyStream | cudaEnablePerThreadDefaultStream;
    if (symbol == nullptr || *symbol == 0 || function == nullptr || (flags & ~known) != 0 || flags == known) {
      return cudaErrorInvalidValue;
    }
    *function = nullptr;
    const unsigned long long wanted = flags == 0 && cw::per_thread_default() ? cudaEnablePerThreadDefaultStream : flags;
    int result = 0;
    const cudaError_t error = find(symbol, function, version, wanted, &result);
    if (error == cudaSuccess && status != nullptr) *status = static_cast<cudaDriverEntryPointQueryResult>(result);
    return error == cudaSuccess && *function == nullptr && status == nullptr ? cudaErrorSymbolNotFound : error;
  });
}

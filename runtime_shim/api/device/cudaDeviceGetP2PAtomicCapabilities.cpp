#include "api/entry.hpp"
#include "core/atomic_capabilities.hpp"

CW_ENTRY cudaError_t cudaDeviceGetP2PAtomicCapabilities(unsigned* out, const cudaAtomicOperation* operations, unsigned count,
                                                        int from, int to) {
  int native = 0;
  const cudaError_t error = cudaDeviceGetP2PAttribute(&native, cudaDevP2PAttrNativeAtomicSupported, from, to);
  return error != cudaSuccess ? error : cw::record_error(cw::atomic_capabilities(native != 0, operations, count, out));
}

// What every entry of the driver API is made of. Prototypes are those of cuda.h itself.
//
//   CUresult cuStreamQuery(CUstream stream) {
//     return in_context([&] { return cudaStreamQuery(stream); });
//   }
//
// Device pointers are ordinary addresses; streams, events, graphs, arrays, pools and kernels are the runtime's own objects, so that
// both APIs can be used on them.
#pragma once

#pragma GCC visibility push(default)
#include <cuda.h>
#include <cudaProfiler.h>
#pragma GCC visibility pop
#include <cuda_runtime_api.h>

#include "core/internal_api.hpp"

namespace cw::driver {

const InternalApi& internal();

// The runtime's result as the driver API says it.
CUresult result(cudaError_t error);
inline CUresult result(CUresult error) { return error; }

void set_initialized();
bool is_initialized();
CUresult ready();  // cuInit was called, and the thread has a context

// Until its end, the runtime's last error and its idea of whether the thread uses it stay as they were.
class Interlude {
 public:
  Interlude() : state_(internal().thread.use()) {}
  ~Interlude() { internal().thread.set_use(state_); }
  Interlude(const Interlude&) = delete;
  Interlude& operator=(const Interlude&) = delete;

 private:
  ThreadUse state_;
};

// Runs `body` (which returns the runtime's error or the driver's result) once cuInit was called.
template <typename Body>
CUresult when_initialized(Body body) {
  if (!is_initialized()) return CUDA_ERROR_NOT_INITIALIZED;
  const Interlude interlude;
  return result(body());
}

// The same where a context is current.
template <typename Body>
CUresult in_context(Body body) {
  const CUresult state = ready();
  if (state != CUDA_SUCCESS) return state;
  const Interlude interlude;
  return result(body());
}

inline void* pointer(CUdeviceptr address) { return reinterpret_cast<void*>(address); }
inline CUdeviceptr address(const void* pointer) { return reinterpret_cast<CUdeviceptr>(pointer); }
inline void** pointer_out(CUdeviceptr* address) { return reinterpret_cast<void**>(address); }
// A kernel as the runtime's entries take it in place of a host stub.
inline const void* stub(CUfunction function) { return function; }

// Structures that both APIs lay out alike (checked where they are made the same).
template <typename To, typename From>
To* same_layout(From* from) {
  static_assert(sizeof(To) == sizeof(From) && alignof(To) == alignof(From));
  return reinterpret_cast<To*>(from);
}

}  // namespace cw::driver

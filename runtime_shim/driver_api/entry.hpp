// The CUDA driver API on top of the runtime: types, and what every entry is made of.
//
// A context is a device's primary context: cuCtxCreate gives another name for it. Device pointers are ordinary addresses, streams
// and events are the runtime's own.
#pragma once

#include <cuda_runtime_api.h>

#include "core/internal_api.hpp"

#define CW_DRIVER_ENTRY extern "C" [[gnu::visibility("default")]] CUresult

using CUresult = int;
using CUdevice = int;
using CUdeviceptr = unsigned long long;
using CUcontext = struct CUctx_st*;
using CUmodule = struct CUmod_st*;
using CUfunction = struct CUfunc_st*;
using CUstream = cudaStream_t;
using CUevent = cudaEvent_t;

namespace cw::driver {

enum : CUresult {
  kSuccess = 0,
  kInvalidValue = 1,
  kNotInitialized = 3,
  kInvalidDevice = 101,
  kInvalidContext = 201,
  kFileNotFound = 301,
  kNotFound = 500,
  kNotSupported = 801,
};

const InternalApi& internal();

// The runtime's result as the driver API says it; the runtime's own last error is left as it was without this call.
CUresult result(cudaError_t error);

// cuInit was called, and the thread has a context.
CUresult ready();

// Contexts of a thread: a stack, whose top is current. The runtime's current device follows it.
CUcontext current_context();
CUresult set_current_context(CUcontext context);
CUresult push_context(CUcontext context);
CUresult pop_context(CUcontext* out);
CUcontext primary_context(CUdevice device);  // null: no such device
CUdevice device_of(CUcontext context);

void set_initialized();
bool is_initialized();

inline void* pointer(CUdeviceptr address) { return reinterpret_cast<void*>(address); }
inline Module* module_of(CUmodule handle) { return reinterpret_cast<Module*>(handle); }
inline Kernel* kernel_of(CUfunction handle) { return reinterpret_cast<Kernel*>(handle); }

// Runs `body` (which returns the runtime's error) where a context is current.
template <typename Body>
CUresult in_context(Body body) {
  const CUresult state = ready();
  return state != kSuccess ? state : result(body());
}

}  // namespace cw::driver

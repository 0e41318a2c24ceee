// Contexts. Each is a name for its device, with flags and a life of its own: what a program makes in one context of a device can be
// used in the others. A thread has a stack of them, whose top is current; the runtime's current device follows it, and the other
// way round (cudaSetDevice makes the device's primary context current).
#pragma once

#include <atomic>

#include "core/allocated.hpp"
#include "driver_api/entry.hpp"

namespace cw::driver {

// Never freed, but used again for the next context: a stale handle can be looked at.
struct Context : Allocated {
  int device = 0;
  unsigned flags = 0;
  unsigned long long id = 0;  // of this life; 0: destroyed
  bool primary = false;
  std::atomic<unsigned> attached{0};  // by cuCtxAttach
  CUgreenCtx green = nullptr;
};

inline CUcontext handle_of(Context* context) { return reinterpret_cast<CUcontext>(context); }

// The current context. CUDA_ERROR_INVALID_CONTEXT: none; CUDA_ERROR_CONTEXT_IS_DESTROYED.
CUresult current_context(Context** out);
Context* find_context(CUcontext handle);    // null for a stale handle, or none
Context* primary_context(CUdevice device);  // null: no such device
bool is_device(CUdevice device);

Context* create_context(CUdevice device, unsigned flags);
void destroy_context(Context* context);

CUresult set_current_context(CUcontext handle);  // null: none
CUresult push_context(Context* context);
CUresult pop_context(CUcontext* out);

// References to primary contexts, and their flags.
void retain_primary(CUdevice device);
bool release_primary(CUdevice device);  // false: there is no reference
unsigned primary_references(CUdevice device);

// The flags of cuCtxCreate that exist; at most one way to wait.
bool are_context_flags(unsigned flags);

// Runs `body` with the runtime on another context's device.
template <typename Body>
CUresult in_other_context(CUcontext handle, Body body) {
  if (!is_initialized()) return CUDA_ERROR_NOT_INITIALIZED;
  Context* context = find_context(handle);
  if (context == nullptr) return CUDA_ERROR_INVALID_CONTEXT;
  const Interlude interlude;
  const int before = internal().thread.current_device();
  internal().thread.set_device(context->device);
  const CUresult error = result(body());
  internal().thread.set_device(before);
  return error;
}

}  // namespace cw::driver

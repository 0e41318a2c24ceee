#include "core/internal_api.hpp"

#include "api/entry.hpp"
#include "core/configured_launch.hpp"
#include "core/copies.hpp"
#include "core/internal_modules.hpp"
#include "core/virtual_memory.hpp"
#include "evidence/calls.hpp"

namespace cw {
namespace {

const char* device_kind() { return runtime().start() == cudaSuccess ? runtime().device(0).kind() : ""; }

bool runtime_is_used() { return runtime().is_used(); }

ThreadUse thread_use() { return ThreadUse{peek_last_error(), uses_device()}; }

void set_thread_use(ThreadUse use) {
  set_last_error(use.last_error);
  set_uses_device(use.uses_device);
}

cudaError_t launch_packed(const void* function, const cudaLaunchConfig_t* config, const void* arguments, size_t bytes) {
  return launch_configured(function, *config, LaunchArguments{nullptr, arguments, bytes});
}

cudaError_t fill(void* memory, size_t pitch, unsigned value, unsigned value_bytes, size_t width, size_t height, cudaStream_t handle,
                 bool now) {
  return on_stream(handle, [&](Stream& stream) {
    return submit_fill(stream, Fill{memory, pitch, 0, value, value_bytes, width, height, 1}, now);
  });
}

bool range(const void* address, InternalRange* out) {
  MemoryRange found;
  if (!runtime().memory().find(address, &found)) return false;
  *out = InternalRange{
      found.base, found.bytes, found.device, found.flags, found.kind == MemoryKind::kMapped, static_cast<bool>(found.pool),
      found.id};
  return true;
}

constexpr InternalApi kApi = {kInternalVersion,
                              device_kind,
                              runtime_is_used,
                              {current_device, set_current_device, thread_use, set_thread_use, set_per_thread_default},
                              {load_module, unload_module, module_kernel, module_variable, module_kernel_count, module_kernels,
                               module_of_library, module_of_kernel, library_of_kernel, link_modules},
                              launch_packed,
                              {fill, range},
                              &kVirtualMemory,
                              evidence::open_calls};

}  // namespace
}  // namespace cw

CW_ENTRY const cw::InternalApi* __cw_internal_api() { return &cw::kApi; }

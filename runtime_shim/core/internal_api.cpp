#include "core/internal_api.hpp"

#include "api/entry.hpp"
#include "core/copies.hpp"
#include "core/launch.hpp"
#include "core/loaded_modules.hpp"

namespace cw {
namespace {

cudaError_t module_load(const void* image, Module** out) {
  return on_device([&](Device& device, int ordinal) {
    if (image == nullptr || out == nullptr) return cudaErrorInvalidValue;
    Owned<Module> module;
    const cudaError_t error = load_any_image(device, image, &module);
    if (error == cudaSuccess) *out = runtime().modules().add(static_cast<Owned<Module>&&>(module), ordinal);
    return error;
  });
}

cudaError_t module_unload(Module* handle) {
  return on_device([&](Device& device, int) {
    device.synchronize();
    const Owned<Module> module = runtime().modules().take(handle);
    return module ? cudaSuccess : cudaErrorInvalidResourceHandle;
  });
}

cudaError_t module_kernel(Module* handle, const char* name, Kernel** out) {
  return on_device([&](Device&, int) {
    Module* module = runtime().modules().find(handle);
    if (module == nullptr) return cudaErrorInvalidResourceHandle;
    if (name == nullptr || out == nullptr) return cudaErrorInvalidValue;
    *out = module->kernel(name);
    return *out != nullptr ? cudaSuccess : cudaErrorSymbolNotFound;
  });
}

cudaError_t module_variable(Module* handle, const char* name, void** address, size_t* bytes) {
  return on_device([&](Device&, int ordinal) {
    Module* module = runtime().modules().find(handle);
    if (module == nullptr) return cudaErrorInvalidResourceHandle;
    if (name == nullptr) return cudaErrorInvalidValue;
    void* found = nullptr;
    size_t size = 0;
    if (!module->variable(name, &found, &size)) return cudaErrorSymbolNotFound;
    runtime().memory().add(found, size, MemoryKind::kVariable, ordinal);
    if (address != nullptr) *address = found;
    if (bytes != nullptr) *bytes = size;
    return cudaSuccess;
  });
}

cudaError_t kernel_attributes(Kernel* kernel, cudaFuncAttributes* out) {
  return on_device([&](Device&, int) { return kernel->attributes(out); });
}

cudaError_t kernel_set_max_dynamic_shared(Kernel* kernel, int bytes) {
  return on_device([&](Device&, int) { return kernel->set_max_dynamic_shared(bytes); });
}

cudaError_t kernel_max_active_blocks(Kernel* kernel, int block_size, size_t shared, int* blocks) {
  return on_device([&](Device&, int) { return kernel->max_active_blocks(block_size, shared, blocks); });
}

cudaError_t launch(Kernel* kernel, const InternalLaunch& launch) {
  return on_stream(launch.stream, [&](Stream& stream) {
    const LaunchShape shape{launch.grid, launch.block, launch.shared, launch.cooperative};
    return launch_kernel(*kernel, stream, shape, LaunchArguments{launch.arguments, launch.packed, launch.packed_bytes});
  });
}

cudaError_t fill(void* memory, size_t pitch, unsigned value, unsigned value_bytes, size_t width, size_t height, cudaStream_t handle,
                 bool now) {
  return on_stream(handle, [&](Stream& stream) {
    return submit_fill(stream, Fill{memory, pitch, 0, value, value_bytes, width, height, 1}, now);
  });
}

constexpr InternalApi kApi = {kInternalVersion,
                              module_load,
                              module_unload,
                              module_kernel,
                              module_variable,
                              kernel_attributes,
                              kernel_set_max_dynamic_shared,
                              kernel_max_active_blocks,
                              launch,
                              fill};

}  // namespace
}  // namespace cw

CW_ENTRY const cw::InternalApi* __cw_internal_api() { return &cw::kApi; }

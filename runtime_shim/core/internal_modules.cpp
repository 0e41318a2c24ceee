#include "core/internal_modules.hpp"

#include <string.h>

#include "api/entry.hpp"
#include "core/jit_entry.hpp"
#include "core/library.hpp"
#include "core/loaded_modules.hpp"

namespace cw {
namespace {

// Runs `body(Module&, ordinal)`. Modules of libraries and of the program's own parts have handles too.
template <typename Body>
cudaError_t on_module(Module* handle, Body body) {
  return on_device([&](Device&, int ordinal) {
    const bool known =
        runtime().modules().find(handle) != nullptr || libraries().owns_module(handle) || runtime().registry().owns_module(handle);
    return known ? body(*handle, ordinal) : cudaErrorInvalidResourceHandle;
  });
}

}  // namespace

cudaError_t load_module(const void* image, const JitArguments& arguments, Module** out) {
  return with_jit(arguments, [&](Jit& jit, Device& device, int ordinal) {
    if (image == nullptr || out == nullptr) return cudaErrorInvalidValue;
    Owned<Module> module;
    const cudaError_t error = load_any_image(device, image, jit, &module);
    if (error == cudaSuccess) *out = runtime().modules().add(static_cast<Owned<Module>&&>(module), ordinal);
    return error;
  });
}

cudaError_t link_modules(const LinkInput* inputs, size_t count, const JitArguments& arguments, void** image, size_t* bytes) {
  return with_jit(arguments, [&](Jit& jit, Device& device, int) {
    compiler::Bytes linked;
    const cudaError_t error = link_images(device, inputs, count, jit, &linked);
    if (error != cudaSuccess) return error;
    *bytes = linked.size();
    linked.push('\0');  // PTX text may be its own result
    *image = must_allocate(linked.size());
    memcpy(*image, linked.data(), linked.size());
    return cudaSuccess;
  });
}

cudaError_t unload_module(Module* handle) {
  return on_device([&](Device& device, int) {
    const Owned<Module> module = runtime().modules().take(handle);
    if (!module) return cudaErrorInvalidResourceHandle;
    runtime().registry().take_back(*module);
    device.synchronize();
    return cudaSuccess;
  });
}

cudaError_t module_kernel(Module* handle, const char* name, Kernel** out) {
  return on_module(handle, [&](Module& module, int ordinal) {
    if (name == nullptr || out == nullptr) return cudaErrorInvalidValue;
    Kernel* kernel = module.kernel(name);
    if (kernel == nullptr) return cudaErrorSymbolNotFound;
    runtime().registry().give_out(kernel, ordinal);
    *out = kernel;
    return cudaSuccess;
  });
}

cudaError_t module_variable(Module* handle, const char* name, void** address, size_t* bytes) {
  return on_module(handle, [&](Module& module, int ordinal) {
    if (name == nullptr) return cudaErrorInvalidValue;
    void* found = nullptr;
    size_t size = 0;
    if (!module.variable(name, &found, &size)) return cudaErrorSymbolNotFound;
    const MemoryKind kind = module.is_managed(name) ? MemoryKind::kManagedVariable : MemoryKind::kVariable;
    runtime().memory().add(found, size, kind, ordinal);
    if (address != nullptr) *address = found;
    if (bytes != nullptr) *bytes = size;
    return cudaSuccess;
  });
}

cudaError_t module_kernel_count(Module* handle, unsigned* count) {
  return on_module(handle, [&](Module& module, int) {
    if (count == nullptr) return cudaErrorInvalidValue;
    Vector<const char*> names;
    const cudaError_t error = module.kernel_names(&names);
    *count = static_cast<unsigned>(names.size());
    return error;
  });
}

cudaError_t module_kernels(Module* handle, Kernel** out, unsigned most) {
  return on_module(handle, [&](Module& module, int ordinal) {
    if (out == nullptr) return cudaErrorInvalidValue;
    Vector<const char*> names;
    const cudaError_t error = module.kernel_names(&names);
    for (size_t i = 0; i < names.size() && i < most; ++i) {
      out[i] = module.kernel(names[i]);
      runtime().registry().give_out(out[i], ordinal);
    }
    return error;
  });
}

cudaError_t module_of_library(const void* library, Module** out) {
  return on_device([&](Device& device, int ordinal) {
    if (out == nullptr) return cudaErrorInvalidValue;
    *out = libraries().module_of(library, device, ordinal);
    return *out != nullptr ? cudaSuccess : cudaErrorInvalidResourceHandle;
  });
}

cudaError_t module_of_kernel(const void* handle, Module** out) {
  return on_kernel(handle, [&](Kernel& kernel) {
    if (out == nullptr) return cudaErrorInvalidValue;
    *out = kernel.module();
    return cudaSuccess;
  });
}

cudaError_t library_of_kernel(const void* kernel, const void** library) {
  if (library == nullptr) return record_error(cudaErrorInvalidValue);
  *library = libraries().library_of(kernel);
  return record_error(*library != nullptr ? cudaSuccess : cudaErrorInvalidResourceHandle);
}

}  // namespace cw

// Modules as the driver API has them: InternalModules (core/internal_api.hpp).
#pragma once

#include "core/internal_api.hpp"
#include "devices/device.hpp"

namespace cw {

cudaError_t load_module(const void* image, const JitArguments& jit, Module** out);
cudaError_t unload_module(Module* handle);
cudaError_t module_kernel(Module* handle, const char* name, Kernel** out);
cudaError_t module_variable(Module* handle, const char* name, void** address, size_t* bytes);
cudaError_t module_kernel_count(Module* handle, unsigned* count);
cudaError_t module_kernels(Module* handle, Kernel** out, unsigned most);
cudaError_t module_of_library(const void* library, Module** out);
cudaError_t module_of_kernel(const void* kernel, Module** out);
cudaError_t library_of_kernel(const void* kernel, const void** library);
cudaError_t link_modules(const LinkInput* inputs, size_t count, const JitArguments& jit, void** image, size_t* bytes);

}  // namespace cw

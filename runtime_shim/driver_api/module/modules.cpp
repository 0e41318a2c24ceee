// Modules of the current context.
#include "driver_api/module/images.hpp"

using namespace cw::driver;

namespace {

cw::Module* module_of(CUmodule handle) { return reinterpret_cast<cw::Module*>(handle); }
cw::Kernel** kernel_out(CUfunction* out) { return reinterpret_cast<cw::Kernel**>(out); }

CUresult load(CUmodule* out, const void* image, const cw::JitArguments& jit = {}) {
  return in_context([&] { return internal().modules.load(image, jit, reinterpret_cast<cw::Module**>(out)); });
}

}  // namespace

CUresult cuModuleLoad(CUmodule* out, const char* path) {
  if (out == nullptr || path == nullptr) return CUDA_ERROR_INVALID_VALUE;
  cw::Vector<char> bytes;
  const CUresult error = read_file(path, &bytes);
  return error == CUDA_SUCCESS ? load(out, bytes.data(), {path, 0, nullptr, nullptr}) : error;
}

CUresult cuModuleLoadData(CUmodule* out, const void* image) { return load(out, image); }
CUresult cuModuleLoadFatBinary(CUmodule* out, const void* image) { return load(out, image); }

CUresult cuModuleLoadDataEx(CUmodule* out, const void* image, unsigned count, CUjit_option* options, void** values) {
  return load(out, image, jit_arguments(count, options, values));
}

CUresult cuModuleUnload(CUmodule module) {
  return in_context([&] { return internal().modules.unload(module_of(module)); });
}

// Modules that a program registers before main() are loaded at their first use.
CUresult cuModuleGetLoadingMode(CUmoduleLoadingMode* mode) {
  return when_initialized([&] {
    if (mode == nullptr) return CUDA_ERROR_INVALID_VALUE;
    *mode = CU_MODULE_LAZY_LOADING;
    return CUDA_SUCCESS;
  });
}

CUresult cuModuleGetFunction(CUfunction* out, CUmodule module, const char* name) {
  return in_context([&] { return internal().modules.kernel(module_of(module), name, kernel_out(out)); });
}

CUresult cuModuleGetFunctionCount(unsigned* count, CUmodule module) {
  return in_context([&] { return internal().modules.kernel_count(module_of(module), count); });
}

CUresult cuModuleEnumerateFunctions(CUfunction* functions, unsigned most, CUmodule module) {
  return in_context([&] { return internal().modules.kernels(module_of(module), kernel_out(functions), most); });
}

CUresult cuModuleGetGlobal(CUdeviceptr* out, size_t* bytes, CUmodule module, const char* name) {
  return in_context([&] { return internal().modules.variable(module_of(module), name, pointer_out(out), bytes); });
}

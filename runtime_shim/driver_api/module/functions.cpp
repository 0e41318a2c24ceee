// Functions: kernels of a module in one context.
#include "driver_api/module/function_attributes.hpp"

using namespace cw::driver;

CUresult cuFuncGetAttribute(int* value, CUfunction_attribute attribute, CUfunction function) {
  return in_context([&] { return function_attribute(value, attribute, stub(function)); });
}

CUresult cuFuncSetAttribute(CUfunction function, CUfunction_attribute attribute, int value) {
  return in_context([&] { return cudaFuncSetAttribute(stub(function), static_cast<cudaFuncAttribute>(attribute), value); });
}

CUresult cuFuncSetCacheConfig(CUfunction function, CUfunc_cache config) {
  return in_context([&] { return cudaFuncSetCacheConfig(stub(function), static_cast<cudaFuncCache>(config)); });
}

CUresult cuFuncGetModule(CUmodule* out, CUfunction function) {
  return in_context([&] { return internal().modules.of_kernel(stub(function), reinterpret_cast<cw::Module**>(out)); });
}

CUresult cuFuncGetName(const char** name, CUfunction function) {
  return when_initialized([&] { return cudaFuncGetName(name, stub(function)); });
}

CUresult cuFuncGetParamInfo(CUfunction function, size_t index, size_t* offset, size_t* bytes) {
  return in_context([&] { return cudaFuncGetParamInfo(stub(function), index, offset, bytes); });
}

// A function is there only once its module is loaded.
CUresult cuFuncIsLoaded(CUfunctionLoadingState* state, CUfunction function) {
  return in_context([&] {
    if (state == nullptr) return CUDA_ERROR_INVALID_VALUE;
    cw::Module* module = nullptr;
    *state = CU_FUNCTION_LOADING_STATE_LOADED;
    return result(internal().modules.of_kernel(stub(function), &module));
  });
}

CUresult cuFuncLoad(CUfunction function) {
  cw::Module* module = nullptr;
  return in_context([&] { return internal().modules.of_kernel(stub(function), &module); });
}

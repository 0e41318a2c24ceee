// The linker. An input that is a whole image already (fat binary, code object) is passed through; putting parts of device code
// together at run time is CUDA_ERROR_NOT_SUPPORTED.
#include <cstring>

#include "core/log.hpp"
#include "driver_api/context/contexts.hpp"
#include "driver_api/module/images.hpp"

struct CUlinkState_st : cw::Allocated {
  cw::driver::JitLog log;
  cw::Vector<char> image;
};

using namespace cw::driver;

namespace {

bool is_linkable(CUjitInputType type) { return type >= 0 && type < CU_JIT_NUM_INPUT_TYPES; }

CUresult add(CUlinkState state, cw::Vector<char>&& image) {
  if (!state->image.empty()) {
    cw::say_unsupported("cuLinkAddData with more than one input");
    return CUDA_ERROR_NOT_SUPPORTED;
  }
  state->image = static_cast<cw::Vector<char>&&>(image);
  return CUDA_SUCCESS;
}

}  // namespace

CUresult cuLinkCreate(unsigned count, CUjit_option* options, void** values, CUlinkState* out) {
  return in_context([&] {
    if (out == nullptr) return CUDA_ERROR_INVALID_VALUE;
    JitLog log;
    const CUresult error = log.read(count, options, values);
    if (error != CUDA_SUCCESS) return error;
    *out = new CUlinkState_st;
    (*out)->log = log;
    return CUDA_SUCCESS;
  });
}

CUresult cuLinkAddData(CUlinkState state, CUjitInputType type, void* data, size_t size, const char*, unsigned, CUjit_option*,
                       void**) {
  return in_context([&] {
    if (state == nullptr || data == nullptr || size == 0 || !is_linkable(type)) return CUDA_ERROR_INVALID_VALUE;
    cw::Vector<char> image;
    image.resize(size + 1);
    std::memcpy(image.data(), data, size);
    return add(state, static_cast<cw::Vector<char>&&>(image));
  });
}

CUresult cuLinkAddFile(CUlinkState state, CUjitInputType type, const char* path, unsigned, CUjit_option*, void**) {
  return in_context([&] {
    if (state == nullptr || path == nullptr || !is_linkable(type)) return CUDA_ERROR_INVALID_VALUE;
    cw::Vector<char> image;
    const CUresult error = read_file(path, &image);
    return error == CUDA_SUCCESS ? add(state, static_cast<cw::Vector<char>&&>(image)) : error;
  });
}

// Loaded once, to find out whether it is good.
CUresult cuLinkComplete(CUlinkState state, void** image, size_t* size) {
  if (state == nullptr || image == nullptr || state->image.empty()) return CUDA_ERROR_INVALID_VALUE;
  CUmodule module = nullptr;
  const CUresult error = cuModuleLoadData(&module, state->image.data());
  state->log.report(error);
  if (error != CUDA_SUCCESS) return error;
  *image = state->image.data();
  if (size != nullptr) *size = state->image.size() - 1;
  return cuModuleUnload(module);
}

CUresult cuLinkDestroy(CUlinkState state) {
  if (state == nullptr) return CUDA_ERROR_INVALID_HANDLE;
  delete state;
  return CUDA_SUCCESS;
}

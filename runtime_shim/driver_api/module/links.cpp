// The linker: inputs are kept until the program asks for the result.
#include <cstdlib>
#include <cstring>

#include "driver_api/context/contexts.hpp"
#include "driver_api/module/images.hpp"

namespace {

struct Input {
  CUjitInputType type;
  cw::Vector<char> name;
  cw::Vector<char> data;  // with an end mark for text
};

}  // namespace

struct CUlinkState_st : cw::Allocated {
  ~CUlinkState_st() { std::free(image); }
  cw::JitArguments arguments{};  // the values are the program's own: results go there
  cw::Vector<CUjit_option> options;
  cw::Vector<Input> inputs;
  void* image = nullptr;
};

using namespace cw::driver;

namespace {

bool is_linkable(CUjitInputType type) { return type >= 0 && type < CU_JIT_NUM_INPUT_TYPES; }

void copy(cw::Vector<char>* out, const void* data, size_t size) {
  out->resize(size + 1);
  std::memcpy(out->data(), data, size);
}

CUresult add(CUlinkState state, CUjitInputType type, const char* name, cw::Vector<char>&& data) {
  Input input;
  input.type = type;
  copy(&input.name, name, std::strlen(name));
  input.data = static_cast<cw::Vector<char>&&>(data);
  state->inputs.push(static_cast<Input&&>(input));
  return CUDA_SUCCESS;
}

cw::Vector<cw::LinkInput> list_of(const CUlinkState state) {
  cw::Vector<cw::LinkInput> list;
  for (const Input& input : state->inputs) {
    list.push(cw::LinkInput{input.type, input.name.data(), input.data.data(), input.data.size() - 1});
  }
  return list;
}

}  // namespace

CUresult cuLinkCreate(unsigned count, CUjit_option* options, void** values, CUlinkState* out) {
  return in_context([&] {
    if (out == nullptr || (count > 0 && (options == nullptr || values == nullptr))) return CUDA_ERROR_INVALID_VALUE;
    cw::Owned<CUlinkState_st> state(new CUlinkState_st);
    for (unsigned i = 0; i < count; ++i) state->options.push(options[i]);
    state->arguments = jit_arguments(count, state->options.data(), values);
    *out = state.release();
    return CUDA_SUCCESS;
  });
}

CUresult cuLinkAddData(CUlinkState state, CUjitInputType type, void* data, size_t size, const char* name, unsigned, CUjit_option*,
                       void**) {
  return in_context([&] {
    if (state == nullptr || data == nullptr || size == 0 || !is_linkable(type)) return CUDA_ERROR_INVALID_VALUE;
    cw::Vector<char> image;
    copy(&image, data, size);
    return add(state, type, name != nullptr ? name : "", static_cast<cw::Vector<char>&&>(image));
  });
}

CUresult cuLinkAddFile(CUlinkState state, CUjitInputType type, const char* path, unsigned, CUjit_option*, void**) {
  return in_context([&] {
    if (state == nullptr || path == nullptr || !is_linkable(type)) return CUDA_ERROR_INVALID_VALUE;
    cw::Vector<char> image;
    const CUresult error = read_file(path, &image);
    return error == CUDA_SUCCESS ? add(state, type, path, static_cast<cw::Vector<char>&&>(image)) : error;
  });
}

CUresult cuLinkComplete(CUlinkState state, void** image, size_t* size) {
  return in_context([&] {
    if (state == nullptr || image == nullptr || state->inputs.empty()) return CUDA_ERROR_INVALID_VALUE;
    const cw::Vector<cw::LinkInput> inputs = list_of(state);
    void* linked = nullptr;
    size_t bytes = 0;
    const CUresult error = result(internal().modules.link(inputs.data(), inputs.size(), state->arguments, &linked, &bytes));
    if (error != CUDA_SUCCESS) return error;
    std::free(state->image);
    state->image = *image = linked;
    if (size != nullptr) *size = bytes;
    return CUDA_SUCCESS;
  });
}

CUresult cuLinkDestroy(CUlinkState state) {
  if (state == nullptr) return CUDA_ERROR_INVALID_HANDLE;
  delete state;
  return CUDA_SUCCESS;
}

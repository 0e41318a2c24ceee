#include "driver_api/module/images.hpp"

#include <cstdio>
#include <cstring>

namespace cw::driver {
namespace {

const char* reason(CUresult outcome) {
  switch (outcome) {
    case CUDA_SUCCESS:
      return "";
    case CUDA_ERROR_NO_BINARY_FOR_GPU:
      return "no image for this device (PTX text needs an NVIDIA device)\n";
    case CUDA_ERROR_INVALID_IMAGE:
      return "the image is damaged, or not of a kind that can be loaded\n";
    default:
      return "the image cannot be loaded\n";
  }
}

void write_log(char* buffer, size_t size, void** used, const char* text) {
  if (buffer != nullptr && size > 0) std::snprintf(buffer, size, "%s", text);
  if (used != nullptr) *used = reinterpret_cast<void*>(std::strlen(text) < size ? std::strlen(text) : size);
}

}  // namespace

CUresult read_file(const char* path, Vector<char>* out) {
  std::FILE* file = std::fopen(path, "rb");
  if (file == nullptr) return CUDA_ERROR_FILE_NOT_FOUND;
  char part[4096];
  size_t read;
  while ((read = std::fread(part, 1, sizeof part, file)) > 0) {
    const size_t before = out->size();
    out->resize(before + read);
    std::memcpy(out->data() + before, part, read);
  }
  std::fclose(file);
  out->push(0);
  return CUDA_SUCCESS;
}

CUresult JitLog::read(unsigned count, const CUjit_option* options, void** values) {
  if (count > 0 && (options == nullptr || values == nullptr)) return CUDA_ERROR_INVALID_VALUE;
  for (unsigned i = 0; i < count; ++i) {
    if (options[i] < 0 || options[i] >= CU_JIT_NUM_OPTIONS) return CUDA_ERROR_INVALID_VALUE;
    if (options[i] == CU_JIT_INFO_LOG_BUFFER) info_ = static_cast<char*>(values[i]);
    if (options[i] == CU_JIT_ERROR_LOG_BUFFER) error_ = static_cast<char*>(values[i]);
    if (options[i] == CU_JIT_WALL_TIME) time_ = &values[i];
    if (options[i] == CU_JIT_INFO_LOG_BUFFER_SIZE_BYTES) info_used_ = &values[i];
    if (options[i] == CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES) error_used_ = &values[i];
  }
  // Sizes are 32-bit numbers in the place of a pointer.
  if (info_used_ != nullptr) info_size_ = static_cast<unsigned>(reinterpret_cast<uintptr_t>(*info_used_));
  if (error_used_ != nullptr) error_size_ = static_cast<unsigned>(reinterpret_cast<uintptr_t>(*error_used_));
  return CUDA_SUCCESS;
}

void JitLog::report(CUresult outcome) {
  write_log(info_, info_size_, info_used_, "");
  write_log(error_, error_size_, error_used_, reason(outcome));
  if (time_ != nullptr) std::memset(static_cast<void*>(time_), 0, sizeof(float));  // nothing was compiled
}

}  // namespace cw::driver

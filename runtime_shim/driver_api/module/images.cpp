#include "driver_api/module/images.hpp"

#include <cstdio>
#include <cstring>

namespace cw::driver {
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

}  // namespace cw::driver

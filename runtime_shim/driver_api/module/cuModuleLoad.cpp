#include <cstdio>

#include "core/vector.hpp"
#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuModuleLoad(CUmodule* out, const char* path) {
  std::FILE* file = path != nullptr ? std::fopen(path, "rb") : nullptr;
  if (file == nullptr) return kFileNotFound;
  cw::Vector<char> bytes;
  char part[4096];
  size_t read;
  while ((read = std::fread(part, 1, sizeof part, file)) > 0) {
    for (size_t i = 0; i < read; ++i) bytes.push(part[i]);
  }
  std::fclose(file);
  bytes.push(0);  // PTX text ends with one
  return in_context([&] { return internal().module_load(bytes.data(), reinterpret_cast<cw::Module**>(out)); });
}

#include "api/entry.hpp"
#include "core/library.hpp"

CW_ENTRY cudaError_t cudaLibraryUnload(cudaLibrary_t library) {
  return cw::on_runtime([&] { return cw::libraries().unload(library); });
}

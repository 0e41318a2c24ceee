#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaPeekAtLastError() {
  if (cw::runtime().start() == cudaSuccess) {
    const cudaError_t sticky = cw::runtime().device(cw::current_device()).sticky_error();
    if (sticky != cudaSuccess) return sticky;
  }
  return cw::peek_last_error();
}

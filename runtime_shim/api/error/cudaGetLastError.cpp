#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaGetLastError() {
  if (cw::runtime().start() == cudaSuccess) {
    const cudaError_t sticky = cw::runtime().device(cw::current_device()).sticky_error();
    if (sticky != cudaSuccess) return sticky;
  }
  return cw::take_last_error();
}

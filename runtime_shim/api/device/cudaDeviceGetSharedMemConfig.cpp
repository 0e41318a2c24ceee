#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaDeviceGetSharedMemConfig(cudaSharedMemConfig* config) {
  return cw::on_device([&](cw::Device&, int) {
    if (config == nullptr) return cudaErrorInvalidValue;
    *config = cudaSharedMemBankSizeFourByte;
    return cudaSuccess;
  });
}

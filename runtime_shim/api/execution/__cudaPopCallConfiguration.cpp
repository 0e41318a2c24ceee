#include "api/entry.hpp"

CW_ENTRY cudaError_t __cudaPopCallConfiguration(dim3* grid, dim3* block, size_t* shared, void* stream) {
  cw::LaunchConfiguration configuration;
  if (!cw::pop_launch(&configuration)) return cw::record_error(cudaErrorMissingConfiguration);
  *grid = configuration.grid;
  *block = configuration.block;
  *shared = configuration.shared;
  *static_cast<cudaStream_t*>(stream) = configuration.stream;
  return cudaSuccess;
}

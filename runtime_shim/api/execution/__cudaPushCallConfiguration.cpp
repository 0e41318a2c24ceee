#include "api/entry.hpp"

// Not 0: the launch is not made.
CW_ENTRY unsigned __cudaPushCallConfiguration(dim3 grid, dim3 block, size_t shared, cudaStream_t stream) {
  return cw::push_launch(cw::LaunchConfiguration{grid, block, shared, stream}) ? 0 : 1;
}

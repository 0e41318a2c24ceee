// The two ways in which a launch gets its arguments.
#pragma once

#include "driver_api/entry.hpp"

namespace cw::driver {

// `extra` as cuLaunchKernel takes it: a list of tags and values.
struct PackedArguments {
  const void* data = nullptr;
  size_t bytes = 0;

  // False for a tag that does not exist.
  bool read(void** extra);
};

// CUDA_ERROR_INVALID_VALUE when both ways are used.
CUresult launch(CUfunction function, const cudaLaunchConfig_t& config, void** parameters, void** extra);

}  // namespace cw::driver

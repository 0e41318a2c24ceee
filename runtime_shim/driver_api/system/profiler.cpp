// Profiler control: markers for a profiler, of which there is none.
#include "driver_api/entry.hpp"

using namespace cw::driver;

// Deprecated and without effect in CUDA 12 as well.
CUresult cuProfilerInitialize(const char*, const char*, CUoutput_mode) { return CUDA_ERROR_NOT_SUPPORTED; }

CUresult cuProfilerStart() {
  return in_context([] { return cudaProfilerStart(); });
}

CUresult cuProfilerStop() {
  return in_context([] { return cudaProfilerStop(); });
}

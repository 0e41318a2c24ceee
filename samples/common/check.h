// What every sample shares: a check around CUDA calls, and the line that says how the sample ended.
//
// Only the CUDA runtime and the C++ standard library are used, so that each sample builds with any nvcc:
//     nvcc samples/saxpy/saxpy.cu -o saxpy && ./saxpy

#ifndef SAMPLES_COMMON_CHECK_H
#define SAMPLES_COMMON_CHECK_H

#include <cuda_runtime.h>

#include <cstdarg>
#include <cstdio>
#include <cstdlib>

// Stops the program with the call's text and CUDA's own message. Kernel launches return nothing:
// follow them with CUDA_CHECK(cudaGetLastError()), which reports a launch that could not start.
#define CUDA_CHECK(call)                                                                                       \
  do {                                                                                                         \
    const cudaError_t check_error = (call);                                                                    \
    if (check_error != cudaSuccess) {                                                                          \
      std::fprintf(stderr, "%s:%d: %s: %s (%s)\n", __FILE__, __LINE__, #call, cudaGetErrorString(check_error), \
                   cudaGetErrorName(check_error));                                                             \
      std::exit(2);                                                                                            \
    }                                                                                                          \
  } while (0)

namespace samples {

// Blocks needed so that `blocks * threads_per_block` threads cover `count` elements.
constexpr unsigned blocks_for(unsigned count, unsigned threads_per_block) {
  return (count + threads_per_block - 1) / threads_per_block;
}

// Prints "PASS <figures>" or "FAIL <figures>" and returns the exit code of main: 0 or 1.
inline int verdict(bool pass, const char* format, ...) {
  std::fputs(pass ? "PASS " : "FAIL ", stdout);
  va_list arguments;
  va_start(arguments, format);
  std::vprintf(format, arguments);
  va_end(arguments);
  std::fputc('\n', stdout);
  return pass ? 0 : 1;
}

}  // namespace samples

#endif

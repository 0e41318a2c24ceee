// Device code as a program hands it over: images in memory, files, options for a just-in-time compiler.
#pragma once

#include "core/vector.hpp"
#include "driver_api/entry.hpp"

namespace cw::driver {

// The whole file, with an end mark for text. CUDA_ERROR_FILE_NOT_FOUND.
CUresult read_file(const char* path, Vector<char>* out);

// Where a program wants a compiler's messages (CU_JIT_INFO_LOG_BUFFER and the like).
class JitLog {
 public:
  // CUDA_ERROR_INVALID_VALUE: an option that does not exist, or no list where one is announced.
  CUresult read(unsigned count, const CUjit_option* options, void** values);
  // Empties the buffers, or puts the reason of a failure into the error log, and sets the sizes.
  void report(CUresult outcome);

 private:
  char* info_ = nullptr;
  char* error_ = nullptr;
  size_t info_size_ = 0;
  size_t error_size_ = 0;
  void** info_used_ = nullptr;
  void** error_used_ = nullptr;
  void** time_ = nullptr;
};

}  // namespace cw::driver

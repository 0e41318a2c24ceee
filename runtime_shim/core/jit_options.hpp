// What a program asks of the just-in-time compiler, and where it wants the messages: CUjit_option and cudaJitOption, whose numbers
// are the same.
#pragma once

#include <driver_types.h>

#include "compiler/bytes.hpp"
#include "core/internal_api.hpp"

namespace cw {

// What changes the code. Other options (registers, cache modes, targets) have no effect on devices that compile here.
struct JitOptions {
  unsigned optimisation = 4;  // 0 to 4
  bool debug = false;
  bool line_info = false;
  // One word for each, as driver/ptx_module.py reads them.
  compiler::Bytes words() const;
};

// One call that may compile. Messages gather in `info` and `error` until report() hands them over.
class Jit {
 public:
  Jit();
  // cudaErrorInvalidValue: an option or a value that does not exist, or no list where one is announced.
  cudaError_t read(const JitArguments& arguments);
  // Fills the program's buffers and sets their sizes; a failure that nobody would hear of goes to stderr.
  void report(cudaError_t outcome);

  const char* name = nullptr;  // what messages call the code, or null
  JitOptions options;
  bool verbose = false;
  compiler::Bytes info, error;

 private:
  struct Buffer {
    char* text = nullptr;
    size_t size = 0;
    void** used = nullptr;
  };
  cudaError_t read_one(int option, void** value);
  static void write(Buffer& buffer, const compiler::Bytes& text);

  Buffer info_buffer_, error_buffer_;
  void** time_ = nullptr;
  uint64_t started_;
};

}  // namespace cw

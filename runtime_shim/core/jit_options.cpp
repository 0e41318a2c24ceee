#include "core/jit_options.hpp"

#include <string.h>

#include "core/error_text.hpp"
#include "core/log.hpp"
#include "core/sync.hpp"

namespace cw {
namespace {

// CUjit_option's numbers. What is not named here is a hint for NVIDIA's compiler.
enum Option {
  kWallTime = 2,
  kInfoBuffer = 3,
  kInfoSize = 4,
  kErrorBuffer = 5,
  kErrorSize = 6,
  kOptimisation = 7,
  kFallback = 10,
  kDebugInfo = 11,
  kVerbose = 12,
  kLineInfo = 13,
  kCacheMode = 14,
  kSymbolCount = 19,
  kLast = 34,
};

// Values are 32-bit numbers in the place of a pointer.
unsigned number(void* value) { return static_cast<unsigned>(reinterpret_cast<uintptr_t>(value)); }

cudaError_t within(void* value, unsigned most) { return number(value) <= most ? cudaSuccess : cudaErrorInvalidValue; }

}  // namespace

compiler::Bytes JitOptions::words() const {
  compiler::Bytes words;
  const char level[] = {'O', static_cast<char>('0' + optimisation), '\0'};
  compiler::append_word(&words, level);
  if (debug) compiler::append_word(&words, "debug");
  if (line_info) compiler::append_word(&words, "line-info");
  return words;
}

Jit::Jit() : started_(now_ns()) {}

cudaError_t Jit::read(const JitArguments& arguments) {
  name = arguments.name;
  if (arguments.count > 0 && (arguments.options == nullptr || arguments.values == nullptr)) return cudaErrorInvalidValue;
  for (unsigned i = 0; i < arguments.count; ++i) {
    const cudaError_t error = read_one(arguments.options[i], &arguments.values[i]);
    if (error != cudaSuccess) return error;
  }
  return cudaSuccess;
}

cudaError_t Jit::read_one(int option, void** value) {
  if (option < 0 || option > kLast) return cudaErrorInvalidValue;
  switch (option) {
    case kWallTime:
      time_ = value;
      return cudaSuccess;
    case kInfoBuffer:
    case kErrorBuffer:
      (option == kInfoBuffer ? info_buffer_ : error_buffer_).text = static_cast<char*>(*value);
      return cudaSuccess;
    case kInfoSize:
    case kErrorSize: {
      Buffer& buffer = option == kInfoSize ? info_buffer_ : error_buffer_;
      buffer.used = value;
      buffer.size = number(*value);
      return cudaSuccess;
    }
    case kOptimisation:
      options.optimisation = number(*value);
      return within(*value, 4);
    case kFallback:
      return within(*value, 1);
    case kCacheMode:
      return within(*value, 2);
    case kDebugInfo:
      options.debug = number(*value) != 0;
      return cudaSuccess;
    case kLineInfo:
      options.line_info = number(*value) != 0;
      return cudaSuccess;
    case kVerbose:
      verbose = number(*value) != 0;
      return cudaSuccess;
    case kSymbolCount:
      if (number(*value) == 0) return cudaSuccess;
      say_unsupported("CU_JIT_GLOBAL_SYMBOL_NAMES");
      return cudaErrorNotSupported;
    default:
      return cudaSuccess;
  }
}

// The size becomes that of the messages that are in the buffer.
void Jit::write(Buffer& buffer, const compiler::Bytes& text) {
  size_t count = 0;
  if (buffer.text != nullptr && buffer.size > 0) {
    count = text.size() < buffer.size - 1 ? text.size() : buffer.size - 1;
    if (count != 0) memcpy(buffer.text, text.data(), count);
    buffer.text[count] = '\0';
  }
  if (buffer.used != nullptr) *buffer.used = reinterpret_cast<void*>(count);
}

void Jit::report(cudaError_t outcome) {
  if (outcome != cudaSuccess && error.empty()) {
    error = compiler::bytes_of(error_string(outcome));
    error.push('\n');
  } else if (outcome != cudaSuccess && error_buffer_.text == nullptr) {
    say("%s: %.*s", name != nullptr ? name : "device code", static_cast<int>(error.size()), error.data());
  }
  if (outcome == cudaSuccess) error.clear();
  write(info_buffer_, info);
  write(error_buffer_, error);
  const float milliseconds = static_cast<float>(now_ns() - started_) * 1e-6f;
  if (time_ != nullptr) memcpy(static_cast<void*>(time_), &milliseconds, sizeof milliseconds);
}

}  // namespace cw

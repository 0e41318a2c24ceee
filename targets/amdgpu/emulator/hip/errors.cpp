// Names and texts of errors, and the last error of each thread.
#include "emulator/hip/call.hpp"

namespace cw::amdhip {
namespace {

struct Known {
  int number;
  const char* name;
  const char* text;
};

constexpr Known kKnown[] = {
#define HIP_ERROR(name, number, text) {number, #name, text},
#include "emulator/hip/errors.inc"
#undef HIP_ERROR
};

const Known& known(int error) {
  for (const Known& one : kKnown) {
    if (one.number == error) return one;
  }
  return kKnown[sizeof kKnown / sizeof kKnown[0] - 1];
}

thread_local int last = hipSuccess;

}  // namespace

const char* error_name(int error) { return known(error).name; }
const char* error_text(int error) { return known(error).text; }

int remember(Error error) {
  if (error != hipSuccess && error != hipErrorNotReady) last = error;
  return error;
}

HIP_API const char* hipGetErrorName(int error) { return error_name(error); }
HIP_API const char* hipGetErrorString(int error) { return error_text(error); }
HIP_API int hipPeekAtLastError() { return last; }
HIP_API int hipGetLastError() {
  const int error = last;
  last = hipSuccess;
  return error;
}
HIP_API int hipExtGetLastError() { return hipGetLastError(); }
HIP_API int hipDrvGetErrorName(int error, const char** out) {
  if (out == nullptr) return hipErrorInvalidValue;
  *out = error_name(error);
  return hipSuccess;
}
HIP_API int hipDrvGetErrorString(int error, const char** out) {
  if (out == nullptr) return hipErrorInvalidValue;
  *out = error_text(error);
  return hipSuccess;
}

}  // namespace cw::amdhip

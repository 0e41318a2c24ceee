#include "core/error_text.hpp"

namespace cw {
namespace {

struct Text {
  cudaError_t error;
  const char* name;
  const char* text;
};

constexpr Text kTexts[] = {
#define CW_ERROR(name, text) {name, #name, text},
#include "crosswarp/errors.inc"
#undef CW_ERROR
};

}  // namespace

const char* error_name(cudaError_t error) {
  for (const Text& known : kTexts) {
    if (known.error == error) return known.name;
  }
  return "unrecognized error code";
}

const char* error_string(cudaError_t error) {
  for (const Text& known : kTexts) {
    if (known.error == error) return known.text;
  }
  return "unrecognized error code";
}

}  // namespace cw

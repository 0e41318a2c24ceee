// Entries that concern no compilation, and those for results that Crosswarp does not make.
#include "core/log.hpp"
#include "nvrtc/program.hpp"

namespace {

constexpr int kMajor = 12;
constexpr int kMinor = 9;
// What the compiler takes as -arch (targets/nvptx).
constexpr int kArchitectures[] = {50, 52, 53, 60, 61, 62, 70, 72, 75, 80, 86, 87, 89, 90, 100, 101, 103, 120, 121};
constexpr const char* kNames[] = {
    "NVRTC_SUCCESS",
    "NVRTC_ERROR_OUT_OF_MEMORY",
    "NVRTC_ERROR_PROGRAM_CREATION_FAILURE",
    "NVRTC_ERROR_INVALID_INPUT",
    "NVRTC_ERROR_INVALID_PROGRAM",
    "NVRTC_ERROR_INVALID_OPTION",
    "NVRTC_ERROR_COMPILATION",
    "NVRTC_ERROR_BUILTIN_OPERATION_FAILURE",
    "NVRTC_ERROR_NO_NAME_EXPRESSIONS_AFTER_COMPILATION",
    "NVRTC_ERROR_NO_LOWERED_NAMES_BEFORE_COMPILATION",
    "NVRTC_ERROR_NAME_EXPRESSION_NOT_VALID",
    "NVRTC_ERROR_INTERNAL_ERROR",
    "NVRTC_ERROR_TIME_FILE_WRITE_FAILED",
    "NVRTC_ERROR_NO_PCH_CREATE_ATTEMPTED",
    "NVRTC_ERROR_PCH_CREATE_HEAP_EXHAUSTED",
    "NVRTC_ERROR_PCH_CREATE",
    "NVRTC_ERROR_CANCELLED",
    "NVRTC_ERROR_TIME_TRACE_FILE_WRITE_FAILED",
};
constexpr size_t kPchHeap = 256u << 20;

nvrtcResult not_made(const char* what) {
  cw::say_unsupported(what);
  return NVRTC_ERROR_INVALID_PROGRAM;  // what NVRTC answers where the options did not ask for that result
}

}  // namespace

extern "C" [[gnu::visibility("default")]] const char* nvrtcGetErrorString(nvrtcResult result) {
  const auto number = static_cast<unsigned>(result);
  return number < sizeof kNames / sizeof kNames[0] ? kNames[number] : "NVRTC_ERROR unknown";
}

CW_NVRTC_ENTRY nvrtcVersion(int* major, int* minor) {
  if (major == nullptr || minor == nullptr) return NVRTC_ERROR_INVALID_INPUT;
  *major = kMajor;
  *minor = kMinor;
  return NVRTC_SUCCESS;
}

CW_NVRTC_ENTRY nvrtcGetNumSupportedArchs(int* count) {
  if (count == nullptr) return NVRTC_ERROR_INVALID_INPUT;
  *count = sizeof kArchitectures / sizeof kArchitectures[0];
  return NVRTC_SUCCESS;
}

CW_NVRTC_ENTRY nvrtcGetSupportedArchs(int* out) {
  if (out == nullptr) return NVRTC_ERROR_INVALID_INPUT;
  for (const int architecture : kArchitectures) *out++ = architecture;
  return NVRTC_SUCCESS;
}

CW_NVRTC_ENTRY nvrtcGetOptiXIRSize(nvrtcProgram, size_t*) { return not_made("nvrtcGetOptiXIR"); }
CW_NVRTC_ENTRY nvrtcGetOptiXIR(nvrtcProgram, char*) { return not_made("nvrtcGetOptiXIR"); }

CW_NVRTC_ENTRY nvrtcGetPCHHeapSize(size_t* out) {
  if (out == nullptr) return NVRTC_ERROR_INVALID_INPUT;
  *out = kPchHeap;
  return NVRTC_SUCCESS;
}
CW_NVRTC_ENTRY nvrtcSetPCHHeapSize(size_t) { return NVRTC_SUCCESS; }
CW_NVRTC_ENTRY nvrtcGetPCHCreateStatus(nvrtcProgram prog) {
  return prog == nullptr ? NVRTC_ERROR_INVALID_PROGRAM : NVRTC_ERROR_NO_PCH_CREATE_ATTEMPTED;
}
CW_NVRTC_ENTRY nvrtcGetPCHHeapSizeRequired(nvrtcProgram prog, size_t* out) {
  if (prog == nullptr) return NVRTC_ERROR_INVALID_PROGRAM;
  if (out == nullptr) return NVRTC_ERROR_INVALID_INPUT;
  *out = 0;
  return NVRTC_SUCCESS;
}
// A compilation is over before it could be cancelled with profit: the callback is never asked.
CW_NVRTC_ENTRY nvrtcSetFlowCallback(nvrtcProgram prog, int (*callback)(void*, void*), void*) {
  if (prog == nullptr) return NVRTC_ERROR_INVALID_PROGRAM;
  return callback == nullptr ? NVRTC_ERROR_INVALID_INPUT : NVRTC_SUCCESS;
}

#include "nvrtc/program.hpp"

#include <string.h>

using namespace cw::nvrtc;

namespace cw::nvrtc {

namespace {

bool equal(const Bytes& bytes, const char* text) {
  return bytes.size() == strlen(text) && memcmp(bytes.data(), text, bytes.size()) == 0;
}

// Results are there only after a compilation that went well.
nvrtcResult size_of(nvrtcProgram program, const Bytes& bytes, size_t* out, bool needs_success = true) {
  if (out == nullptr) return NVRTC_ERROR_INVALID_INPUT;
  if (needs_success && !program->successful) return NVRTC_ERROR_INVALID_PROGRAM;
  *out = bytes.size();
  return NVRTC_SUCCESS;
}

nvrtcResult copy_of(nvrtcProgram program, const Bytes& bytes, char* out, bool needs_success = true) {
  if (out == nullptr) return NVRTC_ERROR_INVALID_INPUT;
  if (needs_success && !program->successful) return NVRTC_ERROR_INVALID_PROGRAM;
  if (bytes.size() != 0) memcpy(out, bytes.data(), bytes.size());
  return NVRTC_SUCCESS;
}

}  // namespace
}  // namespace cw::nvrtc

CW_NVRTC_ENTRY nvrtcCreateProgram(nvrtcProgram* prog, const char* src, const char* name, int count, const char* const* headers,
                                  const char* const* names) {
  if (prog == nullptr || src == nullptr || count < 0) return NVRTC_ERROR_INVALID_INPUT;
  if (count > 0 && (headers == nullptr || names == nullptr)) return NVRTC_ERROR_INVALID_INPUT;
  cw::Owned<_nvrtcProgram> program(new _nvrtcProgram);
  program->source = bytes_of(src);
  program->name = bytes_of(name != nullptr && *name != '\0' ? name : "default_program");
  for (int i = 0; i < count; ++i) {
    if (headers[i] == nullptr || names[i] == nullptr) return NVRTC_ERROR_INVALID_INPUT;
    program->headers.push(Header{bytes_of(names[i]), bytes_of(headers[i])});
  }
  *prog = program.release();
  return NVRTC_SUCCESS;
}

CW_NVRTC_ENTRY nvrtcDestroyProgram(nvrtcProgram* prog) {
  if (prog == nullptr || *prog == nullptr) return NVRTC_ERROR_INVALID_PROGRAM;
  delete *prog;
  *prog = nullptr;
  return NVRTC_SUCCESS;
}

CW_NVRTC_ENTRY nvrtcCompileProgram(nvrtcProgram prog, int count, const char* const* options) {
  if (prog == nullptr) return NVRTC_ERROR_INVALID_PROGRAM;
  if (count < 0 || (count > 0 && options == nullptr)) return NVRTC_ERROR_INVALID_INPUT;
  for (int i = 0; i < count; ++i) {
    if (options[i] == nullptr) return NVRTC_ERROR_INVALID_OPTION;
  }
  return compile(*prog, count, options);
}

CW_NVRTC_ENTRY nvrtcAddNameExpression(nvrtcProgram prog, const char* const expression) {
  if (prog == nullptr) return NVRTC_ERROR_INVALID_PROGRAM;
  if (expression == nullptr) return NVRTC_ERROR_INVALID_INPUT;
  if (prog->compiled) return NVRTC_ERROR_NO_NAME_EXPRESSIONS_AFTER_COMPILATION;
  for (const Name& name : prog->names) {
    if (equal(name.expression, expression)) return NVRTC_SUCCESS;
  }
  prog->names.push(Name{bytes_of(expression), {}});
  return NVRTC_SUCCESS;
}

CW_NVRTC_ENTRY nvrtcGetLoweredName(nvrtcProgram prog, const char* const expression, const char** lowered) {
  if (prog == nullptr) return NVRTC_ERROR_INVALID_PROGRAM;
  if (expression == nullptr || lowered == nullptr) return NVRTC_ERROR_INVALID_INPUT;
  if (!prog->successful) return NVRTC_ERROR_NO_LOWERED_NAMES_BEFORE_COMPILATION;
  for (const Name& name : prog->names) {
    if (!equal(name.expression, expression) || name.lowered.empty()) continue;
    *lowered = name.lowered.data();
    return NVRTC_SUCCESS;
  }
  return NVRTC_ERROR_NAME_EXPRESSION_NOT_VALID;
}

#define CW_RESULT(Entry, member, needs_success)                           \
  CW_NVRTC_ENTRY nvrtcGet##Entry##Size(nvrtcProgram prog, size_t* size) { \
    if (prog == nullptr) return NVRTC_ERROR_INVALID_PROGRAM;              \
    return size_of(prog, prog->member, size, needs_success);              \
  }                                                                       \
  CW_NVRTC_ENTRY nvrtcGet##Entry(nvrtcProgram prog, char* out) {          \
    if (prog == nullptr) return NVRTC_ERROR_INVALID_PROGRAM;              \
    return copy_of(prog, prog->member, out, needs_success);               \
  }
CW_RESULT(PTX, ptx, true)
CW_RESULT(CUBIN, fatbin, true)
CW_RESULT(ProgramLog, log, false)

CW_NVRTC_ENTRY nvrtcGetLTOIRSize(nvrtcProgram prog, size_t* size) {
  if (prog == nullptr || prog->ltoir.empty()) return NVRTC_ERROR_INVALID_PROGRAM;
  return size_of(prog, prog->ltoir, size);
}
CW_NVRTC_ENTRY nvrtcGetLTOIR(nvrtcProgram prog, char* out) {
  if (prog == nullptr || prog->ltoir.empty()) return NVRTC_ERROR_INVALID_PROGRAM;
  return copy_of(prog, prog->ltoir, out);
}

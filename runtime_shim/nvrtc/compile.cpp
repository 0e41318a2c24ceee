// A compilation: the program goes into a folder of its own, Crosswarp's compiler runs as a process (`crosswarp rtc FOLDER`,
// driver/rtc.py says what is in the folder), and what it made is read back.
#include <string.h>

#include "compiler/run.hpp"
#include "nvrtc/program.hpp"

namespace cw::nvrtc {
namespace {

using compiler::append;
using compiler::Folder;

constexpr int kUsageError = 2;  // exit code of `crosswarp rtc` for a word that is no option
constexpr int kBug = 3;

void append_word(Bytes* list, const Bytes& word) {
  append(list, word.data(), word.size());
  list->push('\0');
}

// A header's name becomes a path below the include folder: it may not leave it.
bool safe(const Bytes& name) {
  Bytes text;
  append_word(&text, name);
  return name.size() != 0 && text[0] != '/' && strstr(text.data(), "..") == nullptr && name.size() < compiler::kPath / 2;
}

bool write_request(const Folder& folder, const _nvrtcProgram& program, int count, const char* const* options) {
  Bytes words, names;
  for (int i = 0; i < count; ++i) compiler::append_word(&words, options[i]);
  for (const Name& name : program.names) append_word(&names, name.expression);
  bool written = folder.write("source", program.source) && folder.write("name", program.name) && folder.write("options", words) &&
                 folder.write("names", names);
  for (const Header& header : program.headers) {
    if (!safe(header.name)) return false;
    Bytes path = bytes_of("include/");
    append_word(&path, header.name);
    written = written && folder.write(path.data(), header.text);
  }
  return written;
}

bool read_results(const Folder& folder, _nvrtcProgram* program) {
  Bytes lowered;
  if (!folder.read("program.ptx", &program->ptx) || !folder.read("program.fatbin", &program->fatbin) ||
      !folder.read("lowered", &lowered)) {
    return false;
  }
  folder.read("program.ltoir", &program->ltoir);
  size_t at = 0;
  for (Name& name : program->names) {
    while (at < lowered.size()) {
      name.lowered.push(lowered[at]);
      if (lowered[at++] == '\0') break;
    }
  }
  return true;
}

nvrtcResult compile_in(const Folder& folder, _nvrtcProgram* program, int count, const char* const* options) {
  if (!write_request(folder, *program, count, options)) return NVRTC_ERROR_INVALID_INPUT;
  const int code = compiler::run("rtc", folder);
  folder.read("log", &program->log);
  program->log.push('\0');
  if (code == kUsageError) return NVRTC_ERROR_INVALID_OPTION;
  if (code < 0 || code == kBug) return NVRTC_ERROR_INTERNAL_ERROR;
  if (code != 0) return NVRTC_ERROR_COMPILATION;
  return read_results(folder, program) ? NVRTC_SUCCESS : NVRTC_ERROR_INTERNAL_ERROR;
}

}  // namespace

nvrtcResult compile(_nvrtcProgram& program, int count, const char* const* options) {
  const Folder folder;
  if (!folder.exists()) return NVRTC_ERROR_PROGRAM_CREATION_FAILURE;
  const nvrtcResult result = compile_in(folder, &program, count, options);
  program.compiled = true;
  program.successful = result == NVRTC_SUCCESS;
  return result;
}

}  // namespace cw::nvrtc

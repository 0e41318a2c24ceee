// A compilation: the program goes into a folder of its own, Crosswarp's compiler runs as a process (`crosswarp rtc FOLDER`,
// driver/rtc.py says what is in the folder), and what it made is read back.
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nvrtc/program.hpp"

extern char** environ;

namespace cw::nvrtc {
namespace {

constexpr size_t kPath = 4096;
constexpr int kUsageError = 2;  // exit code of `crosswarp rtc` for a word that is no option
constexpr int kBug = 3;

// The command: CROSSWARP_COMMAND, else `bin/crosswarp` beside the folder of this library (a toolkit's lib64), else the PATH's.
void find_command(char out[kPath]) {
  const char* chosen = getenv("CROSSWARP_COMMAND");
  if (chosen != nullptr && *chosen != '\0') {
    snprintf(out, kPath, "%s", chosen);
    return;
  }
  Dl_info library;
  if (dladdr(reinterpret_cast<const void*>(&find_command), &library) != 0 && library.dli_fname != nullptr) {
    snprintf(out, kPath, "%s", library.dli_fname);
    if (char* slash = strrchr(out, '/')) {
      snprintf(slash, kPath - static_cast<size_t>(slash - out), "/../bin/crosswarp");
      if (access(out, X_OK) == 0) return;
    }
  }
  snprintf(out, kPath, "crosswarp");
}

bool write_file(const char* folder, const char* name, const Bytes& bytes) {
  char path[kPath];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  for (char* slash = strchr(path + strlen(folder) + 1, '/'); slash != nullptr; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    mkdir(path, 0700);
    *slash = '/';
  }
  FILE* file = fopen(path, "wb");
  if (file == nullptr) return false;
  const bool written = fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  return fclose(file) == 0 && written;
}

bool read_file(const char* folder, const char* name, Bytes* out) {
  char path[kPath];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE* file = fopen(path, "rb");
  if (file == nullptr) return false;
  char buffer[16384];
  out->clear();
  for (size_t count; (count = fread(buffer, 1, sizeof buffer, file)) > 0;) {
    const size_t before = out->size();
    out->resize(before + count);
    memcpy(out->data() + before, buffer, count);
  }
  return fclose(file) == 0;
}

void remove_folder(const char* folder) {
  DIR* listing = opendir(folder);
  if (listing == nullptr) return;
  while (const dirent* entry = readdir(listing)) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    char path[kPath];
    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    if (unlink(path) != 0) remove_folder(path);
  }
  closedir(listing);
  rmdir(folder);
}

void append(Bytes* list, const Bytes& word) {
  for (const char c : word) list->push(c);
  list->push('\0');
}

// A header's name becomes a path below the include folder: it may not leave it.
bool safe(const Bytes& name) {
  Bytes text;
  append(&text, name);
  return name.size() != 0 && text[0] != '/' && strstr(text.data(), "..") == nullptr && name.size() < kPath / 2;
}

bool write_request(const char* folder, const _nvrtcProgram& program, int count, const char* const* options) {
  Bytes words, names;
  for (int i = 0; i < count; ++i) append(&words, bytes_of(options[i]));
  for (const Name& name : program.names) append(&names, name.expression);
  bool written = write_file(folder, "source", program.source) && write_file(folder, "name", program.name) &&
                 write_file(folder, "options", words) && write_file(folder, "names", names);
  for (const Header& header : program.headers) {
    if (!safe(header.name)) return false;
    Bytes path = bytes_of("include/");
    append(&path, header.name);
    written = written && write_file(folder, path.data(), header.text);
  }
  return written;
}

// Runs `crosswarp rtc folder`, its output in folder/log. The exit code, or -1 if it did not run to its end.
int run(const char* folder) {
  char command[kPath], log[kPath];
  find_command(command);
  snprintf(log, sizeof log, "%s/log", folder);
  char verb[] = "rtc";
  char* argument = const_cast<char*>(folder);
  char* const words[] = {command, verb, argument, nullptr};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  pid_t child = -1;
  const int failed = posix_spawnp(&child, command, &actions, nullptr, words, environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) {
    fprintf(stderr, "crosswarp: NVRTC cannot start the compiler '%s': %s (set CROSSWARP_COMMAND)\n", command, strerror(failed));
    return -1;
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return -1;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

bool read_results(const char* folder, _nvrtcProgram* program) {
  Bytes lowered;
  if (!read_file(folder, "program.ptx", &program->ptx) || !read_file(folder, "program.fatbin", &program->fatbin) ||
      !read_file(folder, "lowered", &lowered)) {
    return false;
  }
  size_t at = 0;
  for (Name& name : program->names) {
    while (at < lowered.size()) {
      name.lowered.push(lowered[at]);
      if (lowered[at++] == '\0') break;
    }
  }
  return true;
}

nvrtcResult compile_in(const char* folder, _nvrtcProgram* program, int count, const char* const* options) {
  if (!write_request(folder, *program, count, options)) return NVRTC_ERROR_INVALID_INPUT;
  const int code = run(folder);
  read_file(folder, "log", &program->log);
  program->log.push('\0');
  if (code == kUsageError) return NVRTC_ERROR_INVALID_OPTION;
  if (code < 0 || code == kBug) return NVRTC_ERROR_INTERNAL_ERROR;
  if (code != 0) return NVRTC_ERROR_COMPILATION;
  return read_results(folder, program) ? NVRTC_SUCCESS : NVRTC_ERROR_INTERNAL_ERROR;
}

}  // namespace

nvrtcResult compile(_nvrtcProgram& program, int count, const char* const* options) {
  const char* base = getenv("TMPDIR");
  char folder[kPath];
  snprintf(folder, sizeof folder, "%s/crosswarp-nvrtc-XXXXXX", base != nullptr && *base != '\0' ? base : "/tmp");
  if (mkdtemp(folder) == nullptr) return NVRTC_ERROR_PROGRAM_CREATION_FAILURE;
  const nvrtcResult result = compile_in(folder, &program, count, options);
  remove_folder(folder);
  program.compiled = true;
  program.successful = result == NVRTC_SUCCESS;
  return result;
}

}  // namespace cw::nvrtc

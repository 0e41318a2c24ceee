#include "core/jit.hpp"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/cache.hpp"
#include "compiler/command.hpp"
#include "compiler/run.hpp"

namespace cw {
namespace {

using namespace compiler;

constexpr int kCapability = 80;  // what devices that are no NVIDIA GPU say they are (docs/runtime.md)

// Exit codes of `crosswarp ptx`.
cudaError_t outcome(int code) {
  switch (code) {
    case 0:
      return cudaSuccess;
    case 1:
      return cudaErrorInvalidPtx;
    case 4:
      return cudaErrorUnsupportedPtxVersion;
    case 5:
      return cudaErrorNoKernelImageForDevice;
    case 6:
      return cudaErrorInvalidKernelImage;
    case kNotStarted:
      return cudaErrorJitCompilerNotFound;
    default:
      return cudaErrorUnknown;
  }
}

struct Request {
  const char* arch;
  Bytes options;
  Bytes kinds;  // with the names: a word each
  const LinkInput* inputs;
  size_t count;
};

Request request_of(const char* arch, const LinkInput* inputs, size_t count, const Jit& jit) {
  Request request{arch, jit.options.words(), Bytes(), inputs, count};
  for (size_t i = 0; i < count; ++i) {
    const char number[] = {static_cast<char>('0' + inputs[i].kind), '\0'};
    append_word(&request.kinds, number);
  }
  return request;
}

Bytes contents(const LinkInput& input) {
  Bytes bytes;
  append(&bytes, input.data, input.bytes);
  return bytes;
}

// The same parts as in driver/ptx_module.py.
void key_of(const Bytes& compiler, const Request& request, char out[2 * kDigestBytes + 1]) {
  Key key;
  key.add("ptx-module");
  key.add(compiler);
  key.add(request.arch);
  key.add(request.options);
  key.add(request.kinds);
  for (size_t i = 0; i < request.count; ++i) key.add(contents(request.inputs[i]));
  key.finish(out);
}

bool write_request(const Folder& folder, const Request& request) {
  Bytes names;
  bool written = folder.write("arch", bytes_of(request.arch)) && folder.write("options", request.options) &&
                 folder.write("kinds", request.kinds);
  for (size_t i = 0; i < request.count; ++i) {
    char file[32];
    snprintf(file, sizeof file, "input-%zu", i);
    append_word(&names, request.inputs[i].name != nullptr ? request.inputs[i].name : "");
    written = written && folder.write(file, contents(request.inputs[i]));
  }
  return written && folder.write("names", names);
}

cudaError_t compile_in(const Folder& folder, const char* command, const Request& request, Jit& jit, Bytes* image) {
  if (!folder.exists() || !write_request(folder, request)) {
    jit.error = bytes_of("no temporary folder can be written\n");
    return cudaErrorOperatingSystem;
  }
  Bytes log, listing;
  const cudaError_t result = outcome(run("ptx", folder));
  folder.read("log", &log);
  (result == cudaSuccess ? jit.info : jit.error) = static_cast<Bytes&&>(log);
  if (result != cudaSuccess) return result;
  if (cache_enabled() && folder.read("compiler", &listing)) keep_compiler(command, listing);
  return folder.read("image", image) ? cudaSuccess : cudaErrorUnknown;
}

void say_in(Jit& jit, const char* what, const char* arch) {
  char line[256];
  const int length = snprintf(line, sizeof line, "%s for %s\n", what, arch);
  if (jit.verbose) append(&jit.info, line, static_cast<size_t>(length));
}

const char* after_blanks_and_comments(const char* at) {
  for (;;) {
    at += strspn(at, " \t\r\n\f\v");
    if (strncmp(at, "//", 2) == 0) {
      at += strcspn(at, "\n");
    } else if (strncmp(at, "/*", 2) == 0) {
      const char* end = strstr(at + 2, "*/");
      if (end == nullptr) return at;
      at = end + 2;
    } else {
      return at;
    }
  }
}

// The number in "sm_80"; architectures of one kind of GPU only ("sm_90a") come after all others.
int capability_of(const fatbin::Image& image) {
  char* end = nullptr;
  const long number = strncmp(image.arch, "sm_", 3) == 0 ? strtol(image.arch + 3, &end, 10) : 0;
  return static_cast<int>(end != nullptr && *end != '\0' ? number + 1000 : number);
}

bool is_better(int candidate, int best) {
  const bool fits = candidate <= kCapability, best_fits = best <= kCapability;
  return fits != best_fits ? fits : fits ? candidate > best : candidate < best;
}

}  // namespace

bool is_ptx(const char* text) { return strncmp(after_blanks_and_comments(text), ".version", 8) == 0; }

const fatbin::Image* best_ptx(const Vector<fatbin::Image>& images) {
  const fatbin::Image* best = nullptr;
  for (const fatbin::Image& image : images) {
    if (image.kind != fatbin::Kind::kPtx) continue;
    if (best == nullptr || is_better(capability_of(image), capability_of(*best))) best = &image;
  }
  return best;
}

cudaError_t compile_for(Device& device, const LinkInput* inputs, size_t count, Jit& jit, Bytes* image) {
  char arch[64];
  if (!device.code_architecture(arch, sizeof arch)) return cudaErrorNoKernelImageForDevice;
  const char* disabled = getenv("CUDA_DISABLE_PTX_JIT");
  if (disabled != nullptr && atoi(disabled) != 0) return cudaErrorJitCompilationDisabled;
  const Request request = request_of(arch, inputs, count, jit);
  char command[kPath], key[2 * kDigestBytes + 1];
  find_command(command);
  Bytes listing;
  if (cache_enabled() && known_compiler(command, &listing)) {
    key_of(listing, request, key);
    if (read_cached(key, image)) {
      say_in(jit, "found compiled", arch);
      return cudaSuccess;
    }
  }
  const Folder folder;
  const cudaError_t error = compile_in(folder, command, request, jit, image);
  if (error == cudaSuccess) say_in(jit, "compiled", arch);
  return error;
}

}  // namespace cw

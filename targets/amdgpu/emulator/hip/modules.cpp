// hipModule* and hipFunc*.
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "core/handles.hpp"
#include "core/immortal.hpp"
#include "core/log.hpp"
#include "emulator/hip/call.hpp"
#include "emulator/hip/memory.hpp"
#include "emulator/hip/module.hpp"

namespace cw::amdhip {
namespace {

constinit Immortal<Handles<Module>> modules;

struct KnownFunction : Allocated {
  Function* function;
};
constinit Immortal<Handles<KnownFunction>> functions;

Error load(void** out, const void* image) {
  Device* device = current_device();
  if (device == nullptr) return hipErrorNoDevice;
  if (out == nullptr || image == nullptr) return hipErrorInvalidValue;
  if (device->error() != hipSuccess) return device->error();
  Error error = hipSuccess;
  Owned<Module> module = Module::load(*device, image, &error);
  if (module) *out = modules.value.add(static_cast<Owned<Module>&&>(module), device->index());
  return error;
}

template <typename Use>
int with(void* handle, Use use) {
  return answer_about(modules.value.find(handle), hipErrorInvalidHandle, use);
}

struct File : Allocated {
  Vector<char> bytes;
};

Owned<File> read_file(const char* path) {
  FILE* stream = fopen(path, "rbe");
  if (stream == nullptr) return Owned<File>();
  Owned<File> file(new File);
  char part[65536];
  for (size_t count; (count = fread(part, 1, sizeof part, stream)) > 0;) {
    const size_t before = file->bytes.size();
    file->bytes.resize(before + count);
    memcpy(file->bytes.data() + before, part, count);
  }
  fclose(stream);
  return file;
}

constexpr size_t kLeastImage = 64;  // of an ELF header

}  // namespace

Owned<Module> Module::load(Device& device, const void* image, Error* error) {
  const size_t bytes = image_bytes(image);
  char message[512] = "not a code object";
  cw_amd_module* native = nullptr;
  if (bytes != 0) native = cw_amd_module_load(image, bytes, device.facts().arch, message, sizeof message);
  if (native != nullptr) return Owned<Module>(new Module(device, native));
  say("emulated %s: %s", device.facts().arch, message);
  *error = bytes != 0 ? hipErrorNoBinaryForGpu : hipErrorInvalidImage;
  return Owned<Module>();
}

Module::~Module() {
  device_.synchronize(true);
  for (Owned<Function>& function : functions_) functions.value.take(function.get());
  cw_amd_module_unload(native_);
}

Function* Module::function(const char* name) {
  const cw_amd_kernel* kernel = cw_amd_module_kernel(native_, name);
  if (kernel == nullptr) return nullptr;
  Lock lock(mutex_);
  for (Owned<Function>& function : functions_) {
    if (function->kernel() == kernel) return function.get();
  }
  Function* made = functions_.push(Owned<Function>(new Function(*this, kernel))).get();
  Owned<KnownFunction> known(new KnownFunction);
  known->function = made;
  functions.value.add_as(made, static_cast<Owned<KnownFunction>&&>(known), device_.index());
  return made;
}

bool Module::variable(const char* name, void** address, size_t* bytes) {
  uint64_t size = 0;
  void* found = cw_amd_module_symbol(native_, name, &size);
  if (address != nullptr) *address = found;
  if (bytes != nullptr) *bytes = size;
  return found != nullptr;
}

Function* find_function(void* handle) {
  KnownFunction* known = functions.value.find(handle);
  return known != nullptr ? known->function : nullptr;
}

HIP_API int hipModuleLoadData(void** out, const void* image) {
  return answer([&] { return load(out, image); });
}
HIP_API int hipModuleLoadDataEx(void** out, const void* image, unsigned, void*, void**) {
  return answer([&] { return load(out, image); });
}
HIP_API int hipModuleLoad(void** out, const char* path) {
  return answer([&] {
    const Owned<File> file = path != nullptr ? read_file(path) : Owned<File>();
    if (!file) return hipErrorFileNotFound;
    return file->bytes.size() < kLeastImage ? hipErrorInvalidImage : load(out, file->bytes.data());
  });
}
HIP_API int hipModuleUnload(void* handle) {
  return answer([&] { return modules.value.take(handle) ? hipSuccess : hipErrorInvalidHandle; });
}
HIP_API int hipModuleGetFunction(void** out, void* handle, const char* name) {
  return with(handle, [&](Module& module) {
    if (out == nullptr || name == nullptr) return hipErrorInvalidValue;
    *out = module.function(name);
    return *out != nullptr ? hipSuccess : hipErrorNotFound;
  });
}
HIP_API int hipModuleGetGlobal(void** address, size_t* bytes, void* handle, const char* name) {
  return with(handle, [&](Module& module) {
    if (name == nullptr) return hipErrorInvalidValue;
    return module.variable(name, address, bytes) ? hipSuccess : hipErrorNotFound;
  });
}

}  // namespace cw::amdhip

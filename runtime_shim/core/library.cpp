#include "core/library.hpp"

#include <string.h>

#include "core/loaded_modules.hpp"
#include "core/runtime.hpp"

namespace cw {
namespace {

template <typename T>
T& slot(Vector<T>& by_device, int ordinal) {
  if (by_device.size() <= static_cast<size_t>(ordinal)) by_device.resize(static_cast<size_t>(ordinal) + 1);
  return by_device[static_cast<size_t>(ordinal)];
}

}  // namespace

Library::Library(const void* code, bool kept) : code_(code) {
  if (kept) return;
  const size_t bytes = image_bytes(&code_);
  copy_.resize((bytes + sizeof copy_[0] - 1) / sizeof copy_[0]);
  memcpy(copy_.data(), code_, bytes);
  code_ = copy_.data();
}

cudaError_t Library::module(Device& device, int ordinal, Jit& jit, Module** out) {
  Owned<Module>& loaded = slot(modules_, ordinal);
  cudaError_t& failed = slot(load_errors_, ordinal);
  if (!loaded && failed == cudaSuccess) failed = load_any_image(device, code_, jit, &loaded);
  options_ = jit.options;
  *out = loaded.get();
  return failed;
}

cudaError_t Library::module(Device& device, int ordinal, Module** out) {
  Jit jit;
  jit.options = options_;
  const cudaError_t error = module(device, ordinal, jit, out);
  if (!jit.error.empty()) jit.report(error);
  return error;
}

Libraries& libraries() {
  alignas(Libraries) static unsigned char storage[sizeof(Libraries)];
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, [] { new (static_cast<void*>(storage)) Libraries(); });
  return *reinterpret_cast<Libraries*>(storage);
}

Library* Libraries::find(const void* handle) {
  Owned<Library>* found = libraries_.find(handle);
  return found != nullptr ? found->get() : nullptr;
}

cudaError_t Libraries::load(const void* code, bool kept, Jit& jit, Device& device, int ordinal, Library** out) {
  Owned<Library> library(new Library(code, kept));
  Module* module = nullptr;
  const cudaError_t error = library->module(device, ordinal, jit, &module);
  if (error != cudaSuccess) return error;
  *out = library.get();
  Lock lock(mutex_);
  libraries_.set(library.get(), static_cast<Owned<Library>&&>(library));
  return cudaSuccess;
}

cudaError_t Libraries::unload(const void* handle) {
  Owned<Library> library = take(handle);
  if (!library) return cudaErrorInvalidResourceHandle;
  for (size_t i = 0; i < library->modules_.size(); ++i) {
    if (!library->modules_[i]) continue;
    runtime().registry().take_back(*library->modules_[i]);
    runtime().device(static_cast<int>(i)).synchronize();
  }
  return cudaSuccess;
}

Owned<Library> Libraries::take(const void* handle) {
  Lock lock(mutex_);
  Owned<Library>* found = libraries_.find(handle);
  if (found == nullptr) return Owned<Library>();
  Owned<Library> library(found->release());
  for (Owned<LibraryKernel>& kernel : library->kernels_) kernels_.erase(kernel.get());
  libraries_.erase(handle);
  return library;
}

cudaError_t Libraries::kernel_handle(const void* handle, const char* name, Device& device, int ordinal, LibraryKernel** out) {
  Lock lock(mutex_);
  Library* library = find(handle);
  return library != nullptr ? handle_of(*library, name, device, ordinal, out) : cudaErrorInvalidResourceHandle;
}

cudaError_t Libraries::handle_of(Library& library, const char* name, Device& device, int ordinal, LibraryKernel** out) {
  for (Owned<LibraryKernel>& known : library.kernels_) {
    if (strcmp(known->name.data(), name) != 0) continue;
    *out = known.get();
    return cudaSuccess;
  }
  Module* module = nullptr;
  const cudaError_t error = library.module(device, ordinal, &module);
  if (error != cudaSuccess) return error;
  Kernel* kernel = module->kernel(name);
  if (kernel == nullptr) return cudaErrorSymbolNotFound;
  Owned<LibraryKernel> added(new LibraryKernel);
  added->library = &library;
  added->name.resize(strlen(name) + 1);
  memcpy(added->name.data(), name, added->name.size());
  slot(added->loaded, ordinal) = kernel;
  *out = library.kernels_.push(static_cast<Owned<LibraryKernel>&&>(added)).get();
  kernels_.set(*out, *out);
  return cudaSuccess;
}

cudaError_t Libraries::kernel_count(const void* handle, Device& device, int ordinal, unsigned* out) {
  Lock lock(mutex_);
  Library* library = find(handle);
  if (library == nullptr) return cudaErrorInvalidResourceHandle;
  Module* module = nullptr;
  Vector<const char*> names;
  cudaError_t error = library->module(device, ordinal, &module);
  if (error == cudaSuccess) error = module->kernel_names(&names);
  *out = static_cast<unsigned>(names.size());
  return error;
}

cudaError_t Libraries::kernel_handles(const void* handle, Device& device, int ordinal, LibraryKernel** out, unsigned most) {
  Lock lock(mutex_);
  Library* library = find(handle);
  if (library == nullptr) return cudaErrorInvalidResourceHandle;
  Module* module = nullptr;
  Vector<const char*> names;
  cudaError_t error = library->module(device, ordinal, &module);
  if (error == cudaSuccess) error = module->kernel_names(&names);
  for (size_t i = 0; error == cudaSuccess && i < names.size() && i < most; ++i) {
    error = handle_of(*library, names[i], device, ordinal, &out[i]);
  }
  return error;
}

cudaError_t Libraries::variable(const void* handle, const char* name, bool managed, Device& device, int ordinal, void** address,
                                size_t* bytes) {
  Lock lock(mutex_);
  Library* library = find(handle);
  if (library == nullptr) return cudaErrorInvalidResourceHandle;
  Module* module = nullptr;
  const cudaError_t error = library->module(device, ordinal, &module);
  if (error != cudaSuccess) return error;
  const bool found = module->is_managed(name) == managed && module->variable(name, address, bytes);
  if (!found) return cudaErrorSymbolNotFound;
  runtime().memory().add(*address, *bytes, managed ? MemoryKind::kManagedVariable : MemoryKind::kVariable, ordinal);
  return cudaSuccess;
}

cudaError_t Libraries::kernel(const void* handle, Device& device, int ordinal, Kernel** out) {
  Lock lock(mutex_);
  LibraryKernel** found = kernels_.find(handle);
  if (found == nullptr) return cudaErrorInvalidDeviceFunction;
  Kernel*& known = slot((*found)->loaded, ordinal);
  if (known == nullptr) {
    Module* module = nullptr;
    const cudaError_t error = (*found)->library->module(device, ordinal, &module);
    if (error != cudaSuccess) return error;
    known = module->kernel((*found)->name.data());
  }
  *out = known;
  return known != nullptr ? cudaSuccess : cudaErrorInvalidDeviceFunction;
}

Module* Libraries::module_of(const void* handle, Device& device, int ordinal) {
  Lock lock(mutex_);
  LibraryKernel** kernel = kernels_.find(handle);
  Library* library = kernel != nullptr ? (*kernel)->library : find(handle);
  Module* module = nullptr;
  if (library != nullptr) library->module(device, ordinal, &module);
  return module;
}

const void* Libraries::library_of(const void* handle) {
  Lock lock(mutex_);
  LibraryKernel** kernel = kernels_.find(handle);
  return kernel != nullptr ? (*kernel)->library : nullptr;
}

bool Libraries::owns_module(const void* handle) {
  Lock lock(mutex_);
  for (auto& item : libraries_) {
    for (const Owned<Module>& module : item.value->modules_) {
      if (module.get() == handle) return true;
    }
  }
  return false;
}

const char* Libraries::kernel_name(const void* handle) {
  Lock lock(mutex_);
  LibraryKernel** found = kernels_.find(handle);
  return found != nullptr ? (*found)->name.data() : nullptr;
}

void Libraries::forget(int ordinal) {
  Lock lock(mutex_);
  for (auto& item : libraries_) {
    slot(item.value->modules_, ordinal).reset();
    slot(item.value->load_errors_, ordinal) = cudaSuccess;
    for (Owned<LibraryKernel>& kernel : item.value->kernels_) slot(kernel->loaded, ordinal) = nullptr;
  }
}

}  // namespace cw

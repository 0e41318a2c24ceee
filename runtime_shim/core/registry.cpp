#include "core/registry.hpp"

#include <stdio.h>

#include <cstring>

#include "core/library.hpp"
#include "core/loaded_modules.hpp"
#include "core/log.hpp"
#include "core/runtime.hpp"

namespace cw {
namespace {

// Grows a per-device array so that `ordinal` is in it.
template <typename T>
T& slot(Vector<T>& by_device, int ordinal) {
  if (by_device.size() <= static_cast<size_t>(ordinal)) by_device.resize(static_cast<size_t>(ordinal) + 1);
  return by_device[static_cast<size_t>(ordinal)];
}

// The slot through which device code reaches a managed variable; null for other variables.
void* slot_of(Module& module, const char* variable) {
  char name[4096];
  const int length = snprintf(name, sizeof name, "__cw_managed_%s", variable);
  void* slot = nullptr;
  size_t bytes = 0;
  const bool found = length > 0 && static_cast<size_t>(length) < sizeof name && module.variable(name, &slot, &bytes);
  return found && bytes == sizeof(void*) ? slot : nullptr;
}

}  // namespace

RegisteredBinary* Registry::add_binary(const fatbin::Wrapper* wrapper) {
  Owned<RegisteredBinary> binary(new RegisteredBinary);
  if (wrapper->magic != fatbin::kWrapperMagic || !fatbin::read(wrapper->data, &binary->images)) {
    say("a program part was not compiled by Crosswarp: its kernels cannot be launched");
    binary->images.clear();
  } else {
    binary->managed = fatbin::has_managed(wrapper->data);
  }
  Lock lock(mutex_);
  return binaries_.push(static_cast<Owned<RegisteredBinary>&&>(binary)).get();
}

void Registry::remove_binary(RegisteredBinary* binary) {
  Lock lock(mutex_);
  for (const void* stub : binary->kernels) kernels_.erase(stub);
  for (const void* host : binary->variables) variables_.erase(host);
  // Modules stay loaded: a kernel may still run while the program exits, and the vendors' libraries may be gone already.
  for (Owned<Module>& module : binary->modules) module.release();
  for (size_t i = 0; i < binaries_.size(); ++i) {
    if (binaries_[i].get() == binary) return binaries_.erase(i);
  }
}

void Registry::add_kernel(RegisteredBinary* binary, const void* stub, const char* name) {
  Owned<RegisteredKernel> kernel(new RegisteredKernel);
  kernel->binary = binary;
  kernel->name = name;
  Lock lock(mutex_);
  binary->kernels.push(stub);
  kernels_.set(stub, static_cast<Owned<RegisteredKernel>&&>(kernel));
}

void Registry::add_variable(RegisteredBinary* binary, const void* host, const char* name, size_t bytes, bool constant,
                            void** managed) {
  Owned<RegisteredVariable> variable(new RegisteredVariable);
  variable->binary = binary;
  variable->name = name;
  variable->host = const_cast<void*>(host);
  variable->bytes = bytes;
  variable->constant = constant;
  variable->managed = managed;
  Lock lock(mutex_);
  binary->variables.push(host);
  variables_.set(host, static_cast<Owned<RegisteredVariable>&&>(variable));
}

cudaError_t Registry::kernel(const void* stub, Device& device, int ordinal, Kernel** out) {
  Lock lock(mutex_);
  Owned<RegisteredKernel>* found = kernels_.find(stub);
  if (found == nullptr) return given_kernel(stub, device, ordinal, out);
  RegisteredKernel& kernel = **found;
  Kernel*& known = slot(kernel.loaded, ordinal);
  if (known == nullptr) {
    Module* loaded = nullptr;
    const cudaError_t error = module(*kernel.binary, device, ordinal, &loaded);
    if (error != cudaSuccess) return error;
    known = loaded->kernel(kernel.name);
  }
  *out = known;
  return known != nullptr ? cudaSuccess : cudaErrorInvalidDeviceFunction;
}

const char* Registry::kernel_name(const void* stub) {
  Lock lock(mutex_);
  Owned<RegisteredKernel>* found = kernels_.find(stub);
  if (found != nullptr) return (*found)->name;
  return given_.find(stub) != nullptr ? static_cast<const Kernel*>(stub)->name() : libraries().kernel_name(stub);
}

const void* Registry::stub_of(const Kernel* kernel, int ordinal) {
  Lock lock(mutex_);
  for (auto& item : kernels_) {
    if (slot(item.value->loaded, ordinal) == kernel) return item.key;
  }
  return nullptr;
}

void Registry::give_out(Kernel* kernel, int ordinal) {
  Lock lock(mutex_);
  given_.set(kernel, ordinal);
}

void Registry::take_back(const Module& module) {
  Lock lock(mutex_);
  for (size_t i = given_.size(); i-- > 0;) {
    const void* kernel = given_.begin()[i].key;
    if (static_cast<const Kernel*>(kernel)->module() == &module) given_.erase(kernel);
  }
}

bool Registry::owns_module(const void* handle) {
  Lock lock(mutex_);
  for (Owned<RegisteredBinary>& binary : binaries_) {
    for (const Owned<Module>& module : binary->modules) {
      if (module.get() == handle) return true;
    }
  }
  return false;
}

// Programs may name a kernel by the handles of cudaGetFuncBySymbol and cudaLibraryGetKernel as well.
cudaError_t Registry::given_kernel(const void* handle, Device& device, int ordinal, Kernel** out) {
  const int* owner = given_.find(handle);
  if (owner == nullptr) return libraries().kernel(handle, device, ordinal, out);
  if (*owner != ordinal) return cudaErrorInvalidDeviceFunction;
  *out = static_cast<Kernel*>(const_cast<void*>(handle));
  return cudaSuccess;
}

cudaError_t Registry::variable(const void* host, Device& device, int ordinal, void** address, size_t* bytes) {
  Lock lock(mutex_);
  Owned<RegisteredVariable>* found = variables_.find(host);
  if (found == nullptr) return cudaErrorInvalidSymbol;
  Module* loaded = nullptr;
  const cudaError_t error = module(*(*found)->binary, device, ordinal, &loaded);
  if (error != cudaSuccess) return error;
  if (!loaded->variable((*found)->name, address, bytes)) return cudaErrorInvalidSymbol;
  if ((*found)->shared != nullptr) *address = (*found)->shared;
  return cudaSuccess;
}

cudaError_t Registry::module(RegisteredBinary& binary, Device& device, int ordinal, Module** out) {
  Owned<Module>& loaded = slot(binary.modules, ordinal);
  cudaError_t& failed = slot(binary.load_errors, ordinal);
  if (!loaded && failed == cudaSuccess) failed = load(binary, device, ordinal);
  *out = loaded.get();
  return failed;
}

cudaError_t Registry::load(RegisteredBinary& binary, Device& device, int ordinal) {
  fatbin::Image image;
  Vector<uint8_t> bytes;
  Jit jit;
  cudaError_t error = image_for(device, binary.images, jit, &image, &bytes);
  if (!jit.error.empty()) jit.report(error);
  if (error == cudaSuccess) error = device.load(image, bytes, &slot(binary.modules, ordinal));
  if (error != cudaSuccess) return error;
  for (const void* host : binary.variables) {
    const cudaError_t bound = bind(**variables_.find(host), device, ordinal);
    if (bound != cudaSuccess) return bound;
  }
  return cudaSuccess;
}

// Makes the variable's memory known; gives a managed variable its storage's address on the host side.
cudaError_t Registry::bind(RegisteredVariable& variable, Device& device, int ordinal) {
  void* address = nullptr;
  size_t bytes = 0;
  Module& module = *slot(variable.binary->modules, ordinal);
  if (!module.variable(variable.name, &address, &bytes)) return cudaSuccess;  // optimised away: an error only when it is asked for
  void* slot = variable.binary->managed ? slot_of(module, variable.name) : nullptr;
  if (slot != nullptr) return share(variable, device, ordinal, address, slot);
  const MemoryKind kind = variable.managed != nullptr ? MemoryKind::kManagedVariable : MemoryKind::kVariable;
  runtime().memory().add(address, bytes, kind, ordinal);
  if (variable.managed != nullptr) *variable.managed = address;
  return cudaSuccess;
}

// Host and device use the host's memory: the first image gives it the initial value, every image gets its address.
cudaError_t Registry::share(RegisteredVariable& variable, Device& device, int ordinal, const void* initial, void* slot) {
  Stream& stream = device.legacy_stream();
  cudaError_t error = pages_.share(device, ordinal, variable.host, variable.bytes, &variable.shared);
  if (error == cudaSuccess && variable.initialised_by < 0) {
    error = stream.copy_now(Copy::plain(variable.host, initial, variable.bytes, cudaMemcpyDeviceToHost));
    variable.initialised_by = ordinal;
  }
  if (error == cudaSuccess) error = stream.copy_now(Copy::plain(slot, &variable.shared, sizeof(void*), cudaMemcpyHostToDevice));
  if (error == cudaSuccess) runtime().memory().add(variable.host, variable.bytes, MemoryKind::kManagedVariable, ordinal);
  return error;
}

// PTX is compiled for any device, but where the program has an image for the CPU too, that one is meant.
bool Registry::has_image_for(const Device& device) {
  Lock lock(mutex_);
  bool any = false, only_nvidia = true;
  for (const Owned<RegisteredBinary>& binary : binaries_) {
    any = any || !binary->images.empty();
    if (fatbin::best_image(binary->images, device) != nullptr) return true;
    for (const fatbin::Image& image : binary->images) {
      only_nvidia = only_nvidia && (image.kind == fatbin::Kind::kPtx || image.kind == fatbin::Kind::kCubin);
    }
  }
  return !any || (only_nvidia && std::strcmp(device.kind(), "nvidia") != 0);
}

bool Registry::has_managed(const RegisteredBinary& binary) {
  Lock lock(mutex_);
  if (binary.managed) return true;
  for (const void* host : binary.variables) {
    if ((*variables_.find(host))->managed != nullptr) return true;
  }
  return false;
}

void Registry::bind_all_managed(Device& device, int ordinal) {
  Vector<RegisteredBinary*> binaries;
  {
    Lock lock(mutex_);
    for (Owned<RegisteredBinary>& binary : binaries_) binaries.push(binary.get());
  }
  for (RegisteredBinary* binary : binaries) bind_managed(binary, device, ordinal);
}

void Registry::bind_managed(RegisteredBinary* binary, Device& device, int ordinal) {
  if (!has_managed(*binary)) return;
  Lock lock(mutex_);
  Module* loaded = nullptr;
  module(*binary, device, ordinal, &loaded);
}

void Registry::unload(Device& device, int ordinal) {
  Lock lock(mutex_);
  pages_.forget(device, ordinal);
  for (auto& item : variables_) {
    if (item.value->initialised_by == ordinal) item.value->initialised_by = -1;
  }
  for (Owned<RegisteredBinary>& binary : binaries_) {
    slot(binary->modules, ordinal).reset();
    slot(binary->load_errors, ordinal) = cudaSuccess;
  }
  for (auto& item : kernels_) slot(item.value->loaded, ordinal) = nullptr;
  for (size_t i = given_.size(); i-- > 0;) {
    if (given_.begin()[i].value == ordinal) given_.erase(given_.begin()[i].key);
  }
  libraries().forget(ordinal);
}

}  // namespace cw

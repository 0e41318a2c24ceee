// __hipRegisterFatBinary and its kin: clang calls them before main.
#include "emulator/hip/program.hpp"

#include "core/immortal.hpp"
#include "emulator/hip/call.hpp"

namespace cw::amdhip {
namespace {

struct Wrapper {  // of a fat binary, as clang emits it
  unsigned magic, version;
  const void* image;
  void* unused;
};
constexpr unsigned kMagic = 0x48495046;  // HIPF

struct Books {
  Mutex mutex;
  Vector<Owned<Binary>> binaries;
  FlatMap<const void*, Owned<Announced>> functions, variables;
};
constinit Immortal<Books> books;

void announce(FlatMap<const void*, Owned<Announced>>& where, Binary* binary, const void* host, const char* name) {
  Owned<Announced> one(new Announced);
  one->binary = binary;
  one->name = name;
  Lock lock(books.value.mutex);
  where.set(host, static_cast<Owned<Announced>&&>(one));
}

// The module on the current device. The caller holds the lock.
Error module_of(Binary& binary, Module** out) {
  Device* device = current_device();
  if (device == nullptr) return hipErrorNoDevice;
  const auto at = static_cast<size_t>(device->index());
  if (binary.by_device.size() <= at) binary.by_device.resize(at + 1);
  Error error = hipSuccess;
  if (!binary.by_device[at]) binary.by_device[at] = Module::load(*device, binary.image, &error);
  *out = binary.by_device[at].get();
  return error;
}

// `use(module, name)` of what was announced for `host`; false where the module does not have it.
template <typename Use>
Error with_announced(FlatMap<const void*, Owned<Announced>>& where, const void* host, Error missing, Use use) {
  Lock lock(books.value.mutex);
  Owned<Announced>* known = where.find(host);
  if (known == nullptr) return missing;
  Module* module = nullptr;
  const Error error = module_of(*(*known)->binary, &module);
  if (error != hipSuccess) return error;
  return use(*module, (*known)->name) ? hipSuccess : missing;
}

}  // namespace

Error announced_function(const void* host, Function** out) {
  return with_announced(books.value.functions, host, hipErrorInvalidDeviceFunction, [&](Module& module, const char* name) {
    *out = module.function(name);
    return *out != nullptr;
  });
}

Error announced_variable(const void* host, void** address, size_t* bytes) {
  return with_announced(books.value.variables, host, hipErrorInvalidSymbol,
                        [&](Module& module, const char* name) { return module.variable(name, address, bytes); });
}

HIP_API void** __hipRegisterFatBinary(const Wrapper* wrapper) {
  if (wrapper == nullptr || wrapper->magic != kMagic) return nullptr;
  Owned<Binary> binary(new Binary);
  binary->image = wrapper->image;
  Lock lock(books.value.mutex);
  return reinterpret_cast<void**>(books.value.binaries.push(static_cast<Owned<Binary>&&>(binary)).get());
}
HIP_API void __hipRegisterFunction(void** binary, const void* host, char*, const char* name, unsigned, void*, void*, void*, void*,
                                   int*) {
  announce(books.value.functions, reinterpret_cast<Binary*>(binary), host, name);
}
HIP_API void __hipRegisterVar(void** binary, void* host, char*, char* name, int, size_t, int, int) {
  announce(books.value.variables, reinterpret_cast<Binary*>(binary), host, name);
}
// Code may still run while the program ends: modules stay.
HIP_API void __hipUnregisterFatBinary(void**) {}

}  // namespace cw::amdhip

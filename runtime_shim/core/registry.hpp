// What programs registered before main(): fat binaries, kernels by the address of their host stub, variables by their host address.
#pragma once

#include "core/flat_map.hpp"
#include "core/host_pages.hpp"
#include "core/sync.hpp"
#include "devices/device.hpp"

namespace cw {

struct RegisteredBinary;

struct RegisteredKernel : Allocated {
  RegisteredBinary* binary;
  const char* name;        // mangled
  Vector<Kernel*> loaded;  // by device ordinal; null: not looked up yet
};

struct RegisteredVariable : Allocated {
  RegisteredBinary* binary;
  const char* name;
  void* host;  // what host code calls by the variable's name
  size_t bytes;
  bool constant;
  void** managed;           // clang's HIP way of managed variables: where the host keeps the address; else null
  void* shared = nullptr;   // managed variables whose memory is `host`: the address that device code uses
  int initialised_by = -1;  // ... and the ordinal of the device whose image gave it its first value
};

struct RegisteredBinary : Allocated {
  Vector<fatbin::Image> images;
  Vector<Owned<Module>> modules;    // by device ordinal
  Vector<cudaError_t> load_errors;  // by device ordinal; cudaSuccess: not tried, or loaded
  Vector<const void*> kernels;      // keys of this binary in the registry
  Vector<const void*> variables;
  bool managed = false;  // an image has slots of managed variables
};

class Registry {
 public:
  // A record without images when `wrapper` holds no fat binary of ours (one stderr line says so).
  RegisteredBinary* add_binary(const fatbin::Wrapper* wrapper);
  void remove_binary(RegisteredBinary* binary);
  void add_kernel(RegisteredBinary* binary, const void* stub, const char* name);
  void add_variable(RegisteredBinary* binary, const void* host, const char* name, size_t bytes, bool constant, void** managed);

  // `stub`: a host stub, or a handle that was given out. cudaErrorInvalidDeviceFunction for one that is not registered,
  // cudaErrorNoKernelImageForDevice, or a load error.
  cudaError_t kernel(const void* stub, Device& device, int ordinal, Kernel** out);
  // Its mangled name, null for a stub that is not registered.
  const char* kernel_name(const void* stub);
  // The host stub of a loaded kernel, null for kernels that the program loaded itself.
  const void* stub_of(const Kernel* kernel, int ordinal);
  // From now on the kernel's own address names it too (cudaFunction_t), until its device is reset.
  void give_out(Kernel* kernel, int ordinal);
  // The end of that, before a module is unloaded.
  void take_back(const Module& module);
  // True for a module of a registered binary.
  bool owns_module(const void* handle);
  // cudaErrorInvalidSymbol for an address that is not a registered variable.
  cudaError_t variable(const void* host, Device& device, int ordinal, void** address, size_t* bytes);

  // True when some image can run on `device`, or is all PTX that can be compiled for it, or nothing is registered at all.
  bool has_image_for(const Device& device);
  // Sets the host pointers of managed variables of `binary`. Does nothing when it has none.
  void bind_managed(RegisteredBinary* binary, Device& device, int ordinal);
  void bind_all_managed(Device& device, int ordinal);
  bool has_managed(const RegisteredBinary& binary);
  // Drops every module of a device; they are loaded again on next use.
  void unload(Device& device, int ordinal);

 private:
  cudaError_t given_kernel(const void* handle, Device& device, int ordinal, Kernel** out);
  cudaError_t module(RegisteredBinary& binary, Device& device, int ordinal, Module** out);
  cudaError_t load(RegisteredBinary& binary, Device& device, int ordinal);
  cudaError_t bind(RegisteredVariable& variable, Device& device, int ordinal);
  cudaError_t share(RegisteredVariable& variable, Device& device, int ordinal, const void* initial, void* slot);

  Mutex mutex_;
  Vector<Owned<RegisteredBinary>> binaries_;
  FlatMap<const void*, Owned<RegisteredKernel>> kernels_;
  FlatMap<const void*, Owned<RegisteredVariable>> variables_;
  FlatMap<const void*, int> given_;  // kernels whose address a program has: their device
  HostPages pages_;
};

}  // namespace cw

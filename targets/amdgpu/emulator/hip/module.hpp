// Loaded code objects and their kernels, on top of the emulator's own interface.
#pragma once

#include "core/vector.hpp"
#include "emulator/api.h"
#include "emulator/hip/device.hpp"

namespace cw::amdhip {

class Module;

class Function : public Allocated {
 public:
  Function(Module& module, const cw_amd_kernel* kernel) : module_(module), kernel_(kernel) {}
  Module& module() const { return module_; }
  const cw_amd_kernel* kernel() const { return kernel_; }
  const cw_amd_kernel_info& info() const { return *cw_amd_kernel_information(kernel_); }

 private:
  Module& module_;
  const cw_amd_kernel* kernel_;
};

class Module : public Allocated {
 public:
  // Null with one line on stderr where the code object cannot be loaded.
  static Owned<Module> load(Device& device, const void* image, Error* error);
  ~Module();
  Device& device() const { return device_; }
  Function* function(const char* name);  // null: none of that name
  bool variable(const char* name, void** address, size_t* bytes);

 private:
  Module(Device& device, cw_amd_module* native) : device_(device), native_(native) {}
  Device& device_;
  cw_amd_module* native_;
  Mutex mutex_;
  Vector<Owned<Function>> functions_;
};

// The function of a handle; null for a stale one.
Function* find_function(void* handle);

// Bytes of a code object or an offload bundle, which HIP takes without a size; 0 for something else.
size_t image_bytes(const void* image);

}  // namespace cw::amdhip

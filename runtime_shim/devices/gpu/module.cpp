#include <string.h>

#include "devices/gpu/device.hpp"

namespace cw::gpu {

GpuModule::~GpuModule() { device_.invoke(device_.driver().module_unload, native_); }

Kernel* GpuModule::kernel(const char* mangled) {
  for (Owned<GpuKernel>& kernel : kernels_) {
    if (strcmp(kernel->name(), mangled) == 0) return kernel.get();
  }
  void* native = nullptr;
  if (device_.invoke(device_.driver().module_function, &native, native_, mangled) != cudaSuccess) return nullptr;
  return kernels_.push(Owned<GpuKernel>(new GpuKernel(this, device_, native, mangled, parameters_.find(mangled)))).get();
}

bool GpuModule::variable(const char* mangled, void** address, size_t* bytes) {
  return device_.invoke(device_.driver().module_global, address, bytes, native_, mangled) == cudaSuccess;
}

GpuKernel::GpuKernel(Module* module, GpuDevice& device, void* native, const char* name, const KernelParameters* parameters)
    : Kernel(module), device_(device), native_(native), parameters_(parameters) {
  for (const char* c = name; c == name || c[-1] != 0; ++c) name_.push(*c);
}

// Asked at every launch, hence kept.
cudaError_t GpuKernel::attributes(cudaFuncAttributes* out) {
  if (!known_) {
    int shared = 0;
    int constant = 0;
    int local = 0;
    struct Wanted {
      FunctionAttribute attribute;
      int* value;
    };
    const Wanted wanted[] = {{kMaxThreadsPerBlock, &attributes_.maxThreadsPerBlock},
                             {kSharedBytes, &shared},
                             {kConstBytes, &constant},
                             {kLocalBytes, &local},
                             {kRegisters, &attributes_.numRegs},
                             {kPtxVersion, &attributes_.ptxVersion},
                             {kBinaryVersion, &attributes_.binaryVersion},
                             {kMaxDynamicShared, &attributes_.maxDynamicSharedSizeBytes}};
    for (const Wanted& one : wanted) {
      const cudaError_t error =
          device_.invoke(device_.driver().function_attribute, one.value, static_cast<int>(one.attribute), native_);
      if (error != cudaSuccess) return error;
    }
    attributes_.sharedSizeBytes = static_cast<size_t>(shared);
    attributes_.constSizeBytes = static_cast<size_t>(constant);
    attributes_.localSizeBytes = static_cast<size_t>(local);
    known_ = true;
  }
  *out = attributes_;
  add_settings(out);
  return cudaSuccess;
}

cudaError_t GpuKernel::parameter(size_t index, size_t* offset, size_t* bytes) {
  Driver& driver = device_.driver();
  const int bound = driver.bind(device_.index());
  if (bound != 0) return driver.translate(bound);
  const cudaError_t told = driver.parameter(native_, index, offset, bytes);
  if (told != cudaErrorNotSupported || parameters_ == nullptr) return told;
  if (index >= parameters_->parameters.size()) return cudaErrorInvalidValue;
  *offset = parameters_->parameters[index].offset;
  *bytes = parameters_->parameters[index].bytes;
  return cudaSuccess;
}

cudaError_t GpuKernel::max_active_blocks(int block_size, size_t dynamic_shared, int* blocks) {
  return device_.invoke(device_.driver().occupancy, blocks, native_, block_size, dynamic_shared);
}

cudaError_t GpuKernel::set_max_dynamic_shared(int bytes) {
  Driver& driver = device_.driver();
  const int bound = driver.bind(device_.index());
  known_ = false;
  return driver.translate(bound != 0 ? bound : driver.set_max_dynamic_shared(native_, bytes));
}

}  // namespace cw::gpu

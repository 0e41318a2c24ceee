// A CPU code object: a shared object loaded from memory (include/crosswarp/cpu_abi.h).
#pragma once

#include <crosswarp/cpu_abi.h>

#include "devices/device.hpp"

namespace cw::cpu {

class CpuKernel final : public Kernel {
 public:
  explicit CpuKernel(const cw_cpu_kernel& abi, Module* module = nullptr) : Kernel(module), abi_(abi) {}
  const char* name() const override { return abi_.name; }
  cudaError_t attributes(cudaFuncAttributes* out) override;
  cudaError_t max_active_blocks(int block_size, size_t dynamic_shared, int* blocks) override;
  // Not what runs at a time, but what memory has room for: blocks that wait need no processor.
  cudaError_t most_cooperative_blocks(const LaunchShape& shape, const cudaDeviceProp&, uint64_t* blocks) override;
  cudaError_t max_cluster_size(const cudaLaunchConfig_t& config, int* blocks) override;
  cudaError_t set_max_dynamic_shared(int bytes) override;
  cudaError_t parameter(size_t index, size_t* offset, size_t* size) override;
  cudaError_t keep_arguments(const LaunchArguments& arguments, Vector<uint8_t>* packed) override;

  const cw_cpu_kernel& abi() const { return abi_; }
  // Parameters at their offsets. False when packed arguments are too short.
  bool pack(const LaunchArguments& arguments, void* out) const;
  // Bytes of a block's shared memory, static and dynamic.
  size_t shared_bytes(size_t dynamic) const;
  // Blocks that a multiprocessor is said to run at a time.
  int blocks_at_a_time(uint64_t block_size, size_t dynamic_shared) const;
  // The launch's clusters, or those that the kernel was compiled for.
  dim3 cluster(const LaunchShape& shape) const override;

 private:
  const cw_cpu_kernel& abi_;
  int max_dynamic_ = -1;  // -1: not set, the default limit applies
};

class CpuModule final : public Module {
 public:
  // Loads the shared object in `bytes`; null when it is none or speaks another ABI (one stderr line says why).
  static CpuModule* load(const Vector<uint8_t>& bytes);
  ~CpuModule() override;
  Kernel* kernel(const char* mangled) override;
  bool variable(const char* mangled, void** address, size_t* bytes) override;
  bool is_managed(const char* mangled) override;
  cudaError_t kernel_names(Vector<const char*>* names) override;

 private:
  CpuModule(int file, void* handle, const cw_cpu_module& abi);
  int file_;
  void* handle_;
  const cw_cpu_module& abi_;
  Vector<Owned<CpuKernel>> kernels_;
};

}  // namespace cw::cpu

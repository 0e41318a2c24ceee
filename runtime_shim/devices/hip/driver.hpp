// AMD's HIP runtime, found at run time (libamdhip64, ROCm 6 or later).
#pragma once

#include "core/sync.hpp"
#include "devices/gpu/driver.hpp"
#include "devices/hip/services.hpp"

namespace cw::hip {

class HipDriver final : public gpu::Driver {
 public:
  // Null when all is there, else what is missing.
  const char* load(void* library);

  const char* kind() const override { return "amd"; }
  cudaError_t translate(int native) const override;
  int device_count(int* count) override { return get_device_count_(count); }
  int bind(int device) override { return set_device_(device); }
  cudaError_t properties(int device, cudaDeviceProp* out) override;
  int rank(int device, const fatbin::Image& image) override;
  bool code_architecture(int device, char* out, size_t size) override;
  int load_module(const fatbin::Image& image, const Vector<uint8_t>& bytes, void** out) override;
  int copy(const Copy& job, void* stream) override;
  int fill(const Fill& job, void* stream) override;
  int set_max_dynamic_shared(void* function, int bytes) override;
  int reset(int device) override;
  int can_access_peer(int* can, int device, int peer) override { return can_access_peer_(can, device, peer); }
  int enable_peer(int peer) override { return enable_peer_(peer, 0); }
  int disable_peer(int peer) override { return disable_peer_(peer); }
  void describe_parameters(const fatbin::Image& image, const Vector<uint8_t>& bytes, gpu::ParameterTable* out) override;
  cudaError_t own_limit(int device, cudaLimit limit, size_t* value) override;
  cudaError_t set_own_limit(int device, cudaLimit limit, size_t value) override;
  cudaError_t module_loaded(int device, void* module) override;
  cudaError_t after_synchronize(int device, cudaError_t result) override;
  cudaError_t sticky_error(int device) const override;

 private:
  const char* arch(int device);
  int fill_row(void* row, const Fill& f, void* stream);
  cudaError_t& fault(int device);
  Services& services(int device);

  int (*get_device_count_)(int*) = nullptr;
  int (*set_device_)(int) = nullptr;
  int (*get_properties_)(void*, int) = nullptr;
  int (*module_load_data_)(void**, const void*) = nullptr;
  int (*copy_async_)(void*, const void*, size_t, int, void*) = nullptr;
  int (*copy_2d_async_)(void*, size_t, const void*, size_t, size_t, size_t, int, void*) = nullptr;
  int (*fill_async_)(void*, int, size_t, void*) = nullptr;
  int (*fill_2d_async_)(void*, size_t, int, size_t, size_t, void*) = nullptr;
  int (*fill_d16_async_)(void*, unsigned short, size_t, void*) = nullptr;
  int (*fill_d32_async_)(void*, int, size_t, void*) = nullptr;
  int (*device_reset_)() = nullptr;
  int (*can_access_peer_)(int*, int, int) = nullptr;
  int (*enable_peer_)(int, unsigned) = nullptr;
  int (*disable_peer_)(int) = nullptr;

  struct Arch {
    char name[64];
  };
  mutable Mutex mutex_;
  Vector<Arch> archs_;
  Vector<Owned<Services>> services_;
  Vector<cudaError_t> faults_;  // what a kernel's fault left behind, by device
};

}  // namespace cw::hip

// NVIDIA's driver, found at run time: libcuda.so.1 (the real one, not ours).
#pragma once

#include "core/sync.hpp"
#include "devices/gpu/driver.hpp"

namespace cw::nvidia {

class CudaDriver final : public gpu::Driver {
 public:
  // Null when all is there, else what is missing.
  const char* load(void* library);

  const char* kind() const override { return "nvidia"; }
  cudaError_t translate(int native) const override;
  int device_count(int* count) override { return device_get_count_(count); }
  int bind(int device) override;
  cudaError_t properties(int device, cudaDeviceProp* out) override;
  int rank(int device, const fatbin::Image& image) override;
  int load_module(const fatbin::Image& image, const Vector<uint8_t>& bytes, void** out) override;
  void describe_parameters(const fatbin::Image& image, const Vector<uint8_t>& bytes, gpu::ParameterTable* out) override;
  cudaError_t parameter(void* function, size_t index, size_t* offset, size_t* bytes) override;
  int copy(const Copy& job, void* stream) override;
  int fill(const Fill& job, void* stream) override;
  int set_max_dynamic_shared(void* function, int bytes) override;
  int reset(int device) override;
  int can_access_peer(int* can, int device, int peer) override;
  int enable_peer(int peer) override;
  int disable_peer(int peer) override;

 private:
  int context(int device, void** out);
  int attribute(int device, int attribute);

  int (*init_)(unsigned) = nullptr;
  int (*device_get_count_)(int*) = nullptr;
  int (*device_get_)(int*, int) = nullptr;
  int (*device_get_name_)(char*, int, int) = nullptr;
  int (*device_get_attribute_)(int*, int, int) = nullptr;
  int (*device_total_mem_)(size_t*, int) = nullptr;
  int (*device_get_uuid_)(void*, int) = nullptr;
  int (*context_retain_)(void**, int) = nullptr;
  int (*context_reset_)(int) = nullptr;
  int (*context_set_current_)(void*) = nullptr;
  int (*module_load_data_ex_)(void**, const void*, unsigned, const int*, void**) = nullptr;
  int (*copy_async_)(void*, const void*, size_t, void*) = nullptr;
  int (*copy_2d_async_)(const void*, void*) = nullptr;
  int (*fill_d8_async_)(void*, unsigned char, size_t, void*) = nullptr;
  int (*fill_d16_async_)(void*, unsigned short, size_t, void*) = nullptr;
  int (*fill_d32_async_)(void*, unsigned, size_t, void*) = nullptr;
  int (*fill_2d_d8_async_)(void*, size_t, unsigned char, size_t, size_t, void*) = nullptr;
  int (*function_set_attribute_)(void*, int, int) = nullptr;
  int (*can_access_peer_)(int*, int, int) = nullptr;
  int (*enable_peer_)(void*, unsigned) = nullptr;
  int (*disable_peer_)(void*) = nullptr;
  int (*parameter_info_)(void*, size_t, size_t*, size_t*) = nullptr;  // null: a driver before 12.4

  Mutex mutex_;
  Vector<void*> contexts_;  // primary contexts, by device; retained while the process lives
};

}  // namespace cw::nvidia

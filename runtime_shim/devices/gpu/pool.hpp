// Memory pools of the vendor's library.
#pragma once

#include "devices/gpu/device.hpp"

namespace cw::gpu {

class GpuPool final : public Pool {
 public:
  // `native` null: the device's default pool, asked for when it is needed. `owned`: destroyed with this object.
  GpuPool(GpuDevice& device, void* native, bool owned) : device_(device), native_(native), owned_(owned) {}
  ~GpuPool() override;
  cudaError_t allocate(Stream& stream, size_t bytes, void** out) override;
  cudaError_t free_in(Stream& stream, void* memory) override { return stream.release(memory); }
  cudaError_t free_now(void* memory) override { return device_.release(memory); }
  cudaError_t trim(size_t bytes_to_keep) override;
  cudaError_t set(cudaMemPoolAttr attribute, const void* value) override;
  cudaError_t get(cudaMemPoolAttr attribute, void* value) override;
  cudaError_t set_access(const Device& peer, cudaMemAccessFlags flags) override;
  cudaError_t get_access(const Device& peer, cudaMemAccessFlags* flags) override;
  cudaError_t export_handle(cudaMemAllocationHandleType type, void* handle) override;
  cudaError_t export_pointer(void* memory, cudaMemPoolPtrExportData* data) override;
  cudaError_t import_pointer(const cudaMemPoolPtrExportData& data, void** memory, size_t* bytes) override;

 private:
  // `body(native handle)`.
  template <typename Body>
  cudaError_t with_native(Body body) {
    void* native = native_;
    const cudaError_t error = native != nullptr ? cudaSuccess : device_.native_default_pool(&native);
    return error != cudaSuccess ? error : body(native);
  }

  GpuDevice& device_;
  void* native_;
  bool owned_;
};

}  // namespace cw::gpu

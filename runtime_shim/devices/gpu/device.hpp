// The GPU device: the runtime's interface on top of a vendor's library. Streams, events and modules own one native handle each.
#pragma once

#include "devices/gpu/driver.hpp"

namespace cw::gpu {

class GpuDevice;

class GpuKernel final : public Kernel {
 public:
  // `parameters`: null where the module does not describe them.
  GpuKernel(Module* module, GpuDevice& device, void* native, const char* name, const KernelParameters* parameters);
  cudaError_t attributes(cudaFuncAttributes* out) override;
  cudaError_t max_active_blocks(int block_size, size_t dynamic_shared, int* blocks) override;
  cudaError_t set_max_dynamic_shared(int bytes) override;
  cudaError_t parameter(size_t index, size_t* offset, size_t* bytes) override;
  void* native() const { return native_; }
  const char* name() const override { return name_.data(); }

 private:
  GpuDevice& device_;
  void* native_;
  Vector<char> name_;
  const KernelParameters* parameters_;
  bool known_ = false;  // attributes_ is filled
  cudaFuncAttributes attributes_{};
};

class GpuModule final : public Module {
 public:
  GpuModule(GpuDevice& device, void* native, ParameterTable parameters)
      : device_(device), native_(native), parameters_(static_cast<ParameterTable&&>(parameters)) {}
  ~GpuModule() override;
  Kernel* kernel(const char* mangled) override;
  bool variable(const char* mangled, void** address, size_t* bytes) override;
  cudaError_t kernel_names(Vector<const char*>* out) override { return parameters_.names(out); }

 private:
  GpuDevice& device_;
  void* native_;
  ParameterTable parameters_;
  Vector<Owned<GpuKernel>> kernels_;
};

class GpuEvent final : public Event {
 public:
  GpuEvent(GpuDevice& device, void* native) : device_(device), native_(native) {}
  ~GpuEvent() override;
  cudaError_t query() override;
  cudaError_t synchronize() override;
  cudaError_t elapsed(Event& end, float* milliseconds) override;
  void* native() const { return native_; }

 private:
  GpuDevice& device_;
  void* native_;
};

class GpuStream final : public Stream {
 public:
  // `owned`: destroy the native stream with this object; the default streams belong to the vendor's library.
  GpuStream(GpuDevice& device, void* native, bool owned, unsigned flags, int priority);
  ~GpuStream() override;
  cudaError_t copy(const Copy& job) override;
  cudaError_t fill(const Fill& job) override;
  cudaError_t launch(Kernel& kernel, const LaunchShape& shape, const LaunchArguments& arguments) override;
  cudaError_t call(void (*function)(void*), void* data) override;
  cudaError_t record(Event& event) override;
  cudaError_t wait(Event& event) override;
  cudaError_t query() override;
  cudaError_t synchronize() override;
  cudaError_t allocate(size_t bytes, void** out) override;
  cudaError_t release(void* memory) override;
  cudaError_t prefetch(const void* memory, size_t bytes, int ordinal) override;
  void* native() const { return native_; }

 private:
  GpuDevice& gpu_;
  void* native_;
  bool owned_;
};

class GpuDevice final : public Device {
 public:
  GpuDevice(Driver& driver, int index);
  const char* kind() const override { return driver_.kind(); }
  int rank(const fatbin::Image& image) const override { return driver_.rank(index_, image); }
  bool code_architecture(char* out, size_t size) override { return driver_.code_architecture(index_, out, size); }
  cudaError_t load(const fatbin::Image& image, const Vector<uint8_t>& bytes, Owned<Module>* out) override;
  cudaError_t properties(cudaDeviceProp* out) override { return driver_.properties(index_, out); }
  cudaError_t memory_info(size_t* free_bytes, size_t* total_bytes) override;
  cudaError_t allocate(size_t bytes, void** out) override;
  cudaError_t release(void* memory) override;
  cudaError_t allocate_host(size_t bytes, unsigned flags, void** out) override;
  cudaError_t release_host(void* memory) override;
  cudaError_t allocate_managed(size_t bytes, unsigned flags, void** out) override;
  cudaError_t release_managed(void* memory) override { return release(memory); }
  cudaError_t register_host(void* memory, size_t bytes, unsigned flags) override;
  cudaError_t unregister_host(void* memory) override;
  cudaError_t device_pointer(void* host, void** out) override;
  cudaError_t default_pool(Ref<Pool>* out) override;
  cudaError_t create_pool(const cudaMemPoolProps& properties, Ref<Pool>* out) override;
  cudaError_t import_pool(void* handle, cudaMemAllocationHandleType type, Ref<Pool>* out) override;
  cudaError_t share_memory(void* memory, cudaIpcMemHandle_t* out) override;
  cudaError_t open_memory(const cudaIpcMemHandle_t& handle, unsigned flags, void** out, size_t* bytes) override;
  cudaError_t close_memory(void* memory, size_t bytes) override;
  cudaError_t share_event(Event& event, cudaIpcEventHandle_t* out) override;
  cudaError_t open_event(const cudaIpcEventHandle_t& handle, Owned<Event>* out) override;
  cudaError_t advise(const void* memory, size_t bytes, cudaMemoryAdvise advice, int ordinal) override;
  cudaError_t peer_attribute(const Device& peer, cudaDeviceP2PAttr attribute, int* value) const override;
  cudaError_t native_default_pool(void** out) { return invoke(driver_.default_pool, out, index_); }
  Stream& legacy_stream() override { return *legacy_; }
  Stream& thread_stream() override { return *per_thread_; }
  cudaError_t create_stream(unsigned flags, int priority, Owned<Stream>* out) override;
  cudaError_t create_event(unsigned flags, Owned<Event>* out) override;
  cudaError_t synchronize() override;
  cudaError_t sticky_error() const override { return driver_.sticky_error(index_); }
  cudaError_t reset() override;
  // PTX has texture instructions; code for AMD GPUs reads descriptors.
  bool reads_descriptors() const override { return driver_.kind()[0] == 'a'; }
  cudaError_t limit(cudaLimit limit, size_t* value) override;
  cudaError_t set_limit(cudaLimit limit, size_t value) override;
  bool can_access_peer(const Device& peer) const override;
  cudaError_t enable_peer(Device& peer) override;
  cudaError_t disable_peer(Device& peer) override;
  void priority_range(int* least, int* greatest) const override;

  // One call into the library with this device current.
  template <typename... Parameters, typename... Arguments>
  cudaError_t invoke(int (*function)(Parameters...), Arguments... arguments) const {
    if (function == nullptr) return cudaErrorNotSupported;
    const int bound = driver_.bind(index_);
    return driver_.translate(bound != 0 ? bound : function(arguments...));
  }
  cudaError_t synchronized(cudaError_t result) { return driver_.after_synchronize(index_, result); }
  Driver& driver() const { return driver_; }
  int index() const { return index_; }

 private:
  Driver& driver_;
  int index_;
  Owned<GpuStream> legacy_;
  Owned<GpuStream> per_thread_;
};

}  // namespace cw::gpu

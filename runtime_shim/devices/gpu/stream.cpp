#include "devices/gpu/device.hpp"

namespace cw::gpu {

GpuStream::GpuStream(GpuDevice& device, void* native, bool owned, unsigned flags, int priority)
    : Stream(device, flags, priority), gpu_(device), native_(native), owned_(owned) {}

GpuStream::~GpuStream() {
  if (owned_) gpu_.invoke(gpu_.driver().stream_destroy, native_);
}

cudaError_t GpuStream::copy(const Copy& job) {
  Driver& driver = gpu_.driver();
  const int bound = driver.bind(gpu_.index());
  return driver.translate(bound != 0 ? bound : driver.copy(job, native_));
}

cudaError_t GpuStream::fill(const Fill& job) {
  Driver& driver = gpu_.driver();
  const int bound = driver.bind(gpu_.index());
  return driver.translate(bound != 0 ? bound : driver.fill(job, native_));
}

namespace {

// One pointer a parameter into packed arguments; false where the kernel's parameters are not known.
bool unpack(Kernel& kernel, const LaunchArguments& arguments, Vector<void*>* out) {
  size_t offset = 0;
  size_t bytes = 0;
  cudaError_t error = kernel.parameter(0, &offset, &bytes);
  while (error == cudaSuccess && offset + bytes <= arguments.packed_bytes) {
    out->push(const_cast<char*>(static_cast<const char*>(arguments.packed)) + offset);
    error = kernel.parameter(out->size(), &offset, &bytes);
  }
  return error == cudaErrorInvalidValue;
}

}  // namespace

cudaError_t GpuStream::launch(Kernel& kernel, const LaunchShape& shape, const LaunchArguments& arguments) {
  kernel.note_launch();
  void* function = static_cast<GpuKernel&>(kernel).native();
  const dim3& g = shape.grid;
  const dim3& b = shape.block;
  const auto shared = static_cast<unsigned>(shape.dynamic_shared);
  const Driver& driver = gpu_.driver();
  Vector<void*> unpacked;
  const bool packed = arguments.packed != nullptr && !unpack(kernel, arguments, &unpacked);
  void** pointers = unpacked.empty() ? arguments.pointers : unpacked.data();
  if (shape.cooperative) {
    if (packed) return cudaErrorNotSupported;
    return gpu_.invoke(driver.launch_cooperative, function, g.x, g.y, g.z, b.x, b.y, b.z, shared, native_, pointers);
  }
  // The tagged list by which both libraries take packed arguments: 1 the buffer, 2 the address of its size, then an end mark, which
  // is 0 for CUDA and 3 for HIP.
  size_t bytes = arguments.packed_bytes;
  void* end = reinterpret_cast<void*>(driver.kind()[0] == 'a' ? size_t{3} : size_t{0});
  void* extra[] = {reinterpret_cast<void*>(1), const_cast<void*>(arguments.packed), reinterpret_cast<void*>(2), &bytes, end};
  return gpu_.invoke(driver.launch, function, g.x, g.y, g.z, b.x, b.y, b.z, shared, native_, pointers, packed ? extra : nullptr);
}

cudaError_t GpuStream::call(void (*function)(void*), void* data) {
  return gpu_.invoke(gpu_.driver().launch_host, native_, function, data);
}

cudaError_t GpuStream::record(Event& event) {
  return gpu_.invoke(gpu_.driver().event_record, static_cast<GpuEvent&>(event).native(), native_);
}

cudaError_t GpuStream::wait(Event& event) {
  return gpu_.invoke(gpu_.driver().stream_wait, native_, static_cast<GpuEvent&>(event).native(), 0u);
}

cudaError_t GpuStream::query() { return gpu_.invoke(gpu_.driver().stream_query, native_); }

cudaError_t GpuStream::synchronize() { return gpu_.synchronized(gpu_.invoke(gpu_.driver().stream_synchronize, native_)); }

cudaError_t GpuStream::allocate(size_t bytes, void** out) { return gpu_.invoke(gpu_.driver().allocate_async, out, bytes, native_); }

cudaError_t GpuStream::release(void* memory) { return gpu_.invoke(gpu_.driver().release_async, memory, native_); }

}  // namespace cw::gpu

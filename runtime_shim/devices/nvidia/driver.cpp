#include "devices/nvidia/driver.hpp"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "core/log.hpp"
#include "devices/nvidia/ptx_parameters.hpp"

namespace cw::nvidia {
namespace {

// CUDA driver API numbers (documented).
enum { kJitErrorLog = 5, kJitErrorLogBytes = 6, kComputeMajor = 75, kComputeMinor = 76, kMemoryTypeUnified = 4 };

// CUDA_MEMCPY2D.
struct Copy2D {
  size_t src_x, src_y;
  int src_type;
  const void* src_host;
  const void* src_device;
  void* src_array;
  size_t src_pitch;
  size_t dst_x, dst_y;
  int dst_type;
  void* dst_host;
  void* dst_device;
  void* dst_array;
  size_t dst_pitch;
  size_t width, height;
};

// "sm_80" -> 80, "sm_90a" -> 90; architecture-specific code (a, f) runs on that version alone.
struct Version {
  int number;
  bool specific;
};

Version version_of(const char* arch) {
  if (strncmp(arch, "sm_", 3) != 0) return Version{-1, false};
  char* end = nullptr;
  const long number = strtol(arch + 3, &end, 10);
  return Version{static_cast<int>(number), *end != 0};
}

}  // namespace

const char* CudaDriver::load(void* library) {
  struct Wanted {
    const char* name;
    void** function;
  };
  const Wanted wanted[] = {{"cuInit", reinterpret_cast<void**>(&init_)},
                           {"cuDeviceGetCount", reinterpret_cast<void**>(&device_get_count_)},
                           {"cuDeviceGet", reinterpret_cast<void**>(&device_get_)},
                           {"cuDeviceGetName", reinterpret_cast<void**>(&device_get_name_)},
                           {"cuDeviceGetAttribute", reinterpret_cast<void**>(&device_get_attribute_)},
                           {"cuDeviceTotalMem_v2", reinterpret_cast<void**>(&device_total_mem_)},
                           {"cuDeviceGetUuid", reinterpret_cast<void**>(&device_get_uuid_)},
                           {"cuDevicePrimaryCtxRetain", reinterpret_cast<void**>(&context_retain_)},
                           {"cuDevicePrimaryCtxReset_v2", reinterpret_cast<void**>(&context_reset_)},
                           {"cuCtxSetCurrent", reinterpret_cast<void**>(&context_set_current_)},
                           {"cuModuleLoadDataEx", reinterpret_cast<void**>(&module_load_data_ex_)},
                           {"cuMemcpyAsync", reinterpret_cast<void**>(&copy_async_)},
                           {"cuMemcpy2DAsync_v2", reinterpret_cast<void**>(&copy_2d_async_)},
                           {"cuMemsetD8Async", reinterpret_cast<void**>(&fill_d8_async_)},
                           {"cuMemsetD16Async", reinterpret_cast<void**>(&fill_d16_async_)},
                           {"cuMemsetD32Async", reinterpret_cast<void**>(&fill_d32_async_)},
                           {"cuMemsetD2D8Async", reinterpret_cast<void**>(&fill_2d_d8_async_)},
                           {"cuFuncSetAttribute", reinterpret_cast<void**>(&function_set_attribute_)},
                           {"cuDeviceCanAccessPeer", reinterpret_cast<void**>(&can_access_peer_)},
                           {"cuCtxEnablePeerAccess", reinterpret_cast<void**>(&enable_peer_)},
                           {"cuCtxDisablePeerAccess", reinterpret_cast<void**>(&disable_peer_)}};
  for (const Wanted& one : wanted) {
    *one.function = dlsym(library, one.name);
    if (*one.function == nullptr) return one.name;
  }
  parameter_info_ = reinterpret_cast<decltype(parameter_info_)>(dlsym(library, "cuFuncGetParamInfo"));
  const char* missing = load_functions(library, false);
  return missing != nullptr ? missing : init_(0) != 0 ? "cuInit" : nullptr;
}

// The driver's numbers are the runtime's, but for a few that the runtime words differently.
cudaError_t CudaDriver::translate(int native) const {
  return native >= 0 && native <= 999 ? static_cast<cudaError_t>(native) : cudaErrorUnknown;
}

int CudaDriver::context(int device, void** out) {
  Lock lock(mutex_);
  if (contexts_.size() <= static_cast<size_t>(device)) contexts_.resize(static_cast<size_t>(device) + 1);
  void*& known = contexts_[static_cast<size_t>(device)];
  int handle = 0;
  int error = known != nullptr ? 0 : device_get_(&handle, device);
  if (known == nullptr && error == 0) error = context_retain_(&known, handle);
  *out = known;
  return error;
}

int CudaDriver::bind(int device) {
  void* wanted = nullptr;
  const int error = context(device, &wanted);
  return error != 0 ? error : context_set_current_(wanted);
}

int CudaDriver::attribute(int device, int attribute) {
  int value = 0;
  return device_get_attribute_(&value, attribute, device) == 0 ? value : 0;
}

cudaError_t CudaDriver::properties(int device, cudaDeviceProp* out) {
  *out = cudaDeviceProp{};
  int error = device_get_name_(out->name, static_cast<int>(sizeof out->name), device);
  if (error == 0) error = device_total_mem_(&out->totalGlobalMem, device);
  if (error == 0) error = device_get_uuid_(&out->uuid, device);
  if (error != 0) return translate(error);
  // Device attributes have the same numbers in the driver and the runtime.
#define CW_ATTRIBUTE(name, member) out->member = static_cast<decltype(out->member + 0)>(attribute(device, name));
#include "devices/attributes.inc"
#undef CW_ATTRIBUTE
  return cudaSuccess;
}

// A cubin runs on its own major version from its minor version on; PTX on every later processor.
int CudaDriver::rank(int device, const fatbin::Image& image) {
  const Version version = version_of(image.arch);
  const int here = attribute(device, kComputeMajor) * 10 + attribute(device, kComputeMinor);
  if (version.number < 0 || version.number > here || (version.specific && version.number != here)) return -1;
  if (image.kind == fatbin::Kind::kPtx) return version.number;
  const bool same_major = version.number / 10 == here / 10;
  return image.kind == fatbin::Kind::kCubin && same_major ? 1000 + version.number : -1;
}

int CudaDriver::load_module(const fatbin::Image&, const Vector<uint8_t>& bytes, void** out) {
  char log[8192] = {};
  const int options[] = {kJitErrorLog, kJitErrorLogBytes};
  void* values[] = {log, reinterpret_cast<void*>(sizeof log)};
  const int error = module_load_data_ex_(out, bytes.data(), 2, options, values);
  if (error != 0 && log[0] != 0) say("the NVIDIA driver rejects the device code: %s", log);
  return error;
}

void CudaDriver::describe_parameters(const fatbin::Image& image, const Vector<uint8_t>& bytes, gpu::ParameterTable* out) {
  if (image.kind != fatbin::Kind::kPtx) return;
  read_ptx_parameters(reinterpret_cast<const char*>(bytes.data()), bytes.size(), out);
}

cudaError_t CudaDriver::parameter(void* function, size_t index, size_t* offset, size_t* bytes) {
  return parameter_info_ != nullptr ? translate(parameter_info_(function, index, offset, bytes)) : cudaErrorNotSupported;
}

int CudaDriver::copy(const Copy& c, void* stream) {
  if (c.is_plain()) return copy_async_(c.dst, c.src, c.width, stream);
  for (size_t z = 0; z < c.depth; ++z) {
    Copy2D box = {};
    box.src_type = kMemoryTypeUnified;
    box.src_device = static_cast<const char*>(c.src) + z * c.src_slice;
    box.src_pitch = c.src_pitch;
    box.dst_type = kMemoryTypeUnified;
    box.dst_device = static_cast<char*>(c.dst) + z * c.dst_slice;
    box.dst_pitch = c.dst_pitch;
    box.width = c.width;
    box.height = c.height;
    const int error = copy_2d_async_(&box, stream);
    if (error != 0) return error;
  }
  return 0;
}

int CudaDriver::fill(const Fill& f, void* stream) {
  if (f.height == 1 && f.depth == 1) {
    if (f.value_bytes == 4) return fill_d32_async_(f.dst, f.value, f.width, stream);
    if (f.value_bytes == 2) return fill_d16_async_(f.dst, static_cast<unsigned short>(f.value), f.width, stream);
    return fill_d8_async_(f.dst, static_cast<unsigned char>(f.value), f.width, stream);
  }
  if (f.value_bytes != 1) return cudaErrorNotSupported;
  for (size_t z = 0; z < f.depth; ++z) {
    char* slice = static_cast<char*>(f.dst) + z * f.slice;
    const int error = fill_2d_d8_async_(slice, f.pitch, static_cast<unsigned char>(f.value), f.width, f.height, stream);
    if (error != 0) return error;
  }
  return 0;
}

int CudaDriver::set_max_dynamic_shared(void* function, int bytes) {
  return function_set_attribute_(function, gpu::kMaxDynamicShared, bytes);
}

int CudaDriver::reset(int device) { return context_reset_(device); }

int CudaDriver::can_access_peer(int* can, int device, int peer) { return can_access_peer_(can, device, peer); }

int CudaDriver::enable_peer(int peer) {
  void* other = nullptr;
  const int error = context(peer, &other);
  return error != 0 ? error : enable_peer_(other, 0);
}

int CudaDriver::disable_peer(int peer) {
  void* other = nullptr;
  const int error = context(peer, &other);
  return error != 0 ? error : disable_peer_(other);
}

}  // namespace cw::nvidia

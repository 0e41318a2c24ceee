#include "devices/hip/driver.hpp"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#include "devices/hip/arch.hpp"
#include "devices/hip/metadata.hpp"

namespace cw::hip {
namespace {

// hipDeviceProp_tR0600: the members that it shares with cudaDeviceProp come first, at the same offsets.
struct HipProperties {
  char shared[1032];
  int reserved[32];
  char arch[256];  // gcnArchName: "gfx90a:sramecc+:xnack-"
  size_t max_shared_per_processor;
  char rest[4096];  // later versions append
};
static_assert(sizeof(cudaDeviceProp) == sizeof HipProperties::shared && offsetof(HipProperties, arch) == 1160);

// CUDA keeps these until the device is reset.
bool is_fault(cudaError_t error) {
  return error == cudaErrorIllegalAddress || error == cudaErrorLaunchFailure || error == cudaErrorLaunchTimeout;
}

}  // namespace

const char* HipDriver::load(void* library) {
  struct Wanted {
    const char* name;
    void** function;
  };
  const Wanted wanted[] = {{"hipGetDeviceCount", reinterpret_cast<void**>(&get_device_count_)},
                           {"hipSetDevice", reinterpret_cast<void**>(&set_device_)},
                           {"hipGetDevicePropertiesR0600", reinterpret_cast<void**>(&get_properties_)},
                           {"hipModuleLoadData", reinterpret_cast<void**>(&module_load_data_)},
                           {"hipMemcpyAsync", reinterpret_cast<void**>(&copy_async_)},
                           {"hipMemcpy2DAsync", reinterpret_cast<void**>(&copy_2d_async_)},
                           {"hipMemsetAsync", reinterpret_cast<void**>(&fill_async_)},
                           {"hipMemset2DAsync", reinterpret_cast<void**>(&fill_2d_async_)},
                           {"hipMemsetD16Async", reinterpret_cast<void**>(&fill_d16_async_)},
                           {"hipMemsetD32Async", reinterpret_cast<void**>(&fill_d32_async_)},
                           {"hipDeviceReset", reinterpret_cast<void**>(&device_reset_)},
                           {"hipDeviceCanAccessPeer", reinterpret_cast<void**>(&can_access_peer_)},
                           {"hipDeviceEnablePeerAccess", reinterpret_cast<void**>(&enable_peer_)},
                           {"hipDeviceDisablePeerAccess", reinterpret_cast<void**>(&disable_peer_)}};
  for (const Wanted& one : wanted) {
    *one.function = dlsym(library, one.name);
    if (*one.function == nullptr) return one.name;
  }
  return load_functions(library, true);
}

// HIP's numbers are CUDA's, but for a few of its own above 1000.
cudaError_t HipDriver::translate(int native) const {
  if (native == 1052) return cudaErrorMemoryAllocation;
  if (native == 911) return cudaErrorInvalidChannelDescriptor;
  if (native == 912) return cudaErrorInvalidTexture;
  return native >= 0 && native < 1000 ? static_cast<cudaError_t>(native) : cudaErrorUnknown;
}

// Programs written for CUDA see the warp size and the compute capability that their device code was compiled for.
cudaError_t HipDriver::properties(int device, cudaDeviceProp* out) {
  HipProperties native = {};
  const cudaError_t error = translate(get_properties_(&native, device));
  if (error != cudaSuccess) return error;
  *out = cudaDeviceProp{};
  memcpy(static_cast<void*>(out), native.shared, sizeof native.shared);
  out->warpSize = 32;
  out->major = 8;
  out->minor = 0;
  return cudaSuccess;
}

const char* HipDriver::arch(int device) {
  Lock lock(mutex_);
  while (archs_.size() <= static_cast<size_t>(device)) {
    HipProperties native = {};
    Arch known = {};
    if (get_properties_(&native, static_cast<int>(archs_.size())) == 0) {
      snprintf(known.name, sizeof known.name, "%s", native.arch);
    }
    archs_.push(known);
  }
  return archs_[static_cast<size_t>(device)].name;
}

int HipDriver::rank(int device, const fatbin::Image& image) {
  return image.kind == fatbin::Kind::kAmdgpu ? arch_rank(arch(device), image.arch) : -1;
}

// HIP's name without its features.
bool HipDriver::code_architecture(int device, char* out, size_t size) {
  const char* name = arch(device);
  snprintf(out, size, "%.*s", static_cast<int>(strcspn(name, ":")), name);
  return true;
}

int HipDriver::load_module(const fatbin::Image&, const Vector<uint8_t>& bytes, void** out) {
  return module_load_data_(out, bytes.data());
}

void HipDriver::describe_parameters(const fatbin::Image&, const Vector<uint8_t>& bytes, gpu::ParameterTable* out) {
  read_parameters(bytes, out);
}

int HipDriver::copy(const Copy& c, void* stream) {
  const int kind = static_cast<int>(c.kind);
  if (c.is_plain()) return copy_async_(c.dst, c.src, c.width, kind, stream);
  for (size_t z = 0; z < c.depth; ++z) {
    char* dst = static_cast<char*>(c.dst) + z * c.dst_slice;
    const char* src = static_cast<const char*>(c.src) + z * c.src_slice;
    const int error = copy_2d_async_(dst, c.dst_pitch, src, c.src_pitch, c.width, c.height, kind, stream);
    if (error != 0) return error;
  }
  return 0;
}

int HipDriver::fill_row(void* row, const Fill& f, void* stream) {
  if (f.value_bytes == 4) return fill_d32_async_(row, static_cast<int>(f.value), f.width, stream);
  if (f.value_bytes == 2) return fill_d16_async_(row, static_cast<unsigned short>(f.value), f.width, stream);
  return fill_async_(row, static_cast<int>(f.value), f.width, stream);
}

// HIP fills rectangles with bytes only: those of larger values are filled row by row.
int HipDriver::fill(const Fill& f, void* stream) {
  const bool rows = f.value_bytes != 1 || f.height == 1;
  int error = 0;
  for (size_t z = 0; z < f.depth && error == 0; ++z) {
    char* slice = static_cast<char*>(f.dst) + z * f.slice;
    if (!rows) error = fill_2d_async_(slice, f.pitch, static_cast<int>(f.value), f.width, f.height, stream);
    for (size_t y = 0; rows && y < f.height && error == 0; ++y) error = fill_row(slice + y * f.pitch, f, stream);
  }
  return error;
}

// HIP has no such setting for module functions: a kernel may use all of the shared memory there is.
int HipDriver::set_max_dynamic_shared(void*, int) { return 0; }

int HipDriver::reset(int device) {
  {
    Lock lock(mutex_);
    if (static_cast<size_t>(device) < services_.size()) services_[static_cast<size_t>(device)].reset();
    fault(device) = cudaSuccess;
  }
  const int bound = set_device_(device);
  return bound != 0 ? bound : device_reset_();
}

Services& HipDriver::services(int device) {
  Lock lock(mutex_);
  if (services_.size() <= static_cast<size_t>(device)) services_.resize(static_cast<size_t>(device) + 1);
  Owned<Services>& one = services_[static_cast<size_t>(device)];
  if (!one) one.reset(new Services(*this));
  return *one;
}

// Where device code finds its printf buffer and its heap: the limits of HIP's own are of no use to it.
cudaError_t HipDriver::own_limit(int device, cudaLimit limit, size_t* value) {
  if (limit != cudaLimitPrintfFifoSize && limit != cudaLimitMallocHeapSize) return cudaErrorNotSupported;
  const int bound = set_device_(device);
  if (bound != 0) return translate(bound);
  const Services& own = services(device);
  *value = limit == cudaLimitPrintfFifoSize ? own.buffer_bytes() : own.heap_bytes();
  return cudaSuccess;
}

cudaError_t HipDriver::set_own_limit(int device, cudaLimit limit, size_t value) {
  if (limit != cudaLimitPrintfFifoSize && limit != cudaLimitMallocHeapSize) return cudaErrorNotSupported;
  const int bound = set_device_(device);
  if (bound != 0) return translate(bound);
  Services& own = services(device);
  return limit == cudaLimitPrintfFifoSize ? own.resize_buffer(value) : own.resize_heap(value);
}

cudaError_t HipDriver::module_loaded(int device, void* module) {
  void* variable = nullptr;
  size_t bytes = 0;
  if (module_global(&variable, &bytes, module, "__cw_device_services") != 0) return cudaSuccess;  // it uses none
  void* address = services(device).address();
  if (address == nullptr || bytes != sizeof address) return cudaErrorMemoryAllocation;
  const int error = copy_async_(variable, &address, sizeof address, cudaMemcpyHostToDevice, nullptr);
  return translate(error != 0 ? error : stream_synchronize(nullptr));
}

cudaError_t HipDriver::after_synchronize(int device, cudaError_t result) {
  Lock lock(mutex_);
  if (is_fault(result)) fault(device) = result;
  if (static_cast<size_t>(device) >= services_.size() || !services_[static_cast<size_t>(device)]) return result;
  const cudaError_t said = services_[static_cast<size_t>(device)]->drain();
  return said != cudaSuccess ? said : result;
}

// The caller holds the lock.
cudaError_t& HipDriver::fault(int device) {
  if (faults_.size() <= static_cast<size_t>(device)) faults_.resize(static_cast<size_t>(device) + 1);
  return faults_[static_cast<size_t>(device)];
}

cudaError_t HipDriver::sticky_error(int device) const {
  Lock lock(mutex_);
  const auto at = static_cast<size_t>(device);
  const cudaError_t said = at < services_.size() && services_[at] ? services_[at]->fault() : cudaSuccess;
  return said != cudaSuccess || at >= faults_.size() ? said : faults_[at];
}

}  // namespace cw::hip

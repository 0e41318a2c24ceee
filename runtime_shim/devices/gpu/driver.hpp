// A vendor's library as the GPU device uses it: a table of its functions, and what HIP and CUDA do differently.
#pragma once

#include "devices/device.hpp"
#include "devices/gpu/parameters.hpp"

namespace cw::gpu {

class Driver : public Allocated {
 public:
  virtual ~Driver() = default;

#define CW_GPU_FUNCTION(name, hip, cuda, parameters) int(*name) parameters = nullptr;
#include "devices/gpu/functions.inc"
#undef CW_GPU_FUNCTION

  // Fills the table from an open library; the missing function's name, or null.
  const char* load_functions(void* library, bool hip);

  virtual const char* kind() const = 0;
  virtual cudaError_t translate(int native) const = 0;
  virtual int device_count(int* count) = 0;
  virtual int bind(int device) = 0;  // makes the device current for the calling thread
  virtual cudaError_t properties(int device, cudaDeviceProp* out) = 0;
  virtual int rank(int device, const fatbin::Image& image) = 0;
  virtual bool code_architecture(int, char*, size_t) { return false; }
  virtual int load_module(const fatbin::Image& image, const Vector<uint8_t>& bytes, void** out) = 0;
  virtual int copy(const Copy& job, void* stream) = 0;
  virtual int fill(const Fill& job, void* stream) = 0;
  virtual int set_max_dynamic_shared(void* function, int bytes) = 0;
  virtual int reset(int device) = 0;
  virtual int can_access_peer(int* can, int device, int peer) = 0;
  virtual int enable_peer(int peer) = 0;
  virtual int disable_peer(int peer) = 0;

  // The kernels of an image, and their parameters for where parameter() does not tell.
  virtual void describe_parameters(const fatbin::Image&, const Vector<uint8_t>&, ParameterTable*) {}
  // Place of a parameter among the packed arguments; cudaErrorInvalidValue after the last one, cudaErrorNotSupported where the
  // library does not tell.
  virtual cudaError_t parameter(void*, size_t, size_t*, size_t*) { return cudaErrorNotSupported; }

  // Limits that are not the library's: cudaErrorNotSupported leaves one to it.
  virtual cudaError_t own_limit(int, cudaLimit, size_t*) { return cudaErrorNotSupported; }
  virtual cudaError_t set_own_limit(int, cudaLimit, size_t) { return cudaErrorNotSupported; }

  // Called for each module after loading, and after each synchronisation with its result: where device code and host talk through
  // memory (AMD's printf), this is where it happens.
  virtual cudaError_t module_loaded(int, void*) { return cudaSuccess; }
  virtual cudaError_t after_synchronize(int, cudaError_t result) { return result; }
  virtual cudaError_t sticky_error(int) const { return cudaSuccess; }
};

// Attribute numbers of functions, the same in both.
enum FunctionAttribute {
  kMaxThreadsPerBlock = 0,
  kSharedBytes = 1,
  kConstBytes = 2,
  kLocalBytes = 3,
  kRegisters = 4,
  kPtxVersion = 5,
  kBinaryVersion = 6,
  kMaxDynamicShared = 8,
};

}  // namespace cw::gpu

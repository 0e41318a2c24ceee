#include "emulator/hip/launch.hpp"

#include <cstring>

#include "core/log.hpp"
#include "emulator/hip/occupancy.hpp"

namespace cw::amdhip {
namespace {

constexpr unsigned kMostBlocks[3] = {0x7fffffff, 65536, 65536};

struct Launch {
  const cw_amd_kernel* kernel;
  Shape shape;
  uint32_t stack_bytes;
  Vector<uint8_t> packed;
};

// The list that ends with HIP_LAUNCH_PARAM_END: tags 1 the buffer, 2 the address of its size, 3 the end.
Error unpack(void** extra, const void** buffer, size_t* bytes) {
  for (; *extra != reinterpret_cast<void*>(3); extra += 2) {
    const auto tag = reinterpret_cast<uintptr_t>(*extra);
    if (tag != 1 && tag != 2) return hipErrorInvalidValue;
    if (tag == 1) *buffer = extra[1];
    if (tag == 2) *bytes = *static_cast<const size_t*>(extra[1]);
  }
  return *buffer != nullptr || *bytes == 0 ? hipSuccess : hipErrorInvalidValue;
}

Error pack(const cw_amd_kernel_info& info, const Arguments& arguments, Vector<uint8_t>* out) {
  out->resize(info.explicit_bytes);
  if (arguments.extra != nullptr) {
    if (arguments.pointers != nullptr) return hipErrorInvalidValue;
    const void* buffer = nullptr;
    size_t bytes = 0;
    const Error error = unpack(arguments.extra, &buffer, &bytes);
    if (error == hipSuccess && bytes != 0) memcpy(out->data(), buffer, bytes < out->size() ? bytes : out->size());
    return error;
  }
  if (arguments.pointers == nullptr) return info.arguments == 0 ? hipSuccess : hipErrorInvalidValue;
  for (uint32_t i = 0; i < info.arguments; ++i) {
    if (arguments.pointers[i] == nullptr) return hipErrorInvalidValue;
    memcpy(out->data() + info.argument[i].offset, arguments.pointers[i], info.argument[i].bytes);
  }
  return hipSuccess;
}

uint64_t volume(const unsigned size[3]) { return uint64_t{size[0]} * size[1] * size[2]; }

Error check(const Device& device, const cw_amd_kernel_info& info, const Shape& shape) {
  for (int i = 0; i < 3; ++i) {
    if (shape.grid[i] == 0 || shape.grid[i] > kMostBlocks[i]) return hipErrorInvalidConfiguration;
    if (shape.block[i] == 0 || shape.block[i] > kMaxThreads) return hipErrorInvalidConfiguration;
  }
  const uint64_t threads = volume(shape.block);
  if (threads > kMaxThreads) return hipErrorInvalidConfiguration;
  if (threads > info.max_threads) return hipErrorLaunchOutOfResources;
  if (uint64_t{info.lds_bytes} + shape.dynamic_lds > device.facts().lds_bytes) return hipErrorInvalidValue;
  if (!shape.cooperative) return hipSuccess;
  const int blocks = blocks_per_multiprocessor(device.facts(), info, static_cast<unsigned>(threads), shape.dynamic_lds);
  const auto most = static_cast<uint64_t>(blocks) * static_cast<unsigned>(device.multiprocessors());
  return volume(shape.grid) <= most ? hipSuccess : hipErrorCooperativeLaunchTooLarge;
}

Error run(const Launch& launch) {
  cw_amd_launch_request request = {};
  for (int i = 0; i < 3; ++i) {
    request.grid[i] = launch.shape.grid[i];
    request.block[i] = launch.shape.block[i];
  }
  request.dynamic_lds_bytes = launch.shape.dynamic_lds;
  request.cooperative = launch.shape.cooperative;
  request.arguments = launch.packed.data();
  request.argument_bytes = launch.packed.size();
  request.stack_bytes = launch.stack_bytes;
  cw_amd_fault fault = {};
  const cw_amd_result result = cw_amd_launch(launch.kernel, &request, &fault);
  if (result == CW_AMD_SUCCESS) return hipSuccess;
  say("%s", fault.message);
  if (result == CW_AMD_MEMORY) return hipErrorOutOfMemory;
  return result == CW_AMD_FAULT && fault.in_memory != 0 ? hipErrorIllegalAddress : hipErrorLaunchFailure;
}

}  // namespace

Error launch(Function& function, const Shape& shape, void* handle, const Arguments& arguments) {
  Stream* stream = find_stream(handle);
  Device& device = function.module().device();
  if (stream == nullptr || &stream->device() != &device) return hipErrorInvalidHandle;
  if (device.error() != hipSuccess) return device.error();
  const cw_amd_kernel_info& info = function.info();
  Error error = check(device, info, shape);
  if (error != hipSuccess) return error;
  Launch job = {function.kernel(), shape, device.stack_bytes(), {}};
  error = pack(info, arguments, &job.packed);
  if (error == hipSuccess) stream->submit(work([job = static_cast<Launch&&>(job)] { return run(job); }));
  return error;
}

}  // namespace cw::amdhip

// Attributes and occupancy of functions, launches of them.
#include "emulator/hip/call.hpp"
#include "emulator/hip/launch.hpp"
#include "emulator/hip/module.hpp"
#include "emulator/hip/occupancy.hpp"

namespace cw::amdhip {
namespace {

// hipFunction_attribute.
Error attribute_of(const Function& function, int attribute, int* value) {
  const cw_amd_kernel_info& info = function.info();
  const unsigned lds = function.module().device().facts().lds_bytes;
  switch (attribute) {
    case 0:
      *value = static_cast<int>(info.max_threads);
      return hipSuccess;
    case 1:
      *value = static_cast<int>(info.lds_bytes);
      return hipSuccess;
    case 2:  // constant memory is global memory
      *value = 0;
      return hipSuccess;
    case 3:
      *value = static_cast<int>(info.scratch_bytes);
      return hipSuccess;
    case 4:
      *value = static_cast<int>(info.vgprs);
      return hipSuccess;
    case 5:
    case 6:
      *value = function.module().device().facts().major * 10 + function.module().device().facts().minor;
      return hipSuccess;
    case 7:
    case 9:
      *value = 0;
      return hipSuccess;
    case 8:
      *value = static_cast<int>(lds - info.lds_bytes);
      return hipSuccess;
    default:
      return hipErrorInvalidValue;
  }
}

template <typename Use>
int with(void* handle, Use use) {
  return answer_about(find_function(handle), hipErrorInvalidDeviceFunction, use);
}

}  // namespace

HIP_API int hipFuncGetAttribute(int* value, int attribute, void* handle) {
  return with(handle, [&](Function& function) {
    return value != nullptr ? attribute_of(function, attribute, value) : hipErrorInvalidValue;
  });
}

HIP_API int hipModuleOccupancyMaxActiveBlocksPerMultiprocessor(int* blocks, void* handle, int threads, size_t dynamic_lds) {
  return with(handle, [&](Function& function) {
    if (blocks == nullptr || threads <= 0) return hipErrorInvalidValue;
    const Facts& facts = function.module().device().facts();
    *blocks = blocks_per_multiprocessor(facts, function.info(), static_cast<unsigned>(threads), dynamic_lds);
    return hipSuccess;
  });
}
HIP_API int hipModuleOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(int* blocks, void* handle, int threads, size_t dynamic_lds,
                                                                        unsigned) {
  return hipModuleOccupancyMaxActiveBlocksPerMultiprocessor(blocks, handle, threads, dynamic_lds);
}
HIP_API int hipModuleOccupancyMaxPotentialBlockSize(int* grid, int* threads, void* handle, size_t dynamic_lds, int limit) {
  return with(handle, [&](Function& function) {
    if (grid == nullptr || threads == nullptr) return hipErrorInvalidValue;
    const Device& device = function.module().device();
    const int most = limit > 0 && limit < kMaxThreads ? limit : kMaxThreads;
    int best = 0;
    for (int size = most; size > 0; size -= device.facts().lanes) {
      const int blocks = blocks_per_multiprocessor(device.facts(), function.info(), static_cast<unsigned>(size), dynamic_lds);
      if (blocks * size <= best) continue;
      best = blocks * size;
      *threads = size;
      *grid = blocks * device.multiprocessors();
    }
    return best != 0 ? hipSuccess : hipErrorInvalidValue;
  });
}

HIP_API int hipModuleLaunchKernel(void* handle, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz,
                                  unsigned lds, void* stream, void** parameters, void** extra) {
  return with(handle, [&](Function& function) {
    return launch(function, Shape{{gx, gy, gz}, {bx, by, bz}, lds, false}, stream, Arguments{parameters, extra});
  });
}
HIP_API int hipModuleLaunchCooperativeKernel(void* handle, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by,
                                             unsigned bz, unsigned lds, void* stream, void** parameters) {
  return with(handle, [&](Function& function) {
    return launch(function, Shape{{gx, gy, gz}, {bx, by, bz}, lds, true}, stream, Arguments{parameters, nullptr});
  });
}
// Sizes in threads, as OpenCL counts.
HIP_API int hipExtModuleLaunchKernel(void* handle, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz,
                                     size_t lds, void* stream, void** parameters, void** extra, void* start, void* stop, unsigned) {
  return with(handle, [&](Function& function) {
    if (start != nullptr || stop != nullptr) return hipErrorNotSupported;
    if (bx == 0 || by == 0 || bz == 0 || gx % bx != 0 || gy % by != 0 || gz % bz != 0) return hipErrorInvalidConfiguration;
    const Shape shape = {{gx / bx, gy / by, gz / bz}, {bx, by, bz}, static_cast<unsigned>(lds), false};
    return launch(function, shape, stream, Arguments{parameters, extra});
  });
}

}  // namespace cw::amdhip

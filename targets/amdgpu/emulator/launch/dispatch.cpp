#include "emulator/launch/dispatch.hpp"

#include <string.h>

#include "emulator/launch/hidden_arguments.hpp"
#include "emulator/machine/wave.hpp"

namespace cw::amd {
namespace {

constexpr u32 kMostThreads = 1024;
constexpr u32 kMostLds = 64 << 10;
constexpr u32 kDefaultStack = 16 << 10;  // a lane, where the compiler could not tell how much is needed
constexpr u32 kKernelDispatch = 2;       // packet type

bool check_sizes(const cw_amd_kernel& kernel, const cw_amd_launch_request& request, Message& message) {
  u64 threads = 1;
  for (unsigned axis = 0; axis < 3; ++axis) {
    if (request.grid[axis] == 0 || request.block[axis] == 0) return message.fail("a launch of nothing");
    if (request.block[axis] > kMostThreads) return message.fail("a block of more than %u threads", kMostThreads);
    if (u64{request.grid[axis]} * request.block[axis] >> 32 != 0)
      return message.fail("a grid of more than 2^32 threads along one axis");
    threads *= request.block[axis];
  }
  if (threads > kernel.info.max_threads)
    return message.fail("a block of %llu threads; %s was compiled for %u", static_cast<unsigned long long>(threads),
                        kernel.info.name, kernel.info.max_threads);
  // The packet's numbers of the block along y and z have 16 bits on these.
  const bool narrow = kernel.program->arch().isa >= Isa::kGfx12;
  if (narrow && (request.grid[1] > 0xffff || request.grid[2] > 0xffff))
    return message.fail("a grid of more than 65535 blocks along y or z");
  return true;
}

bool fill_arguments(const cw_amd_kernel& kernel, const cw_amd_launch_request& request, Vector<u8>* out, Message& message) {
  out->resize(kernel.info.kernarg_bytes);
  if (request.argument_bytes < kernel.info.explicit_bytes && kernel.described)
    return message.fail("%llu bytes of arguments; %s takes %u", static_cast<unsigned long long>(request.argument_bytes),
                        kernel.info.name, kernel.info.explicit_bytes);
  u64 bytes = kernel.info.explicit_bytes;
  if (request.argument_bytes < bytes) bytes = request.argument_bytes;
  if (bytes != 0) memcpy(out->data(), request.arguments, bytes);
  return true;
}

}  // namespace

bool Dispatch::prepare(const cw_amd_kernel& what, const cw_amd_launch_request& request, Message& message) {
  kernel = &what;
  if (!check_sizes(what, request, message) || !fill_arguments(what, request, &kernarg, message)) return false;
  memcpy(grid, request.grid, sizeof grid);
  memcpy(block, request.block, sizeof block);
  groups = u64{grid[0]} * grid[1] * grid[2];
  threads = block[0] * block[1] * block[2];
  waves = (threads + what.info.lanes - 1) / what.info.lanes;
  cooperative = request.cooperative != 0;
  lds_bytes = what.info.lds_bytes + request.dynamic_lds_bytes;
  if (lds_bytes > kMostLds || request.dynamic_lds_bytes > kMostLds)
    return message.fail("more than %u bytes of shared memory", kMostLds);
  scratch_bytes = what.info.scratch_bytes;
  if (what.info.dynamic_stack != 0) scratch_bytes += request.stack_bytes != 0 ? request.stack_bytes : kDefaultStack;
  scratch_bytes = (scratch_bytes + 3) / 4 * 4;
  if (!fill_hidden_arguments(*this, request, message)) return false;
  fill_packet();
  fill_thread_ids();
  queue[16] = static_cast<u32>(kSharedAperture >> 32);
  queue[17] = static_cast<u32>(kPrivateAperture >> 32);
  announce();
  return true;
}

void Dispatch::announce() const {
  // Compilers read arguments in pieces of 16 bytes.
  cw_amd_memory_allocated(kernarg.data(), (kernarg.size() + 15) / 16 * 16, CW_AMD_MEMORY_WRITTEN);
  cw_amd_memory_allocated(&packet, sizeof packet, CW_AMD_MEMORY_WRITTEN);
  cw_amd_memory_allocated(queue, sizeof queue, CW_AMD_MEMORY_WRITTEN);
}

Dispatch::~Dispatch() {
  cw_amd_memory_freed(kernarg.data());
  cw_amd_memory_freed(&packet);
  cw_amd_memory_freed(queue);
}

void Dispatch::fill_packet() {
  packet.header = kKernelDispatch;
  packet.setup = grid_dimensions(grid, block);
  for (unsigned axis = 0; axis < 3; ++axis) {
    packet.block[axis] = static_cast<u16>(block[axis]);
    packet.threads[axis] = grid[axis] * block[axis];
  }
  packet.private_bytes = scratch_bytes;
  packet.group_bytes = lds_bytes;
  packet.kernel_object = reinterpret_cast<u64>(kernel->descriptor_at);
  packet.kernarg = reinterpret_cast<u64>(kernarg.data());
}

// Packed as 10 bits each where the hardware does that, else a register for each axis that the kernel asks for.
void Dispatch::fill_thread_ids() {
  const u32 axes = kernel->descriptor.thread_ids + 1;
  const bool packed = kernel->program->arch().isa != Isa::kGfx10;
  const u32 rounded = waves * kernel->info.lanes;
  for (u32 i = 0; i < (packed ? 1 : axes); ++i) thread_ids[i].resize(rounded);
  for (u32 thread = 0; thread < rounded; ++thread) {
    const u32 id[3] = {thread % block[0], thread / block[0] % block[1], thread / (block[0] * block[1])};
    for (u32 i = 0; i < axes && i < 3; ++i) {
      if (packed) thread_ids[0][thread] |= (id[i] & 0x3ff) << (10 * i);
      if (!packed) thread_ids[i][thread] = id[i];
    }
  }
}

}  // namespace cw::amd

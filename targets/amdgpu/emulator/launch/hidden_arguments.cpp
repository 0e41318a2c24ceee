#include "emulator/launch/hidden_arguments.hpp"

#include <string.h>

#include "emulator/machine/wave.hpp"

namespace cw::amd {
namespace {

struct Hidden {
  const char* kind;
  u64 value;
};

// Blocks are whole: nothing remains, and the offset of a grid is an idea of OpenCL.
bool value_of(const hip::Text& kind, const Dispatch& d, const cw_amd_launch_request& request, u64* out) {
  const Hidden known[] = {
      {"hidden_block_count_x", d.grid[0]},
      {"hidden_block_count_y", d.grid[1]},
      {"hidden_block_count_z", d.grid[2]},
      {"hidden_group_size_x", d.block[0]},
      {"hidden_group_size_y", d.block[1]},
      {"hidden_group_size_z", d.block[2]},
      {"hidden_remainder_x", 0},
      {"hidden_remainder_y", 0},
      {"hidden_remainder_z", 0},
      {"hidden_global_offset_x", 0},
      {"hidden_global_offset_y", 0},
      {"hidden_global_offset_z", 0},
      {"hidden_grid_dims", grid_dimensions(d.grid, d.block)},
      {"hidden_printf_buffer", request.printf_buffer},
      {"hidden_hostcall_buffer", request.hostcall_buffer},
      {"hidden_heap_v1", request.heap},
      {"hidden_dynamic_lds_size", request.dynamic_lds_bytes},
      {"hidden_private_base", kPrivateAperture >> 32},
      {"hidden_shared_base", kSharedAperture >> 32},
      {"hidden_queue_ptr", reinterpret_cast<u64>(d.queue)},
      // Kernels that use these are not launched by this interface with anything behind them.
      {"hidden_multigrid_sync_arg", 0},
      {"hidden_default_queue", 0},
      {"hidden_completion_action", 0},
      {"hidden_none", 0},
  };
  for (const Hidden& hidden : known) {
    if (!kind.is(hidden.kind)) continue;
    *out = hidden.value;
    return true;
  }
  return false;
}

}  // namespace

u16 grid_dimensions(const u32 (&grid)[3], const u32 (&block)[3]) {
  if (grid[2] * block[2] > 1) return 3;
  return grid[1] * block[1] > 1 ? 2 : 1;
}

bool fill_hidden_arguments(Dispatch& d, const cw_amd_launch_request& request, Message& message) {
  for (const hip::KernelArgument& argument : d.kernel->arguments) {
    if (!argument.hidden()) continue;
    u64 value = 0;
    if (!value_of(argument.kind, d, request, &value))
      return message.fail("%s has an argument of unknown kind %.*s", d.kernel->info.name, static_cast<int>(argument.kind.length),
                          argument.kind.data);
    if (argument.bytes > sizeof value || argument.offset + argument.bytes > d.kernarg.size())
      return message.fail("a damaged code object: hidden arguments of %s", d.kernel->info.name);
    memcpy(d.kernarg.data() + argument.offset, &value, argument.bytes);
  }
  return true;
}

}  // namespace cw::amd

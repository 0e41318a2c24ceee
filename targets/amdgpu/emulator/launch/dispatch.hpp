// What all workgroups of a launch share: arguments, packet, sizes.
#pragma once

#include "emulator/launch/kernel.hpp"
#include "emulator/launch/message.hpp"

namespace cw::amd {

// hsa_kernel_dispatch_packet_t.
struct Packet {
  u16 header, setup;
  u16 block[3];
  u16 reserved0;
  u32 threads[3];  // of the grid
  u32 private_bytes, group_bytes;
  u64 kernel_object, kernarg;
  u64 reserved1, completion_signal;
};
static_assert(sizeof(Packet) == 64);

struct Dispatch {
  Dispatch() = default;
  Dispatch(const Dispatch&) = delete;
  Dispatch& operator=(const Dispatch&) = delete;
  ~Dispatch();

  const cw_amd_kernel* kernel = nullptr;
  u32 grid[3] = {}, block[3] = {};
  u64 groups = 0;
  u32 threads = 0;  // of a group
  u32 waves = 0;    // of a group
  u32 lds_bytes = 0;
  u32 scratch_bytes = 0;  // a lane
  bool cooperative = false;
  Vector<u8> kernarg;
  Vector<u32> thread_ids[3];  // what the first vector registers hold at the start, for each thread of a group; empty: nothing
  alignas(64) Packet packet{};
  alignas(64) u32 queue[64] = {};  // amd_queue_t as far as code looks at it: the apertures

  // False where the launch cannot be.
  bool prepare(const cw_amd_kernel& what, const cw_amd_launch_request& request, Message& message);

 private:
  // What kernels may read of it, for the checks.
  void announce() const;
  void fill_packet();
  void fill_thread_ids();
};

}  // namespace cw::amd

#include "emulator/hip/occupancy.hpp"

namespace cw::amdhip {
namespace {

unsigned round_up(unsigned value, unsigned to) { return (value + to - 1) / to * to; }

}  // namespace

int blocks_per_multiprocessor(const Facts& facts, const cw_amd_kernel_info& kernel, unsigned threads, size_t dynamic_lds) {
  const size_t lds = kernel.lds_bytes + dynamic_lds;
  if (threads == 0 || threads > kernel.max_threads || lds > facts.lds_bytes) return 0;
  const unsigned granule = static_cast<unsigned>(facts.register_granule) * static_cast<unsigned>(facts.lanes) / kernel.lanes;
  const unsigned registers = kernel.vgprs + (facts.unified_registers ? kernel.agprs : 0);
  const unsigned file = static_cast<unsigned>(facts.registers) * static_cast<unsigned>(facts.lanes) / kernel.lanes;
  unsigned waves = registers != 0 ? file / round_up(registers, granule) : static_cast<unsigned>(facts.waves_per_simd);
  if (waves > static_cast<unsigned>(facts.waves_per_simd)) waves = static_cast<unsigned>(facts.waves_per_simd);
  unsigned blocks = waves * static_cast<unsigned>(facts.simds) / ((threads + kernel.lanes - 1) / kernel.lanes);
  if (lds != 0 && facts.lds_total_bytes / lds < blocks) blocks = static_cast<unsigned>(facts.lds_total_bytes / lds);
  return blocks < kMaxBlocks ? static_cast<int>(blocks) : kMaxBlocks;
}

}  // namespace cw::amdhip

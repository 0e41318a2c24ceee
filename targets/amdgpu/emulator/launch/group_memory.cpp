#include "emulator/launch/group_memory.hpp"

#include <sys/mman.h>

namespace cw::amd {
namespace {

// Added to each wave's part: were its size a power of two, all waves' registers would compete for the same cache sets.
constexpr u64 kStagger = 17 * 64;

u64 rounded(u64 bytes) { return (bytes + 63) / 64 * 64; }

}  // namespace

GroupMemory::~GroupMemory() {
  if (memory_ != nullptr) munmap(memory_, bytes_);
}

// Pages that nothing touches take no memory.
bool GroupMemory::reserve(const Dispatch& dispatch) {
  const u32 lanes = dispatch.kernel->info.lanes;
  register_stride_ = u64{register_rows(dispatch.kernel->program->arch())} * lanes * sizeof(u32) + kStagger;
  lds_at_ = register_stride_ * dispatch.waves;
  scratch_at_ = lds_at_ + rounded(dispatch.lds_bytes) + kStagger;
  scratch_stride_ = u64{dispatch.scratch_bytes} * lanes + kStagger;
  const u64 wanted = scratch_at_ + scratch_stride_ * dispatch.waves;
  if (wanted <= bytes_) return true;
  void* memory = mmap(nullptr, wanted, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) return false;
  if (memory_ != nullptr) munmap(memory_, bytes_);
  memory_ = static_cast<u8*>(memory);
  bytes_ = wanted;
  return true;
}

}  // namespace cw::amd

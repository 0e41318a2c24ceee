#include "emulator/launch/fault_lane.hpp"

#include "emulator/records/memory_address.hpp"

namespace cw::amd {
namespace {

constexpr u64 kLargestAccess = 16;
constexpr u64 kUserAddresses = u64{1} << 47;

// The processor tells no address beyond those that a process can have: 0 stands for one of them then.
bool is_touched(u64 at, u64 address) {
  if (address == 0 && at >= kUserAddresses) return true;
  return address >= at && address - at < kLargestAccess;
}

template <unsigned W>
i32 search(Wave& wave) {
  Lanes<W> lanes;
  const Instruction& i = *wave.fault_at;
  const Request request{1, Access::kLoad};
  if (i.format == Format::kFlat || i.format == Format::kGlobal)
    full_addresses(wave, i, request, lanes);
  else if (i.format != Format::kMubuf || !find_buffer(wave, i, request, lanes))
    return -1;
  i32 found = -1;
  each_of(lanes.active, [&](u32 l) {
    const bool nearer = found < 0 || lanes.at[l] > lanes.at[found];
    if (is_touched(lanes.at[l], wave.fault_address) && nearer) found = static_cast<i32>(l);
  });
  return found;
}

}  // namespace

i32 find_fault_lane(Wave& wave) {
  wave.observe = nullptr;
  return wave.lanes == 64 ? search<64>(wave) : search<32>(wave);
}

}  // namespace cw::amd

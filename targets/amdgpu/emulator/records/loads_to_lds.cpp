// Loads that write LDS instead of registers: lane `l` fills dword `l` from byte M0 + offset on.
#include <type_traits>

#include "emulator/records/memory_record.hpp"

namespace cw::amd {
namespace {

// The places in LDS of the lanes that load.
template <unsigned W>
bool find_destination(Wave& w, const Instruction& i, u32 bytes, u64 active, Lanes<W>& lanes) {
  const u32 base = (w.sgpr[kM0] & 0xffff) + static_cast<u32>(i.offset);
  lanes.active = active;
  for (u32 l = 0; l < W; ++l) lanes.at[l] = base + bytes * l;
  return find_shared(w, i, {bytes, Access::kStore}, lanes);
}

// `T`: 8 and 16 bits are extended to a dword.
template <typename T>
struct LoadToLds {
  static constexpr Request kRequest{sizeof(T), Access::kLoad};

  template <unsigned W>
  static bool run(Wave& w, const Instruction& i, const Lanes<W>& lanes, const u32*) {
    Lanes<W> to;
    const u64 loading = lanes.active | lanes.absent;
    if (!find_destination(w, i, sizeof(Stored), loading, to)) return false;
    each_of(to.active, [&](u32 l) {
      const bool there = (lanes.active >> l & 1) != 0;
      write_bytes(to.at[l], there ? stored(read_place<T>(lanes.at[l], lanes.step)) : Stored{});
    });
    return true;
  }

 private:
  using Stored = std::conditional_t<(sizeof(T) < 4), u32, T>;
  static Stored stored(T value) {
    if constexpr (sizeof(T) < 4)
      return static_cast<u32>(static_cast<i32>(value));
    else
      return value;
  }
};

MEMORY(load_lds_u8, LoadToLds<u8>);
MEMORY(load_lds_i8, LoadToLds<i8>);
MEMORY(load_lds_u16, LoadToLds<u16>);
MEMORY(load_lds_i16, LoadToLds<i16>);
MEMORY(load_lds_b32, LoadToLds<u32>);
MEMORY(load_lds_dwordx3, LoadToLds<Words<3>>);
MEMORY(load_lds_dwordx4, LoadToLds<Words<4>>);
MEMORY_ALIAS(load_lds_ubyte, load_lds_u8);
MEMORY_ALIAS(load_lds_sbyte, load_lds_i8);
MEMORY_ALIAS(load_lds_ushort, load_lds_u16);
MEMORY_ALIAS(load_lds_sshort, load_lds_i16);
MEMORY_ALIAS(load_lds_dword, load_lds_b32);

}  // namespace
}  // namespace cw::amd

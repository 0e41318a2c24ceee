// Loads and stores between the lanes' places in memory and vector registers.
#pragma once

#include <type_traits>

#include "emulator/machine/memory.hpp"
#include "emulator/machine/vector_alu.hpp"
#include "emulator/records/lds_quick.hpp"
#include "emulator/records/memory_address.hpp"
#include "emulator/records/memory_rows.hpp"

namespace cw::amd {

// The part of a register that a load of 8 or 16 bits writes, or a store reads.
enum class Part : u8 { kWhole, kLow, kHigh };

// 8 or 16 bits a lane: `T` says how they are extended; the other half of the register is kept where `part` is a half.
template <typename T, Part part = Part::kWhole>
struct LoadPart {
  static constexpr Request kRequest{sizeof(T), Access::kLoad, true};

  static u32 placed(T value, u32 old) {
    using Wide = std::conditional_t<std::is_signed_v<T>, i32, u32>;
    const u32 wide = static_cast<u32>(static_cast<Wide>(value));
    if constexpr (part == Part::kLow) return (old & 0xffff0000u) | (wide & 0xffffu);
    if constexpr (part == Part::kHigh) return (old & 0xffffu) | wide << 16;
    return wide;
  }

  template <unsigned W>
  static bool run(Wave& w, const Instruction& i, const Lanes<W>& lanes, const u32*) {
    u32* to = w.lane_values(i.destination.index);
    if (lanes.row != 0) {
      const u64 first = lanes.at[0];
      CW_EACH_LANE
      for (u32 l = 0; l < W; ++l) to[l] = placed(read_bytes<T>(first + l * sizeof(T)), to[l]);
      return true;
    }
    each_of(lanes.active, [&](u32 l) { to[l] = placed(read_place<T>(lanes.at[l], lanes.step), to[l]); });
    each_of(lanes.absent, [&](u32 l) { to[l] = placed(0, to[l]); });
    return true;
  }
};

// All lanes, each with its dwords one after another.
template <unsigned W>
inline bool all_plain(const Lanes<W>& lanes) {
  return lanes.step == 4 && lanes.active == (W == 64 ? ~u64{0} : 0xffffffffu);
}

// N registers a lane.
template <unsigned N>
struct LoadWords {
  static constexpr Request kRequest{4 * N, Access::kLoad, true};

  template <unsigned W>
  static bool run(Wave& w, const Instruction& i, const Lanes<W>& lanes, const u32*) {
    load(lanes, w.lane_values(i.destination.index));
    return true;
  }

  // From LDS.
  template <unsigned W>
  static bool quick(Wave& w, const Instruction& i) {
    QuickShared<W> lanes;
    if (!lanes.find(w, i, static_cast<u32>(i.offset), 4 * N)) return false;
    lanes.template load<N>(w.lane_values(i.destination.index));
    return true;
  }

  template <unsigned W>
  static void load(const Lanes<W>& lanes, u32* to) {
    if (lanes.row != 0 && lanes.step == 4) {
      Rows<N, W>::load(lanes.at[0], to);
    } else if (lanes.row != 0) {
      for (u32 n = 0; n < N; ++n) Rows<1, W>::load(lanes.at[0] + n * lanes.step, to + n * W);
    } else if (all_plain(lanes)) {
      AllLanes<N, W>::load([&lanes](u32 l) { return lanes.at[l]; }, to);
    } else {
      each_of(lanes.active, [&](u32 l) { put_words<W>(to + l, read_place<Words<N>>(lanes.at[l], lanes.step)); });
      each_of(lanes.absent, [&](u32 l) { put_words<W>(to + l, Words<N>{}); });
    }
  }

 private:
  template <unsigned W>
  static void put_words(u32* to, const Words<N>& value) {
    for (u32 n = 0; n < N; ++n) to[n * W] = value.word[n];
  }
};

// The low or the high part of one register.
template <typename T, Part part = Part::kWhole>
struct StorePart {
  static constexpr Request kRequest{sizeof(T), Access::kStore, true};

  template <unsigned W>
  static bool run(Wave&, const Instruction&, const Lanes<W>& lanes, const u32* data) {
    constexpr u32 kShift = part == Part::kHigh ? 16 : 0;
    if (lanes.row != 0) {
      const u64 first = lanes.at[0];
      CW_EACH_LANE
      for (u32 l = 0; l < W; ++l) write_bytes(first + l * sizeof(T), static_cast<T>(data[l] >> kShift));
      return true;
    }
    each_of(lanes.active, [&](u32 l) { write_place(lanes.at[l], lanes.step, static_cast<T>(data[l] >> kShift)); });
    return true;
  }
};

template <unsigned N>
struct StoreWords {
  static constexpr Request kRequest{4 * N, Access::kStore, true};

  template <unsigned W>
  static bool run(Wave&, const Instruction&, const Lanes<W>& lanes, const u32* data) {
    if (lanes.row != 0 && lanes.step == 4) {
      Rows<N, W>::store(lanes.at[0], data);
    } else if (lanes.row != 0) {
      for (u32 n = 0; n < N; ++n) Rows<1, W>::store(lanes.at[0] + n * lanes.step, data + n * W);
    } else if (all_plain(lanes)) {
      AllLanes<N, W>::store([&lanes](u32 l) { return lanes.at[l]; }, data);
    } else {
      each_of(lanes.active, [&](u32 l) { write_place(lanes.at[l], lanes.step, words_of<W>(data + l)); });
    }
    return true;
  }

  // To LDS.
  template <unsigned W>
  static bool quick(Wave& w, const Instruction& i) {
    QuickShared<W> lanes;
    if (!lanes.find(w, i, static_cast<u32>(i.offset), 4 * N)) return false;
    lanes.template store<N>(w.lane_values(i.source[1].index));
    return true;
  }

 private:
  template <unsigned W>
  [[gnu::always_inline]] static Words<N> words_of(const u32* data) {
    Words<N> value;
    for (u32 n = 0; n < N; ++n) value.word[n] = data[n * W];
    return value;
  }
};

}  // namespace cw::amd

// Which accesses of the waves of a workgroup come before which: vector clocks.
#pragma once

#include "core/vector.hpp"
#include "emulator/machine/types.hpp"

namespace cw::amd {

// Each wave counts its own steps, and knows how far it has heard of the others.
class Clocks {
 public:
  explicit Clocks(u32 waves) : waves_(waves) {
    known_.resize(size_t{waves} * waves);
    for (u32 w = 0; w < waves; ++w) known_[w * waves + w] = 1;
  }
  u32 waves() const { return waves_; }
  u32 now(u32 wave) const { return known_[wave * waves_ + wave]; }
  // Did `wave` hear of what `other` did at its step `when`?
  bool knows(u32 wave, u32 other, u32 when) const { return when <= known_[wave * waves_ + other]; }
  // What `wave` did so far is told to whoever takes `message` later.
  void give(u32 wave, Vector<u32>& message) {
    if (message.empty()) message.resize(waves_);
    for (u32 w = 0; w < waves_; ++w) later(message[w], known_[wave * waves_ + w]);
    ++known_[wave * waves_ + wave];
  }
  void take(u32 wave, const Vector<u32>& message) {
    for (u32 w = 0; w < message.size(); ++w) later(known_[wave * waves_ + w], message[w]);
  }

 private:
  static void later(u32& a, u32 b) {
    if (b > a) a = b;
  }
  u32 waves_;
  Vector<u32> known_;
};

}  // namespace cw::amd

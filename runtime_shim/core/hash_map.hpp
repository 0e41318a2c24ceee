// A map from numbers or addresses (never 0) to small values: open addressing, for tables with many entries that come and go.
#pragma once

#include <cstdint>

#include "core/vector.hpp"

namespace cw {

template <typename Value>
class HashMap {
 public:
  // The value of `key`, or null. Valid until the map changes.
  Value* find(uint64_t key) {
    if (slots_.empty()) return nullptr;
    for (size_t at = home(key); slots_[at].key != 0; at = next(at)) {
      if (slots_[at].key == key) return &slots_[at].value;
    }
    return nullptr;
  }
  void set(uint64_t key, Value value) {
    if (2 * (size_ + 1) > slots_.size()) grow();
    place(key, value);
  }
  void erase(uint64_t key) {
    if (find(key) == nullptr) return;
    size_t hole = home(key);
    while (slots_[hole].key != key) hole = next(hole);
    // What was pushed on by the removed entry moves back, so that no search stops early.
    for (size_t at = next(hole); slots_[at].key != 0; at = next(at)) {
      const size_t wanted = home(slots_[at].key);
      const bool reachable = hole <= at ? hole < wanted && wanted <= at : hole < wanted || wanted <= at;
      if (reachable) continue;
      slots_[hole] = slots_[at];
      hole = at;
    }
    slots_[hole] = Slot{};
    --size_;
  }
  size_t size() const { return size_; }

 private:
  struct Slot {
    uint64_t key = 0;
    Value value{};
  };
  size_t home(uint64_t key) const { return (key * 0x9e3779b97f4a7c15u >> 32) & (slots_.size() - 1); }
  size_t next(size_t at) const { return (at + 1) & (slots_.size() - 1); }
  void place(uint64_t key, Value value) {
    size_t at = home(key);
    while (slots_[at].key != 0 && slots_[at].key != key) at = next(at);
    if (slots_[at].key == 0) ++size_;
    slots_[at] = Slot{key, value};
  }
  void grow() {
    Vector<Slot> old;
    old.swap(slots_);
    slots_.resize(old.empty() ? 16 : 2 * old.size());
    size_ = 0;
    for (const Slot& slot : old) {
      if (slot.key != 0) place(slot.key, slot.value);
    }
  }
  Vector<Slot> slots_;  // a power of two, at most half full
  size_t size_ = 0;
};

template <typename Value>
uint64_t key_of(const Value* address) {
  return reinterpret_cast<uintptr_t>(address);
}

}  // namespace cw

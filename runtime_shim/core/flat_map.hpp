// A map kept as a sorted array: look-ups are binary searches over few, dense keys (host addresses of kernels and variables).
#pragma once

#include "core/vector.hpp"

namespace cw {

template <typename Key, typename Value>
class FlatMap {
 public:
  struct Item {
    Key key;
    Value value;
  };

  // The value of `key`, or null. Valid until the map changes.
  Value* find(const Key& key) {
    const size_t at = lower_bound(key);
    return at < items_.size() && items_[at].key == key ? &items_[at].value : nullptr;
  }
  void set(const Key& key, Value value) {
    if (Value* old = find(key)) {
      *old = std::move(value);
    } else {
      items_.insert(lower_bound(key), Item{key, std::move(value)});
    }
  }
  void erase(const Key& key) {
    const size_t at = lower_bound(key);
    if (at < items_.size() && items_[at].key == key) items_.erase(at);
  }
  // The item with the largest key that is not above `key`, or null.
  Item* at_or_below(const Key& key) {
    size_t at = lower_bound(key);
    if (at < items_.size() && items_[at].key == key) return &items_[at];
    return at == 0 ? nullptr : &items_[at - 1];
  }
  // The item with the smallest key above `key`, or null.
  Item* above(const Key& key) {
    size_t at = lower_bound(key);
    if (at < items_.size() && items_[at].key == key) ++at;
    return at < items_.size() ? &items_[at] : nullptr;
  }
  Item* begin() { return items_.begin(); }
  Item* end() { return items_.end(); }
  size_t size() const { return items_.size(); }
  void clear() { items_.clear(); }

 private:
  size_t lower_bound(const Key& key) const {
    size_t low = 0;
    size_t high = items_.size();
    while (low < high) {
      const size_t middle = (low + high) / 2;
      if (items_[middle].key < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
  Vector<Item> items_;
};

}  // namespace cw

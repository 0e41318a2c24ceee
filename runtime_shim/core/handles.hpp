// The objects behind the opaque handles a program holds (streams, events): owned here, so that a stale handle is noticed.
#pragma once

#include "core/flat_map.hpp"
#include "core/sync.hpp"

namespace cw {

template <typename T>
class Handles {
 public:
  T* add(Owned<T> object, int device) {
    T* handle = object.get();
    add_as(handle, static_cast<Owned<T>&&>(object), device);
    return handle;
  }
  // For handles that are not the object's address.
  void add_as(const void* handle, Owned<T> object, int device) {
    Lock lock(mutex_);
    objects_.set(handle, Item{static_cast<Owned<T>&&>(object), device});
  }
  // The object, or null for a handle that was never given out or is destroyed.
  T* find(const void* handle) {
    Lock lock(mutex_);
    Item* item = objects_.find(handle);
    return item != nullptr ? item->object.get() : nullptr;
  }
  // The ordinal of the device it belongs to, -1 for a stale handle.
  int device_of(const void* handle) {
    Lock lock(mutex_);
    const Item* item = objects_.find(handle);
    return item != nullptr ? item->device : -1;
  }
  // Takes the object out; the caller destroys it.
  Owned<T> take(const void* handle) {
    Lock lock(mutex_);
    Item* item = objects_.find(handle);
    if (item == nullptr) return Owned<T>();
    Owned<T> object(item->object.release());
    objects_.erase(handle);
    return object;
  }
  // Takes any object of a device out; empty when there is none left.
  Owned<T> take_any(int device) {
    Lock lock(mutex_);
    for (auto& item : objects_) {
      if (item.value.device != device) continue;
      Owned<T> object(item.value.object.release());
      objects_.erase(item.key);
      return object;
    }
    return Owned<T>();
  }

  size_t size() {
    Lock lock(mutex_);
    return objects_.size();
  }

 private:
  struct Item {
    Owned<T> object;
    int device;
  };
  Mutex mutex_;
  FlatMap<const void*, Item> objects_;
};

}  // namespace cw

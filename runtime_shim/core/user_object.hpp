// User objects: something of the program's that graphs keep alive by counting references.
#pragma once

#include <driver_types.h>

#include <atomic>

#include "core/ref.hpp"
#include "core/vector.hpp"

namespace cw {

class UserObject : public Allocated {
 public:
  // The new object has `count` references; its handle is its address.
  static UserObject* make(void* object, cudaHostFn_t destroy, unsigned count);
  // Null for a handle that was not given out or whose object is destroyed.
  static UserObject* find(cudaUserObject_t handle);
  void retain(unsigned count) { count_.fetch_add(count, std::memory_order_relaxed); }
  // Destroys the object with the last reference. False, and nothing done, when there are fewer than `count`.
  bool release(unsigned count);

 private:
  UserObject(void* object, cudaHostFn_t destroy, unsigned count) : object_(object), destroy_(destroy), count_(count) {}
  void* object_;
  cudaHostFn_t destroy_;
  std::atomic<unsigned> count_;
};

// References that a graph, an executable graph or a launch holds. Shared among the launches of one executable graph.
class UserObjects : public Counted {
 public:
  UserObjects() = default;
  ~UserObjects() override;
  // Takes over `count` references that the caller has.
  void add(UserObject* object, unsigned count);
  // Gives `count` references up; false when it holds fewer.
  bool remove(UserObject* object, unsigned count);
  // One reference more to each object, in `to`.
  void share_with(UserObjects& to) const;
  bool empty() const { return held_.empty(); }

 private:
  struct Held {
    UserObject* object;
    unsigned count;
  };
  Vector<Held> held_;
};

}  // namespace cw

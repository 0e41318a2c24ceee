#include "core/user_object.hpp"

#include "core/hash_map.hpp"
#include "core/immortal.hpp"
#include "core/sync.hpp"

namespace cw {
namespace {

Mutex mutex;
constinit Immortal<HashMap<UserObject*>> living;

}  // namespace

UserObject* UserObject::make(void* object, cudaHostFn_t destroy, unsigned count) {
  auto* made = new UserObject(object, destroy, count);
  Lock lock(mutex);
  living.value.set(key_of(made), made);
  return made;
}

UserObject* UserObject::find(cudaUserObject_t handle) {
  Lock lock(mutex);
  UserObject** found = handle != nullptr ? living.value.find(key_of(handle)) : nullptr;
  return found != nullptr ? *found : nullptr;
}

bool UserObject::release(unsigned count) {
  unsigned before = count_.load();
  do {
    if (before < count) return false;
  } while (!count_.compare_exchange_weak(before, before - count));
  if (before != count) return true;
  {
    Lock lock(mutex);
    living.value.erase(key_of(this));
  }
  destroy_(object_);
  delete this;
  return true;
}

UserObjects::~UserObjects() {
  for (const Held& one : held_) one.object->release(one.count);
}

void UserObjects::add(UserObject* object, unsigned count) {
  for (Held& one : held_) {
    if (one.object != object) continue;
    one.count += count;
    return;
  }
  held_.push(Held{object, count});
}

bool UserObjects::remove(UserObject* object, unsigned count) {
  for (size_t i = 0; i < held_.size(); ++i) {
    if (held_[i].object != object) continue;
    if (held_[i].count < count) return false;
    held_[i].count -= count;
    if (held_[i].count == 0) held_.erase(i);
    object->release(count);
    return true;
  }
  return false;
}

void UserObjects::share_with(UserObjects& to) const {
  for (const Held& one : held_) {
    one.object->retain(1);
    to.add(one.object, 1);
  }
}

}  // namespace cw

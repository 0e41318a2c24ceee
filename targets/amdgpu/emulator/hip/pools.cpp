// hipMemPool* and hipMallocAsync. Memory is given out at once and taken back when the stream gets there.
#include "core/handles.hpp"
#include "core/immortal.hpp"
#include "emulator/hip/call.hpp"
#include "emulator/hip/device.hpp"
#include "emulator/hip/pool.hpp"

namespace cw::amdhip {
namespace {

struct KeptPool : Allocated {
  Ref<Pool> pool;
};
constinit Immortal<Handles<KeptPool>> pools;

// hipMemPoolProps, hipMemLocation and hipMemAccessDesc.
struct Location {
  int type, id;
};
struct PoolProperties {
  int type, handle_types;
  Location location;
  void* security;
  size_t most;
  unsigned char reserved[56];
};
struct AccessDescription {
  Location location;
  int flags;
};
constexpr int kPinned = 1;
constexpr int kOnDevice = 1;
constexpr int kReadWrite = 3;
constexpr size_t kGranule = 512;

// The default pools are their own handles; they are never destroyed.
Ref<Pool> find(void* handle) {
  for (int i = 0; i < device_count(); ++i) {
    const Ref<Pool> standard = device_at(i)->default_pool();
    if (standard.get() == handle) return standard;
  }
  KeptPool* kept = pools.value.find(handle);
  return kept != nullptr ? kept->pool : Ref<Pool>();
}

template <typename Use>
int with(void* handle, Use use) {
  return answer([&]() -> Error {
    const Ref<Pool> pool = find(handle);
    return pool ? use(pool) : hipErrorInvalidValue;
  });
}

Error create(void** out, const PoolProperties* p) {
  if (out == nullptr || p == nullptr || p->type != kPinned || p->location.type != kOnDevice) return hipErrorInvalidValue;
  Device* device = device_at(p->location.id);
  if (device == nullptr) return hipErrorInvalidDevice;
  if (p->handle_types != 0) return hipErrorNotSupported;
  Owned<KeptPool> kept(new KeptPool);
  kept->pool = Ref<Pool>(new Pool(*device, p->most));
  Pool* pool = kept->pool.get();
  pools.value.add_as(pool, static_cast<Owned<KeptPool>&&>(kept), device->index());
  *out = pool;
  return hipSuccess;
}

Error allocate(const Ref<Pool>& pool, void** out, size_t bytes, void* stream) {
  Stream* found = find_stream(stream);
  if (out == nullptr) return hipErrorInvalidValue;
  if (found == nullptr) return hipErrorInvalidHandle;
  *out = nullptr;
  if (found->device().error() != hipSuccess) return found->device().error();
  return bytes == 0 ? hipSuccess : pool->allocate(bytes, out);
}

}  // namespace

Error Pool::allocate(size_t wanted, void** out) {
  const size_t bytes = (wanted + kGranule - 1) / kGranule * kGranule;
  if (bytes < wanted) return hipErrorOutOfMemory;
  {
    Lock lock(mutex_);
    if (most_ != 0 && used_ + bytes > most_) return hipErrorOutOfMemory;
    used_ += bytes;
    if (used_ > highest_) highest_ = used_;
  }
  Allocation like;
  like.type = kDevice;
  like.device = device_.index();
  like.account = Ref<Account>(this);
  const Error error = memory().allocate(bytes, like, out);
  if (error != hipSuccess) gone(bytes);
  return error;
}

void Pool::gone(size_t bytes) {
  Lock lock(mutex_);
  used_ -= bytes;
}

// hipMemPoolAttr: 1 to 3 the reuse flags, 4 the release threshold, 5 and 6 reserved bytes now and at most, 7 and 8 used ones.
Error Pool::set(int attribute, const void* value) {
  Lock lock(mutex_);
  if (attribute >= 1 && attribute <= 3) {
    reuse_[attribute - 1] = *static_cast<const int*>(value) != 0;
  } else if (attribute == 4) {
    threshold_ = *static_cast<const uint64_t*>(value);
  } else if ((attribute == 6 || attribute == 8) && *static_cast<const uint64_t*>(value) == 0) {
    highest_ = used_;
  } else {
    return hipErrorInvalidValue;
  }
  return hipSuccess;
}

Error Pool::get(int attribute, void* value) {
  Lock lock(mutex_);
  if (attribute >= 1 && attribute <= 3) {
    *static_cast<int*>(value) = reuse_[attribute - 1];
  } else if (attribute >= 4 && attribute <= 8) {
    const bool highest = attribute == 6 || attribute == 8;
    *static_cast<uint64_t*>(value) = attribute == 4 ? threshold_ : highest ? highest_ : used_;
  } else {
    return hipErrorInvalidValue;
  }
  return hipSuccess;
}

HIP_API int hipMallocAsync(void** out, size_t bytes, void* stream) {
  return answer([&]() -> Error {
    Stream* found = find_stream(stream);
    return found != nullptr ? allocate(found->device().current_pool(), out, bytes, stream) : hipErrorInvalidHandle;
  });
}
HIP_API int hipMallocFromPoolAsync(void** out, size_t bytes, void* pool, void* stream) {
  return with(pool, [&](const Ref<Pool>& found) { return allocate(found, out, bytes, stream); });
}
HIP_API int hipFreeAsync(void* address, void* stream) {
  return answer([&] {
    Stream* found = find_stream(stream);
    Allocation known;
    if (found == nullptr) return hipErrorInvalidHandle;
    if (address == nullptr) return hipSuccess;
    if (!memory().find(address, &known) || known.base != reinterpret_cast<uintptr_t>(address)) return hipErrorInvalidValue;
    Owned<Work> piece = work([address] {
      memory().release(address, [](const Allocation&) { return true; });
      return hipSuccess;
    });
    piece->always = true;
    found->submit(static_cast<Owned<Work>&&>(piece));
    return hipSuccess;
  });
}

HIP_API int hipDeviceGetDefaultMemPool(void** out, int device) {
  return answer([&] {
    if (device_at(device) == nullptr) return hipErrorInvalidDevice;
    *out = device_at(device)->default_pool().get();
    return hipSuccess;
  });
}
HIP_API int hipDeviceGetMemPool(void** out, int device) {
  return answer([&] {
    if (device_at(device) == nullptr) return hipErrorInvalidDevice;
    *out = device_at(device)->current_pool().get();
    return hipSuccess;
  });
}
HIP_API int hipDeviceSetMemPool(int device, void* pool) {
  return with(pool, [&](const Ref<Pool>& found) {
    if (device_at(device) == nullptr) return hipErrorInvalidDevice;
    device_at(device)->set_current_pool(found);
    return hipSuccess;
  });
}
HIP_API int hipMemPoolCreate(void** out, const PoolProperties* properties) {
  return answer([&] { return create(out, properties); });
}
HIP_API int hipMemPoolDestroy(void* pool) {
  return answer([&] { return pools.value.take(pool) ? hipSuccess : hipErrorInvalidValue; });
}
// Nothing is kept back that could be trimmed.
HIP_API int hipMemPoolTrimTo(void* pool, size_t) {
  return with(pool, [](const Ref<Pool>&) { return hipSuccess; });
}
HIP_API int hipMemPoolSetAttribute(void* pool, int attribute, void* value) {
  return with(pool, [&](const Ref<Pool>& found) { return found->set(attribute, value); });
}
HIP_API int hipMemPoolGetAttribute(void* pool, int attribute, void* value) {
  return with(pool, [&](const Ref<Pool>& found) { return found->get(attribute, value); });
}
// All devices of the process work on the same memory.
HIP_API int hipMemPoolSetAccess(void* pool, const AccessDescription* descriptions, size_t count) {
  return with(pool, [&](const Ref<Pool>&) {
    for (size_t i = 0; i < count; ++i) {
      if (descriptions[i].location.type != kOnDevice || device_at(descriptions[i].location.id) == nullptr) {
        return hipErrorInvalidDevice;
      }
    }
    return hipSuccess;
  });
}
HIP_API int hipMemPoolGetAccess(int* flags, void* pool, const Location* location) {
  return with(pool, [&](const Ref<Pool>&) {
    if (location->type != kOnDevice || device_at(location->id) == nullptr) return hipErrorInvalidDevice;
    *flags = kReadWrite;
    return hipSuccess;
  });
}

}  // namespace cw::amdhip

// hipStream* and functions of the host in streams.
#include <pthread.h>

#include "core/handles.hpp"
#include "core/immortal.hpp"
#include "emulator/hip/call.hpp"
#include "emulator/hip/device.hpp"

namespace cw::amdhip {
namespace {

constinit Immortal<Handles<Stream>> streams;
constexpr int kGreatestPriority = -1;
constexpr int kLeastPriority = 1;

// A thread's own default streams, one a device that it has used.
struct ThreadStreams : Allocated {
  Vector<Owned<Stream>> by_device;
};
pthread_key_t thread_key;
pthread_once_t thread_once = PTHREAD_ONCE_INIT;

Stream* thread_stream(Device& device) {
  pthread_once(&thread_once, [] { pthread_key_create(&thread_key, [](void* own) { delete static_cast<ThreadStreams*>(own); }); });
  auto* own = static_cast<ThreadStreams*>(pthread_getspecific(thread_key));
  if (own == nullptr) pthread_setspecific(thread_key, own = new ThreadStreams);
  const auto at = static_cast<size_t>(device.index());
  if (own->by_device.size() <= at) own->by_device.resize(at + 1);
  Owned<Stream>& stream = own->by_device[at];
  if (!stream) stream.reset(new Stream(device, 0, 0, Queue::Order::kBlocking));
  return stream.get();
}

Error create(void** out, unsigned flags, int priority) {
  Device* device = current_device();
  if (device == nullptr) return hipErrorNoDevice;
  if (out == nullptr || (flags & ~kStreamNonBlocking) != 0) return hipErrorInvalidValue;
  if (device->error() != hipSuccess) return device->error();
  const int kept = priority < kGreatestPriority ? kGreatestPriority : priority > kLeastPriority ? kLeastPriority : priority;
  const auto order = (flags & kStreamNonBlocking) != 0 ? Queue::Order::kNonBlocking : Queue::Order::kBlocking;
  *out = streams.value.add(Owned<Stream>(new Stream(*device, flags, kept, order)), device->index());
  return hipSuccess;
}

// `read` of a stream; every question about one goes through here.
template <typename Read>
int with(void* handle, Read read) {
  return answer_about(find_stream(handle), hipErrorInvalidHandle, read);
}

Error call_later(Stream& stream, Owned<Work> piece) {
  const Error fault = stream.device().error();
  if (fault == hipSuccess) stream.submit(static_cast<Owned<Work>&&>(piece));
  return fault;
}

}  // namespace

Stream* find_stream(void* handle) {
  const auto number = reinterpret_cast<uintptr_t>(handle);
  if (number > 2) return streams.value.find(handle);
  Device* device = current_device();
  if (device == nullptr) return nullptr;
  return number == 2 ? thread_stream(*device) : &device->null_stream();
}

HIP_API int hipStreamCreate(void** out) {
  return answer([&] { return create(out, 0, 0); });
}
HIP_API int hipStreamCreateWithFlags(void** out, unsigned flags) {
  return answer([&] { return create(out, flags, 0); });
}
HIP_API int hipStreamCreateWithPriority(void** out, unsigned flags, int priority) {
  return answer([&] { return create(out, flags, priority); });
}
HIP_API int hipStreamDestroy(void* handle) {
  return answer([&] { return streams.value.take(handle) ? hipSuccess : hipErrorInvalidHandle; });
}
HIP_API int hipStreamSynchronize(void* handle) {
  return with(handle, [](Stream& stream) { return stream.synchronize(); });
}
HIP_API int hipStreamQuery(void* handle) {
  return with(handle, [](Stream& stream) {
    const Error fault = stream.device().error();
    return fault != hipSuccess ? fault : stream.idle() ? hipSuccess : hipErrorNotReady;
  });
}
HIP_API int hipStreamGetFlags(void* handle, unsigned* out) {
  return with(handle, [&](Stream& stream) { return out == nullptr ? hipErrorInvalidValue : (*out = stream.flags(), hipSuccess); });
}
HIP_API int hipStreamGetPriority(void* handle, int* out) {
  return with(handle,
              [&](Stream& stream) { return out == nullptr ? hipErrorInvalidValue : (*out = stream.priority(), hipSuccess); });
}
HIP_API int hipStreamGetDevice(void* handle, int* out) {
  return with(handle,
              [&](Stream& stream) { return out == nullptr ? hipErrorInvalidValue : (*out = stream.device().index(), hipSuccess); });
}
HIP_API int hipStreamGetId(void* handle, unsigned long long* out) {
  return with(handle, [&](Stream& stream) { return out == nullptr ? hipErrorInvalidValue : (*out = stream.id(), hipSuccess); });
}
HIP_API int hipStreamIsCapturing(void* handle, int* status) {
  return with(handle, [&](Stream&) { return status == nullptr ? hipErrorInvalidValue : (*status = 0, hipSuccess); });
}
HIP_API int hipDeviceGetStreamPriorityRange(int* least, int* greatest) {
  if (least != nullptr) *least = kLeastPriority;
  if (greatest != nullptr) *greatest = kGreatestPriority;
  return hipSuccess;
}

HIP_API int hipLaunchHostFunc(void* handle, void (*function)(void*), void* data) {
  return with(handle, [&](Stream& stream) {
    if (function == nullptr) return hipErrorInvalidValue;
    return call_later(stream, work([function, data] {
                        function(data);
                        return hipSuccess;
                      }));
  });
}
HIP_API int hipStreamAddCallback(void* handle, void (*function)(void*, int, void*), void* data, unsigned flags) {
  return with(handle, [&](Stream& stream) {
    if (function == nullptr || flags != 0) return hipErrorInvalidValue;
    return call_later(stream, work([function, handle, data] {
                        function(handle, hipSuccess, data);
                        return hipSuccess;
                      }));
  });
}

}  // namespace cw::amdhip

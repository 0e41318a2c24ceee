// hipEvent*.
#include "core/handles.hpp"
#include "core/immortal.hpp"
#include "emulator/hip/call.hpp"
#include "emulator/hip/device.hpp"

namespace cw::amdhip {
namespace {

constinit Immortal<Handles<Event>> events;
constexpr unsigned kBlockingSync = 1;
constexpr unsigned kInterprocess = 4;
constexpr unsigned kSystemFences = 0xe0000000;  // hipEventReleaseToDevice and its kin: all memory is coherent here

Error create(void** out, unsigned flags) {
  Device* device = current_device();
  if (device == nullptr) return hipErrorNoDevice;
  if (out == nullptr) return hipErrorInvalidValue;
  if ((flags & kInterprocess) != 0) return hipErrorNotSupported;
  if ((flags & ~(kBlockingSync | kEventDisableTiming | kSystemFences)) != 0) return hipErrorInvalidValue;
  *out = events.value.add(Owned<Event>(new Event(device->index(), flags)), device->index());
  return hipSuccess;
}

template <typename Use>
int with(void* handle, Use use) {
  return answer_about(events.value.find(handle), hipErrorInvalidHandle, use);
}

Error elapsed(Event& start, Event& end, float* milliseconds) {
  const Ref<Stamp> from = start.stamp();
  const Ref<Stamp> to = end.stamp();
  if (!start.has_time() || !end.has_time() || !from || !to) return hipErrorInvalidHandle;
  if (!from->reached() || !to->reached()) return hipErrorNotReady;
  *milliseconds = static_cast<float>(static_cast<double>(static_cast<int64_t>(to->time_ns - from->time_ns)) * 1e-6);
  return hipSuccess;
}

}  // namespace

HIP_API int hipEventCreate(void** out) {
  return answer([&] { return create(out, 0); });
}
HIP_API int hipEventCreateWithFlags(void** out, unsigned flags) {
  return answer([&] { return create(out, flags); });
}
HIP_API int hipEventDestroy(void* handle) {
  return answer([&] { return events.value.take(handle) ? hipSuccess : hipErrorInvalidHandle; });
}
HIP_API int hipEventRecord(void* handle, void* stream) {
  return with(handle, [&](Event& event) {
    Stream* found = find_stream(stream);
    if (found == nullptr || found->device().index() != event.device()) return hipErrorInvalidHandle;
    event.record(*found);
    return found->device().error();
  });
}
HIP_API int hipEventRecordWithFlags(void* handle, void* stream, unsigned flags) {
  return flags == 0 ? hipEventRecord(handle, stream) : remember(hipErrorInvalidValue);
}
HIP_API int hipEventQuery(void* handle) {
  return with(handle, [](Event& event) {
    const Ref<Stamp> stamp = event.stamp();
    if (stamp && !stamp->reached()) return hipErrorNotReady;
    return device_at(event.device())->error();
  });
}
HIP_API int hipEventSynchronize(void* handle) {
  return with(handle, [](Event& event) {
    const Ref<Stamp> stamp = event.stamp();
    if (stamp) stamp->after.queue->wait(stamp->after.number);
    return device_at(event.device())->error();
  });
}
HIP_API int hipEventElapsedTime(float* milliseconds, void* start, void* end) {
  return with(start, [&](Event& from) {
    Event* to = events.value.find(end);
    if (milliseconds == nullptr) return hipErrorInvalidValue;
    return to != nullptr ? elapsed(from, *to, milliseconds) : hipErrorInvalidHandle;
  });
}
HIP_API int hipStreamWaitEvent(void* stream, void* handle, unsigned flags) {
  return with(handle, [&](Event& event) {
    Stream* found = find_stream(stream);
    if (found == nullptr) return hipErrorInvalidHandle;
    if (flags != 0) return hipErrorInvalidValue;
    const Ref<Stamp> stamp = event.stamp();
    if (stamp) found->wait_for(stamp->after);  // never recorded: nothing to wait for
    return found->device().error();
  });
}

}  // namespace cw::amdhip

// Scalar atomics of gfx9: one operation for the whole wave.
#include "emulator/records/memory_atomics.hpp"
#include "emulator/records/scalar_memory.hpp"

namespace cw::amd {
namespace {

template <FindScalar find, typename T, auto F>
const Instruction* change_scalar(Wave& w, const Instruction& i) {
  const ScalarPlace place = find(w, i, 4);
  if (place.at % sizeof(T) != 0) return stop(w, i, "an atomic at an address that is not a multiple of its size", place.at);
  if (place.bytes < sizeof(T)) return stop(w, i, "a scalar atomic beyond its buffer", place.at);
  if (!scalar_access_is_allowed(w, i, Access::kAtomic, place.at, sizeof(T))) return nullptr;
  // The data, and behind it what cmpswap compares with.
  T data[2];
  __builtin_memcpy(data, w.sgpr + i.source[2].index, sizeof data);
  const T old = change_atomically<T>(place.at, [&](T value) { return F(value, data[0], data[1]); });
  if (i.returns) write_scalar(w, i.destination, old);
  return after(i);
}

template <typename T>
struct Changes {
  using Signed = std::make_signed_t<T>;
  static T swap(T, T data, T) { return data; }
  static T cmpswap(T old, T data, T compared) { return old == compared ? data : old; }
  static T add(T old, T data, T) { return old + data; }
  static T sub(T old, T data, T) { return old - data; }
  static T smin(T old, T data, T) { return static_cast<Signed>(old) < static_cast<Signed>(data) ? old : data; }
  static T umin(T old, T data, T) { return old < data ? old : data; }
  static T smax(T old, T data, T) { return static_cast<Signed>(old) > static_cast<Signed>(data) ? old : data; }
  static T umax(T old, T data, T) { return old > data ? old : data; }
  static T and_bits(T old, T data, T) { return old & data; }
  static T or_bits(T old, T data, T) { return old | data; }
  static T xor_bits(T old, T data, T) { return old ^ data; }
  static T inc(T old, T data, T) { return old >= data ? 0 : old + 1; }
  static T dec(T old, T data, T) { return old == 0 || old > data ? data : old - 1; }
};

#define SCALAR_ATOMIC(name, function)                                                                              \
  RECORD(s_atomic_##name) { return change_scalar<scalar_global, u32, &Changes<u32>::function>(w, i); }             \
  RECORD(s_atomic_##name##_x2) { return change_scalar<scalar_global, u64, &Changes<u64>::function>(w, i); }        \
  RECORD(s_buffer_atomic_##name) { return change_scalar<scalar_buffer, u32, &Changes<u32>::function>(w, i); }      \
  RECORD(s_buffer_atomic_##name##_x2) { return change_scalar<scalar_buffer, u64, &Changes<u64>::function>(w, i); } \
  static_assert(true)

SCALAR_ATOMIC(swap, swap);
SCALAR_ATOMIC(cmpswap, cmpswap);
SCALAR_ATOMIC(add, add);
SCALAR_ATOMIC(sub, sub);
SCALAR_ATOMIC(smin, smin);
SCALAR_ATOMIC(umin, umin);
SCALAR_ATOMIC(smax, smax);
SCALAR_ATOMIC(umax, umax);
SCALAR_ATOMIC(and, and_bits);
SCALAR_ATOMIC(or, or_bits);
SCALAR_ATOMIC(xor, xor_bits);
SCALAR_ATOMIC(inc, inc);
SCALAR_ATOMIC(dec, dec);

}  // namespace
}  // namespace cw::amd

// Integer atomics.
#include "emulator/records/memory_atomics.hpp"

namespace cw::amd {
namespace {

ATOMIC_ANYWHERE(add, u32, (u32 old, u32 data)) { return old + data; }
ATOMIC_ANYWHERE(add, u64, (u64 old, u64 data)) { return old + data; }
ATOMIC_ANYWHERE(sub, u32, (u32 old, u32 data)) { return old - data; }
ATOMIC_ANYWHERE(sub, u64, (u64 old, u64 data)) { return old - data; }
SHARED_ATOMIC(rsub, u32, (u32 old, u32 data)) { return data - old; }
SHARED_ATOMIC(rsub, u64, (u64 old, u64 data)) { return data - old; }

ATOMIC_ANYWHERE(min, i32, (i32 old, i32 data)) { return data < old ? data : old; }
ATOMIC_ANYWHERE(min, i64, (i64 old, i64 data)) { return data < old ? data : old; }
ATOMIC_ANYWHERE(min, u32, (u32 old, u32 data)) { return data < old ? data : old; }
ATOMIC_ANYWHERE(min, u64, (u64 old, u64 data)) { return data < old ? data : old; }
ATOMIC_ANYWHERE(max, i32, (i32 old, i32 data)) { return data > old ? data : old; }
ATOMIC_ANYWHERE(max, i64, (i64 old, i64 data)) { return data > old ? data : old; }
ATOMIC_ANYWHERE(max, u32, (u32 old, u32 data)) { return data > old ? data : old; }
ATOMIC_ANYWHERE(max, u64, (u64 old, u64 data)) { return data > old ? data : old; }

ATOMIC_ANYWHERE(and, b32, (u32 old, u32 data)) { return old & data; }
ATOMIC_ANYWHERE(and, b64, (u64 old, u64 data)) { return old & data; }
ATOMIC_ANYWHERE(or, b32, (u32 old, u32 data)) { return old | data; }
ATOMIC_ANYWHERE(or, b64, (u64 old, u64 data)) { return old | data; }
ATOMIC_ANYWHERE(xor, b32, (u32 old, u32 data)) { return old ^ data; }
ATOMIC_ANYWHERE(xor, b64, (u64 old, u64 data)) { return old ^ data; }

// Counters that wrap at `data`.
ATOMIC_ANYWHERE(inc, u32, (u32 old, u32 data)) { return old >= data ? 0 : old + 1; }
ATOMIC_ANYWHERE(inc, u64, (u64 old, u64 data)) { return old >= data ? 0 : old + 1; }
ATOMIC_ANYWHERE(dec, u32, (u32 old, u32 data)) { return old == 0 || old > data ? data : old - 1; }
ATOMIC_ANYWHERE(dec, u64, (u64 old, u64 data)) { return old == 0 || old > data ? data : old - 1; }

ATOMIC_ANYWHERE(sub_clamp, u32, (u32 old, u32 data)) { return old < data ? 0 : old - data; }
ATOMIC_ANYWHERE(cond_sub, u32, (u32 old, u32 data)) { return old >= data ? old - data : old; }

ATOMIC_ALIAS(csub_u32, sub_clamp_u32);
ATOMIC_ALIAS(csub, sub_clamp_u32);

ATOMIC_ALIAS(add, add_u32);
ATOMIC_ALIAS(add_x2, add_u64);
ATOMIC_ALIAS(sub, sub_u32);
ATOMIC_ALIAS(sub_x2, sub_u64);
ATOMIC_ALIAS(smin, min_i32);
ATOMIC_ALIAS(smin_x2, min_i64);
ATOMIC_ALIAS(umin, min_u32);
ATOMIC_ALIAS(umin_x2, min_u64);
ATOMIC_ALIAS(smax, max_i32);
ATOMIC_ALIAS(smax_x2, max_i64);
ATOMIC_ALIAS(umax, max_u32);
ATOMIC_ALIAS(umax_x2, max_u64);
ATOMIC_ALIAS(and, and_b32);
ATOMIC_ALIAS(and_x2, and_b64);
ATOMIC_ALIAS(or, or_b32);
ATOMIC_ALIAS(or_x2, or_b64);
ATOMIC_ALIAS(xor, xor_b32);
ATOMIC_ALIAS(xor_x2, xor_b64);
ATOMIC_ALIAS(inc, inc_u32);
ATOMIC_ALIAS(inc_x2, inc_u64);
ATOMIC_ALIAS(dec, dec_u32);
ATOMIC_ALIAS(dec_x2, dec_u64);

}  // namespace
}  // namespace cw::amd

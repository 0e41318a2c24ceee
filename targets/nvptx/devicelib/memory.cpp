// Fences and cache-hinted access. PTX ISA, "Cache Operators", "membar/fence".
#include "define.h"

#define CW_FENCE(order, sequential)                                                                                  \
  CW_DEFINE("__cw.fence." #order ".cta", void, fence_##order##_cta, ()) { cw::fence<cw::Scope::cta, sequential>(); } \
  CW_DEFINE("__cw.fence." #order ".gpu", void, fence_##order##_gpu, ()) { cw::fence<cw::Scope::gpu, sequential>(); } \
  CW_DEFINE("__cw.fence." #order ".sys", void, fence_##order##_sys, ()) { cw::fence<cw::Scope::sys, sequential>(); }
CW_FENCE(acquire, false)
CW_FENCE(release, false)
CW_FENCE(acq_rel, false)
CW_FENCE(seq_cst, true)

namespace {

struct Pair {
  uint64_t low, high;
};

}  // namespace

// One access of 1, 2, 4, 8 or 16 bytes; what the bytes mean does not matter to the cache. `ld.nc` reads memory that does not
// change while the kernel runs: LLVM may move it freely, so it is no volatile statement.
#define CW_CACHED_LOAD(cache, statement, clobber)                                                        \
  namespace {                                                                                            \
  CW_INLINE void load_##cache(const void* p, uint8_t* to) {                                              \
    uint16_t value;                                                                                      \
    statement("ld.global." #cache ".u8 %0, [%1];" : "=h"(value) : "l"((const CW_GLOBAL void*)p)clobber); \
    *to = static_cast<uint8_t>(value);                                                                   \
  }                                                                                                      \
  CW_INLINE void load_##cache(const void* p, uint16_t* to) {                                             \
    statement("ld.global." #cache ".u16 %0, [%1];" : "=h"(*to) : "l"((const CW_GLOBAL void*)p)clobber);  \
  }                                                                                                      \
  CW_INLINE void load_##cache(const void* p, uint32_t* to) {                                             \
    statement("ld.global." #cache ".u32 %0, [%1];" : "=r"(*to) : "l"((const CW_GLOBAL void*)p)clobber);  \
  }                                                                                                      \
  CW_INLINE void load_##cache(const void* p, uint64_t* to) {                                             \
    statement("ld.global." #cache ".u64 %0, [%1];" : "=l"(*to) : "l"((const CW_GLOBAL void*)p)clobber);  \
  }                                                                                                      \
  CW_INLINE void load_##cache(const void* p, Pair* to) {                                                 \
    statement("ld.global." #cache ".v2.u64 {%0, %1}, [%2];" : "=l"(to->low),                             \
              "=l"(to->high) : "l"((const CW_GLOBAL void*)p)clobber);                                    \
  }                                                                                                      \
  }
#define CW_NO_CLOBBER
#define CW_CLOBBER : "memory"
CW_CACHED_LOAD(nc, asm, CW_NO_CLOBBER)
CW_CACHED_LOAD(ca, asm volatile, CW_CLOBBER)
CW_CACHED_LOAD(cg, asm volatile, CW_CLOBBER)
CW_CACHED_LOAD(cs, asm volatile, CW_CLOBBER)
CW_CACHED_LOAD(lu, asm volatile, CW_CLOBBER)
CW_CACHED_LOAD(cv, asm volatile, CW_CLOBBER)

#define CW_CACHED_STORE(cache)                                                                                                 \
  namespace {                                                                                                                  \
  CW_INLINE void store_##cache(void* p, uint8_t value) {                                                                       \
    asm volatile("st.global." #cache ".u8 [%0], %1;" ::"l"((CW_GLOBAL void*)p), "h"(static_cast<uint16_t>(value)) : "memory"); \
  }                                                                                                                            \
  CW_INLINE void store_##cache(void* p, uint16_t value) {                                                                      \
    asm volatile("st.global." #cache ".u16 [%0], %1;" ::"l"((CW_GLOBAL void*)p), "h"(value) : "memory");                       \
  }                                                                                                                            \
  CW_INLINE void store_##cache(void* p, uint32_t value) {                                                                      \
    asm volatile("st.global." #cache ".u32 [%0], %1;" ::"l"((CW_GLOBAL void*)p), "r"(value) : "memory");                       \
  }                                                                                                                            \
  CW_INLINE void store_##cache(void* p, uint64_t value) {                                                                      \
    asm volatile("st.global." #cache ".u64 [%0], %1;" ::"l"((CW_GLOBAL void*)p), "l"(value) : "memory");                       \
  }                                                                                                                            \
  CW_INLINE void store_##cache(void* p, Pair value) {                                                                          \
    asm volatile("st.global." #cache ".v2.u64 [%0], {%1, %2};" ::"l"((CW_GLOBAL void*)p), "l"(value.low), "l"(value.high)      \
                 : "memory");                                                                                                  \
  }                                                                                                                            \
  }
CW_CACHED_STORE(wb)
CW_CACHED_STORE(cg)
CW_CACHED_STORE(cs)
CW_CACHED_STORE(wt)

#define CW_LOAD(cache, type, T, BITS)                                               \
  CW_DEFINE("__cw.ld." #cache "." #type, T, ld_##cache##_##type, (const T* from)) { \
    BITS bits;                                                                      \
    load_##cache(from, &bits);                                                      \
    return cw::bit_cast<T>(bits);                                                   \
  }
#define CW_STORE(cache, type, T, BITS)                                                   \
  CW_DEFINE("__cw.st." #cache "." #type, void, st_##cache##_##type, (T * to, T value)) { \
    store_##cache(to, cw::bit_cast<BITS>(value));                                        \
  }

#define CW_ACCESS(type, T, BITS) \
  CW_LOAD(nc, type, T, BITS)     \
  CW_LOAD(ca, type, T, BITS)     \
  CW_LOAD(cg, type, T, BITS)     \
  CW_LOAD(cs, type, T, BITS)     \
  CW_LOAD(lu, type, T, BITS)     \
  CW_LOAD(cv, type, T, BITS)     \
  CW_STORE(wb, type, T, BITS)    \
  CW_STORE(cg, type, T, BITS)    \
  CW_STORE(cs, type, T, BITS)    \
  CW_STORE(wt, type, T, BITS)
CW_ACCESS(i8, int8_t, uint8_t)
CW_ACCESS(i16, int16_t, uint16_t)
CW_ACCESS(i32, int32_t, uint32_t)
CW_ACCESS(i64, int64_t, uint64_t)
CW_ACCESS(f32, float, uint32_t)
CW_ACCESS(f64, double, uint64_t)
CW_ACCESS(v2i8, CW_v2i8, uint16_t)
CW_ACCESS(v4i8, CW_v4i8, uint32_t)
CW_ACCESS(v2i16, CW_v2i16, uint32_t)
CW_ACCESS(v4i16, CW_v4i16, uint64_t)
CW_ACCESS(v2i32, CW_v2i32, uint64_t)
CW_ACCESS(v4i32, CW_v4i32, Pair)
CW_ACCESS(v2i64, CW_v2i64, Pair)
CW_ACCESS(v2f32, CW_v2f32, uint64_t)
CW_ACCESS(v4f32, CW_v4f32, Pair)
CW_ACCESS(v2f64, CW_v2f64, Pair)

// Kernel parameters, from sm_70 on.
#if CW_SM >= 70
CW_DEFINE("__cw.isspacep.param", int32_t, isspacep_param, (const void* p)) {
  int32_t inside;
  asm("{ .reg .pred inside; isspacep.param inside, %1; selp.u32 %0, 1, 0, inside; }" : "=r"(inside) : "l"(p));
  return inside;
}
CW_DEFINE("__cw.cvta.to.param", uint64_t, cvta_to_param, (const void* p)) {
  uint64_t address;
  asm("cvta.to.param.u64 %0, %1;" : "=l"(address) : "l"(p));
  return address;
}
CW_DEFINE("__cw.cvta.from.param", void*, cvta_from_param, (uint64_t address)) {
  uint64_t generic;
  asm("cvta.param.u64 %0, %1;" : "=l"(generic) : "l"(address));
  return reinterpret_cast<void*>(generic);
}
#endif

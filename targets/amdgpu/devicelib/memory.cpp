// Address spaces and cache-hinted access.
//
// PTX's cache hints become what AMD's caches need for the same visibility: `cg` and `cv` bypass the caches that other compute
// units (device scope) or the host (system scope) do not see; `cs`, `lu` stream; `ca`, `nc`, `wb` are ordinary access.
#include "operations/vectors.h"
#include "wave.h"

namespace {

template <int scope, class T>
CW_INLINE T load_scoped(const CW_GLOBAL T* pointer) {
  // At most 8 bytes are one access; wider vectors are as many accesses as they have 8-byte parts, as on NVIDIA GPUs.
  using Word = cw::Word<sizeof(T) < 8 ? sizeof(T) : 8>;
  Word words[sizeof(T) / sizeof(Word)];
  auto* source = reinterpret_cast<const CW_GLOBAL Word*>(pointer);
#pragma unroll
  for (auto& word : words) word = __scoped_atomic_load_n(source++, __ATOMIC_RELAXED, scope);
  return __builtin_bit_cast(T, words);
}

template <int scope, class T>
CW_INLINE void store_scoped(CW_GLOBAL T* pointer, T value) {
  using Word = cw::Word<sizeof(T) < 8 ? sizeof(T) : 8>;
  struct Words {
    Word part[sizeof(T) / sizeof(Word)];
  } words = __builtin_bit_cast(Words, value);
  auto* target = reinterpret_cast<CW_GLOBAL Word*>(pointer);
#pragma unroll
  for (Word word : words.part) __scoped_atomic_store_n(target++, word, __ATOMIC_RELAXED, scope);
}

}  // namespace

#define CW_ACCESS(type, T)                                                   \
  CW_LOAD(nc, type, T, *pointer)                                             \
  CW_LOAD(ca, type, T, *pointer)                                             \
  CW_LOAD(cg, type, T, load_scoped<__MEMORY_SCOPE_DEVICE>(pointer))          \
  CW_LOAD(cs, type, T, __builtin_nontemporal_load(pointer))                  \
  CW_LOAD(lu, type, T, __builtin_nontemporal_load(pointer))                  \
  CW_LOAD(cv, type, T, load_scoped<__MEMORY_SCOPE_SYSTEM>(pointer))          \
  CW_STORE(wb, type, T, *pointer = value)                                    \
  CW_STORE(cg, type, T, store_scoped<__MEMORY_SCOPE_DEVICE>(pointer, value)) \
  CW_STORE(cs, type, T, __builtin_nontemporal_store(value, pointer))         \
  CW_STORE(wt, type, T, store_scoped<__MEMORY_SCOPE_SYSTEM>(pointer, value))
#define CW_LOAD(cache, type, T, expression)                                            \
  CW_DEFINE("__cw.ld." #cache "." #type, T, ld_##cache##_##type, (const T* generic)) { \
    auto* pointer = (const CW_GLOBAL T*)generic;                                       \
    return expression;                                                                 \
  }
#define CW_STORE(cache, type, T, expression)                                                  \
  CW_DEFINE("__cw.st." #cache "." #type, void, st_##cache##_##type, (T * generic, T value)) { \
    auto* pointer = (CW_GLOBAL T*)generic;                                                    \
    expression;                                                                               \
  }
CW_ACCESS(i8, int8_t)
CW_ACCESS(i16, int16_t)
CW_ACCESS(i32, int32_t)
CW_ACCESS(i64, int64_t)
CW_ACCESS(f32, float)
CW_ACCESS(f64, double)
CW_ACCESS(v2i8, CW_v2i8)
CW_ACCESS(v4i8, CW_v4i8)
CW_ACCESS(v2i16, CW_v2i16)
CW_ACCESS(v4i16, CW_v4i16)
CW_ACCESS(v2i32, CW_v2i32)
CW_ACCESS(v4i32, CW_v4i32)
CW_ACCESS(v2i64, CW_v2i64)
CW_ACCESS(v2f32, CW_v2f32)
CW_ACCESS(v4f32, CW_v4f32)
CW_ACCESS(v2f64, CW_v2f64)

namespace {

using Generic = const __attribute__((address_space(0))) void*;
CW_INLINE bool is_shared(const void* p) { return __builtin_amdgcn_is_shared((Generic)p); }
CW_INLINE bool is_private(const void* p) { return __builtin_amdgcn_is_private((Generic)p); }

}  // namespace

// Which window a generic pointer lies in. Constant memory is not told from global memory: `isspacep.const` is not defined.
CW_DEFINE("__nvvm.isspacep.shared", bool, isspacep_shared, (const void* p)) { return is_shared(p); }
CW_DEFINE("__nvvm.isspacep.shared.cluster", bool, isspacep_cluster, (const void* p)) { return is_shared(p); }
CW_DEFINE("__nvvm.isspacep.local", bool, isspacep_local, (const void* p)) { return is_private(p); }
CW_DEFINE("__nvvm.isspacep.global", bool, isspacep_global, (const void* p)) { return !is_shared(p) && !is_private(p); }

// Prefetches are hints: nothing is asked of the hardware.
CW_DEFINE("__nvvm.prefetch.global.L1", void, prefetch_global_l1, (const CW_GLOBAL void*)) {}
CW_DEFINE("__nvvm.prefetch.global.L2", void, prefetch_global_l2, (const CW_GLOBAL void*)) {}
CW_DEFINE("__nvvm.prefetch.L1", void, prefetch_l1, (const void*)) {}
CW_DEFINE("__nvvm.prefetch.L2", void, prefetch_l2, (const void*)) {}

// Asynchronous copies to shared memory are done at once; committing and waiting then have nothing to do.
#define CW_COPY(cache, size, T)                                                                      \
  CW_DEFINE("__nvvm.cp.async." #cache ".shared.global." #size, void, copy_##cache##_##size,          \
            (CW_SHARED T * to, const CW_GLOBAL T* from)) {                                           \
    *to = *from;                                                                                     \
  }                                                                                                  \
  CW_DEFINE("__nvvm.cp.async." #cache ".shared.global." #size ".s", void, copy_##cache##_##size##_s, \
            (CW_SHARED T * to, const CW_GLOBAL T* from, uint32_t bytes)) {                           \
    copy_and_fill((CW_SHARED char*)to, (const CW_GLOBAL char*)from, bytes, size);                    \
  }

namespace {

// The first `bytes` are copied, the rest of `size` becomes zero.
CW_INLINE void copy_and_fill(CW_SHARED char* to, const CW_GLOBAL char* from, uint32_t bytes, uint32_t size) {
#pragma unroll
  for (uint32_t i = 0; i < size; ++i) to[i] = i < bytes ? from[i] : 0;
}

}  // namespace

CW_COPY(ca, 4, int32_t)
CW_COPY(ca, 8, int64_t)
CW_COPY(ca, 16, CW_v4i32)
CW_COPY(cg, 16, CW_v4i32)
CW_DEFINE("__nvvm.cp.async.commit.group", void, cp_async_commit, ()) {}
CW_DEFINE("__nvvm.cp.async.wait.group", void, cp_async_wait, (uint32_t)) {}
CW_DEFINE("__nvvm.cp.async.wait.all", void, cp_async_wait_all, ()) {}

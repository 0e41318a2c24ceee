// Memory through clang's builtins for AMD: buffers with a range, atomics of all widths, LDS, private arrays, vectors without
// alignment.
typedef __attribute__((address_space(1))) unsigned* memory;
typedef __attribute__((address_space(1))) const unsigned char* bytes;
typedef unsigned v2 __attribute__((ext_vector_type(2)));
typedef unsigned v3 __attribute__((ext_vector_type(3)));
typedef unsigned v4 __attribute__((ext_vector_type(4)));
typedef v4 loose_v4 __attribute__((aligned(1)));
typedef unsigned long long loose_u64 __attribute__((aligned(1)));

#if defined(__gfx1030__)
#define FLAGS 0x31027000
#elif defined(__gfx1100__) || defined(__gfx1201__)
#define FLAGS 0x31004000
#else
#define FLAGS 0x00027000
#endif

#define KERNEL __attribute__((amdgpu_kernel, amdgpu_flat_work_group_size(64, 64))) void
#define LOAD(size, offset) __builtin_amdgcn_raw_buffer_load_b##size(buffer, offset, 16, 0)

// Lanes behind the end read 0 and write nothing.
KERNEL buffers(memory out, memory in, unsigned count) {
  const unsigned i = __builtin_amdgcn_workitem_id_x();
  __amdgpu_buffer_rsrc_t buffer = __builtin_amdgcn_make_buffer_rsrc((void*)in, 0, count, FLAGS);
  __amdgpu_buffer_rsrc_t target = __builtin_amdgcn_make_buffer_rsrc((void*)out, 0, 64 * 64, FLAGS);
  const v2 two = LOAD(64, 8 * i);
  const v3 three = LOAD(96, 12 * i);
  const v4 four = LOAD(128, 16 * i);
  __builtin_amdgcn_raw_buffer_store_b32(LOAD(32, 4 * i), target, 64 * i, 0, 0);
  __builtin_amdgcn_raw_buffer_store_b64(two, target, 64 * i + 4, 0, 0);
  __builtin_amdgcn_raw_buffer_store_b96(three, target, 64 * i + 12, 0, 0);
  __builtin_amdgcn_raw_buffer_store_b128(four, target, 64 * i + 24, 0, 0);
  __builtin_amdgcn_raw_buffer_store_b16(LOAD(16, 2 * i), target, 64 * i + 40, 0, 0);
  __builtin_amdgcn_raw_buffer_store_b8(LOAD(8, i), target, 64 * i + 42, 0, 0);
  __builtin_amdgcn_raw_buffer_store_b32(7, target, 64 * 64 + 4 * i, 0, 0);
}

// Vectors at odd addresses of global memory and LDS.
__attribute__((loader_uninitialized)) __attribute__((address_space(3))) unsigned char shared[64 * 40];
KERNEL loose(memory out, bytes in) {
  const unsigned i = __builtin_amdgcn_workitem_id_x();
  const v4 a = *(__attribute__((address_space(1))) const loose_v4*)(in + 17 * i + 1);
  *(__attribute__((address_space(3))) loose_v4*)(shared + 40 * i + 3) = a * 3;
  *(__attribute__((address_space(3))) loose_u64*)(shared + 40 * i + 21) =
      *(__attribute__((address_space(1))) const loose_u64*)(in + 5 * i);
  __builtin_amdgcn_fence(__ATOMIC_RELEASE, "workgroup");
  __builtin_amdgcn_s_barrier();
  __builtin_amdgcn_fence(__ATOMIC_ACQUIRE, "workgroup");
  const unsigned other = 63 - i;
  const v4 b = *(__attribute__((address_space(3))) const loose_v4*)(shared + 40 * other + 3);
  const unsigned long long c = *(__attribute__((address_space(3))) const loose_u64*)(shared + 40 * other + 21);
  out[6 * i] = b.x;
  out[6 * i + 1] = b.y;
  out[6 * i + 2] = b.z;
  out[6 * i + 3] = b.w;
  out[6 * i + 4] = c;
  out[6 * i + 5] = c >> 32;
}

// Vectors of private memory with a lane's own index, dwords and bytes of them.
KERNEL own(memory out, memory in) {
  const unsigned i = __builtin_amdgcn_workitem_id_x();
  volatile v4 rows[9];
  volatile unsigned char parts[52];
  for (unsigned k = 0; k < 9; ++k) rows[k] = (v4){in[k], in[k + 1], i, k};
  for (unsigned k = 0; k < 52; ++k) parts[k] = (unsigned char)(in[k] + i);
  const v4 row = rows[(i * 5) % 9];
  out[3 * i] = row.x ^ row.y ^ row.w << 8 ^ row.z;
  out[3 * i + 1] = parts[i % 52] | parts[(i * 3) % 52] << 8;
  out[3 * i + 2] = *(volatile unsigned short*)(parts + 2 * (i % 26));
}

// Atomics on 8, 16, 32 and 64 bits; the old values make a permutation.
KERNEL counters(memory cells, memory order) {
  const unsigned i = __builtin_amdgcn_workitem_id_x();
  __attribute__((address_space(1))) unsigned char* narrow = (__attribute__((address_space(1))) unsigned char*)cells;
  const unsigned ticket = __scoped_atomic_fetch_add(cells + 8, 1, __ATOMIC_RELAXED, __MEMORY_SCOPE_DEVICE);
  order[ticket] = i;
  __scoped_atomic_fetch_add(narrow + 3, 3, __ATOMIC_ACQ_REL, __MEMORY_SCOPE_SYSTEM);
  __scoped_atomic_fetch_xor((__attribute__((address_space(1))) unsigned short*)(narrow + 6), i * 257, __ATOMIC_SEQ_CST,
                            __MEMORY_SCOPE_WRKGRP);
  __scoped_atomic_fetch_max((__attribute__((address_space(1))) unsigned long long*)(cells + 4), i * 0x100000001ull,
                            __ATOMIC_RELAXED, __MEMORY_SCOPE_DEVICE);
  __scoped_atomic_fetch_add((__attribute__((address_space(1))) float*)(cells + 6), 0.5f * i, __ATOMIC_RELAXED,
                            __MEMORY_SCOPE_DEVICE);
  __scoped_atomic_fetch_add((__attribute__((address_space(1))) double*)(cells + 10), 0.25 * i, __ATOMIC_RELAXED,
                            __MEMORY_SCOPE_DEVICE);
}

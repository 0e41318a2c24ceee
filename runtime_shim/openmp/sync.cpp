// What threads of a team do together or one at a time.

#include "openmp/gomp.hpp"

// The lock of the critical sections without a name; g++'s code has the one in its library for them.
extern char unnamed_critical[] __asm__(".gomp_critical_user_.var") __attribute__((weak));

namespace {

// clang reserves 32 bytes for a lock, of which GCC's library uses the first pointer.
using Lock = void*;

struct Broadcast {
  void* data;
};

constexpr int kErrorIsFatal = 2;

}  // namespace

extern "C" {

void __kmpc_barrier(Ident*, int) { GOMP_barrier(); }
void __kmpc_flush(Ident*) { __sync_synchronize(); }

// Cancellation is off unless a variable of the environment asks for it, and a program must be right without it.
int __kmpc_cancel_barrier(Ident*, int) {
  GOMP_barrier();
  return 0;
}
int __kmpc_cancel(Ident*, int, int) { return 0; }
int __kmpc_cancellationpoint(Ident*, int, int) { return 0; }

void __kmpc_critical(Ident*, int, Lock* lock) {
  if (reinterpret_cast<char*>(lock) == unnamed_critical) return GOMP_critical_start();
  GOMP_critical_name_start(lock);
}
void __kmpc_critical_with_hint(Ident* place, int thread, Lock* lock, unsigned) { __kmpc_critical(place, thread, lock); }
void __kmpc_end_critical(Ident*, int, Lock* lock) {
  if (reinterpret_cast<char*>(lock) == unnamed_critical) return GOMP_critical_end();
  GOMP_critical_name_end(lock);
}

int __kmpc_master(Ident*, int) { return omp_get_thread_num() == 0; }
void __kmpc_end_master(Ident*, int) {}
int __kmpc_masked(Ident*, int, int filter) { return omp_get_thread_num() == filter; }
void __kmpc_end_masked(Ident*, int) {}

int __kmpc_single(Ident*, int) { return GOMP_single_start(); }
void __kmpc_end_single(Ident*, int) {}

// The thread that ran the `single` gives every other thread its variables. Where to put their address is agreed upon first.
void __kmpc_copyprivate(Ident*, int, Size, void* data, void (*copy)(void* to, void* from), int is_source) {
  Broadcast own{nullptr};
  auto* shared = static_cast<Broadcast*>(GOMP_single_copy_start());
  if (shared == nullptr) GOMP_single_copy_end(shared = &own);
  if (is_source) shared->data = data;
  GOMP_barrier();
  if (!is_source) copy(data, shared->data);
  GOMP_barrier();
}

// Every thread adds its part to the result under the lock: 1 tells the caller to do so.
int __kmpc_reduce(Ident*, int, int, Size, void*, void (*)(void*, void*), Lock* lock) {
  GOMP_critical_name_start(lock);
  return 1;
}
void __kmpc_end_reduce(Ident*, int, Lock* lock) {
  GOMP_critical_name_end(lock);
  GOMP_barrier();
}
int __kmpc_reduce_nowait(Ident*, int, int, Size, void*, void (*)(void*, void*), Lock* lock) {
  GOMP_critical_name_start(lock);
  return 1;
}
void __kmpc_end_reduce_nowait(Ident*, int, Lock* lock) { GOMP_critical_name_end(lock); }

// Allocators differ in where memory is, which a machine with one kind of it does not show.
void* __kmpc_alloc(int, Size bytes, void*) { return malloc(bytes); }
void* __kmpc_aligned_alloc(int, Size alignment, Size bytes, void*) {
  return aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
}
void __kmpc_free(int, void* memory, void*) { free(memory); }

void __kmpc_error(Ident*, int severity, const char* message) {
  printf("OpenMP: %s\n", message != nullptr ? message : "error directive");
  if (severity == kErrorIsFatal) abort();
}

}  // extern "C"

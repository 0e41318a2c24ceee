// GCC's OpenMP library, as g++'s code calls it (gcc/omp-builtins.def; LLVM's library has the same functions), and the few types
// that clang's OpenMP code passes to the functions of this folder (clang/lib/CodeGen/CGOpenMPRuntime.cpp).
//
// The folder is compiled to bitcode, and clang puts what a CUDA source's host code needs of it into its object: that object then
// needs GCC's library only, as g++'s objects do, and a program has one OpenMP library. No header of a C library is used.
#ifndef CROSSWARP_OPENMP_GOMP_HPP
#define CROSSWARP_OPENMP_GOMP_HPP

using Size = __SIZE_TYPE__;
using Int64 = long long;
using Word = unsigned long long;  // `unsigned long long` in libgomp's interface

// A source place; nothing here reads it.
struct Ident;

extern "C" {
int omp_get_thread_num();
int omp_get_num_threads();
int omp_in_parallel();

void GOMP_parallel(void (*function)(void*), void* data, unsigned threads, unsigned flags);
void GOMP_parallel_start(void (*function)(void*), void* data, unsigned threads);
void GOMP_parallel_end();

void GOMP_barrier();
void GOMP_critical_start();
void GOMP_critical_end();
void GOMP_critical_name_start(void** lock);
void GOMP_critical_name_end(void** lock);
bool GOMP_single_start();
void* GOMP_single_copy_start();
void GOMP_single_copy_end(void* data);
void GOMP_ordered_start();
void GOMP_ordered_end();

#define CW_LOOP(name)                                                                                    \
  bool GOMP_loop_ull_##name##_start(bool up, Word start, Word end, Word step, Word chunk, Word*, Word*); \
  bool GOMP_loop_ull_##name##_next(Word*, Word*);
CW_LOOP(static)
CW_LOOP(dynamic)
CW_LOOP(guided)
CW_LOOP(ordered_static)
CW_LOOP(ordered_dynamic)
CW_LOOP(ordered_guided)
#undef CW_LOOP
bool GOMP_loop_ull_runtime_start(bool up, Word start, Word end, Word step, Word*, Word*);
bool GOMP_loop_ull_runtime_next(Word*, Word*);
bool GOMP_loop_ull_ordered_runtime_start(bool up, Word start, Word end, Word step, Word*, Word*);
bool GOMP_loop_ull_ordered_runtime_next(Word*, Word*);
void GOMP_loop_end_nowait();

void GOMP_task(void (*function)(void*), void* data, void (*copy)(void*, void*), long bytes, long alignment, bool deferred,
               unsigned flags, void** depend, int priority, void* detach);
void GOMP_taskwait();
void GOMP_taskwait_depend(void** depend);
void GOMP_taskyield();
void GOMP_taskgroup_start();
void GOMP_taskgroup_end();

void* malloc(Size);
void* calloc(Size, Size);
void* aligned_alloc(Size alignment, Size);
void free(void*);
int printf(const char*, ...);
[[noreturn]] void abort();
int sched_yield();
}

#endif

// Parallel regions, teams, and who one is in them. A region's function gets pointers to two numbers and the shared variables.

#include "openmp/gomp.hpp"

namespace {

using Region = void(int* thread, int* bound, ...);

struct Call {
  Region* region;
  int count;
  void** arguments;
};

constexpr int kInRegisters = 4;  // of the six argument registers, two hold the numbers

// What `num_threads` and `proc_bind` ask of the next region: they are said in calls before it.
thread_local unsigned wanted_threads = 0;
thread_local unsigned wanted_binding = 0;

// Calls `region(thread, bound, arguments[0], ...)`; four arguments can always be read. Its count is known to the caller only.
__attribute__((naked)) void invoke(Region*, int*, int*, int, void**) {
  asm("push %rbp\n"
      "mov %rsp, %rbp\n"
      "mov %rdi, %r11\n"
      "mov %rsi, %rdi\n"
      "mov %rdx, %rsi\n"
      "movslq %ecx, %rax\n"
      "mov %r8, %r10\n"
      "lea 1(%rax), %rcx\n"
      "and $-2, %rcx\n"
      "shl $3, %rcx\n"
      "sub %rcx, %rsp\n"
      "and $-16, %rsp\n"
      "1: dec %rax\n"
      "cmp $4, %rax\n"
      "jl 2f\n"
      "mov (%r10,%rax,8), %rcx\n"
      "mov %rcx, -32(%rsp,%rax,8)\n"
      "jmp 1b\n"
      "2: mov (%r10), %rdx\n"
      "mov 8(%r10), %rcx\n"
      "mov 16(%r10), %r8\n"
      "mov 24(%r10), %r9\n"
      "xor %eax, %eax\n"
      "call *%r11\n"
      "mov %rbp, %rsp\n"
      "pop %rbp\n"
      "ret\n");
}

void run(void* data) {
  const Call& call = *static_cast<Call*>(data);
  int thread = omp_get_thread_num(), bound = 0;
  invoke(call.region, &thread, &bound, call.count, call.arguments);
}

unsigned taken(unsigned& wanted) {
  const unsigned value = wanted;
  wanted = 0;
  return value;
}

}  // namespace

// Copies variable arguments into `arguments`.
#define CW_ARGUMENTS(count, last)                                                                         \
  void** arguments = static_cast<void**>(__builtin_alloca(sizeof(void*) * Size((count) + kInRegisters))); \
  __builtin_va_list list;                                                                                 \
  __builtin_va_start(list, last);                                                                         \
  for (int i = 0; i < (count); ++i) arguments[i] = __builtin_va_arg(list, void*);                         \
  __builtin_va_end(list);

extern "C" {

int __kmpc_global_thread_num(Ident*) { return omp_get_thread_num(); }
int __kmpc_global_num_threads(Ident*) { return omp_get_num_threads(); }
int __kmpc_bound_thread_num(Ident*) { return omp_get_thread_num(); }
int __kmpc_bound_num_threads(Ident*) { return omp_get_num_threads(); }
int __kmpc_in_parallel(Ident*) { return omp_in_parallel(); }

void __kmpc_push_num_threads(Ident*, int, int threads) { wanted_threads = threads > 0 ? unsigned(threads) : 0; }

// `primary` is GCC's `master`.
void __kmpc_push_proc_bind(Ident*, int, int binding) { wanted_binding = binding == 5 ? 2 : unsigned(binding); }

void __kmpc_fork_call(Ident*, int count, Region* region, ...) {
  CW_ARGUMENTS(count, region)
  Call call{region, count, arguments};
  const unsigned threads = taken(wanted_threads), binding = taken(wanted_binding);
  GOMP_parallel(run, &call, threads, binding);
}

// The region whose `if` is false: the caller calls its function itself.
void __kmpc_serialized_parallel(Ident*, int) {
  wanted_threads = wanted_binding = 0;
  GOMP_parallel_start(nullptr, nullptr, 1);
}
void __kmpc_end_serialized_parallel(Ident*, int) { GOMP_parallel_end(); }

// A league has one team, which OpenMP allows, as GCC's on the host.
void __kmpc_push_num_teams(Ident*, int, int, int) {}
void __kmpc_push_num_teams_51(Ident*, int, int, int, int) {}
void __kmpc_set_thread_limit(Ident*, int, int) {}

void __kmpc_fork_teams(Ident*, int count, Region* region, ...) {
  CW_ARGUMENTS(count, region)
  Call call{region, count, arguments};
  run(&call);
}

}  // extern "C"

// `ordered(n)` loops whose iterations wait for earlier ones: a flag for each iteration, shared by the team.

#include "openmp/gomp.hpp"
#include "openmp/iterations.hpp"

namespace {

struct Dimension {
  Int64 lower, upper, step;
};

struct Flags {
  long users;
  unsigned char* done;
};

// The loops that this thread is in, innermost first.
struct Loop {
  Loop* outer;
  Flags* flags;
  int count;
  Dimension* dimensions;
};
thread_local Loop* loop = nullptr;

Word trips(const Dimension& dimension) { return ::trips(dimension.lower, dimension.upper, dimension.step); }

// The flag of an iteration; null outside the loop.
unsigned char* flag(const Int64* position) {
  Word index = 0;
  for (int i = 0; i < loop->count; ++i) {
    const Dimension& each = loop->dimensions[i];
    const Int64 distance = position[i] - each.lower;
    if (distance % each.step != 0 || distance / each.step < 0 || Word(distance / each.step) >= trips(each)) return nullptr;
    index = index * trips(each) + Word(distance / each.step);
  }
  return loop->flags->done + index;
}

Flags* make_flags(const Loop& each) {
  Word total = 1;
  for (int i = 0; i < each.count; ++i) total *= trips(each.dimensions[i]);
  auto* flags = static_cast<Flags*>(malloc(sizeof(Flags)));
  *flags = Flags{omp_get_num_threads(), static_cast<unsigned char*>(calloc(total + 1, 1))};
  return flags;
}

}  // namespace

extern "C" {

void __kmpc_doacross_init(Ident*, int, int count, const Dimension* dimensions) {
  auto* fresh = static_cast<Loop*>(malloc(sizeof(Loop)));
  *fresh = Loop{loop, nullptr, count, static_cast<Dimension*>(malloc(sizeof(Dimension) * Size(count)))};
  for (int i = 0; i < count; ++i) fresh->dimensions[i] = dimensions[i];
  fresh->flags = static_cast<Flags*>(GOMP_single_copy_start());
  if (fresh->flags == nullptr) GOMP_single_copy_end(fresh->flags = make_flags(*fresh));
  loop = fresh;
}

void __kmpc_doacross_wait(Ident*, int, const Int64* position) {
  const unsigned char* done = flag(position);
  while (done != nullptr && __atomic_load_n(done, __ATOMIC_ACQUIRE) == 0) sched_yield();
}

void __kmpc_doacross_post(Ident*, int, const Int64* position) {
  unsigned char* done = flag(position);
  if (done != nullptr) __atomic_store_n(done, 1, __ATOMIC_RELEASE);
}

void __kmpc_doacross_fini(Ident*, int) {
  Loop* finished = loop;
  loop = finished->outer;
  if (__atomic_sub_fetch(&finished->flags->users, 1, __ATOMIC_ACQ_REL) == 0) {
    free(finished->flags->done);
    free(finished->flags);
  }
  free(finished->dimensions);
  free(finished);
}

}  // extern "C"

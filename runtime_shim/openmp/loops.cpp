// Worksharing loops. A loop without a shared counter is divided by arithmetic, as g++'s code does; the others are GCC's library's,
// over the numbers of the iterations from 0.

#include "openmp/gomp.hpp"
#include "openmp/iterations.hpp"

namespace {

// clang's numbers of schedules; the modifiers stand in two high bits.
enum Schedule {
  kStaticChunked = 33,
  kStatic = 34,
  kDynamic = 35,
  kGuided = 36,
  kRuntime = 37,
  kAuto = 38,
  kStaticBalancedChunked = 45,
  kOrdered = 32,  // added to the ones above
  kDistributeChunked = 91,
  kDistribute = 92,
};
constexpr int kModifiers = 3 << 29;

template <typename T>
struct Bounds {
  T *lower, *upper;
  __make_signed(T) step;
  Word count;

  // The iterations from number `first` on, `number` of them.
  void set(Word first, Word number) const {
    const T start = at(first);
    *upper = number == 0 ? T(start - T(step)) : at(first + number - 1);
    *lower = start;
    if (number == 0 && (step > 0 ? *upper >= *lower : *upper <= *lower)) swap_at_the_limit();
  }

 private:
  T at(Word number) const {
    using Unsigned = __make_unsigned(T);
    return T(Unsigned(*lower) + Unsigned(number * Word(Int64(step))));
  }
  // Nothing to do, at the end of the type's range: bounds the wrong way round.
  void swap_at_the_limit() const {
    *lower = step > 0 ? T(1) : T(0);
    *upper = step > 0 ? T(0) : T(1);
  }
};

Word smaller(Word a, Word b) { return a < b ? a : b; }

// One block for each thread, the first ones larger by one iteration.
template <typename T>
bool even(const Bounds<T>& bounds, Word threads, Word thread) {
  const Word share = bounds.count / threads, extra = bounds.count % threads;
  const Word first = thread * share + smaller(thread, extra), number = share + (thread < extra ? 1 : 0);
  bounds.set(first, number);
  return number != 0 && first + number == bounds.count;
}

// Blocks of whole SIMD vectors.
template <typename T>
bool even_chunks(const Bounds<T>& bounds, Word threads, Word thread, Word chunk) {
  Word share = (bounds.count + threads - 1) / threads;
  share = (share + chunk - 1) / chunk * chunk;
  const Word first = smaller(share * thread, bounds.count), number = smaller(share, bounds.count - first);
  bounds.set(first, number);
  return number != 0 && first + number == bounds.count;
}

template <typename T, typename Step>
void divide(int schedule, int* last, T* lower, T* upper, Step* stride, Step step, Step chunk) {
  const Bounds<T> bounds{lower, upper, step, trips(*lower, *upper, step)};
  schedule &= ~kModifiers;
  const bool in_league = schedule == kDistribute || schedule == kDistributeChunked;
  const Word threads = in_league ? 1 : Word(omp_get_num_threads()), thread = in_league ? 0 : Word(omp_get_thread_num());
  const Word block = chunk < 1 ? 1 : Word(chunk);
  bool has_last = false;
  if (bounds.count == 0) {
    *stride = step;
  } else if (schedule == kStaticChunked || schedule == kDistributeChunked || schedule == kOrdered + kStaticChunked) {
    *stride = Step(Word(Int64(step)) * block * threads);
    has_last = (bounds.count - 1) / block % threads == thread;
    const T start = T(*lower + T(Word(Int64(step)) * block * thread));
    *upper = T(start + T(Word(Int64(step)) * block) - T(step));
    *lower = start;
  } else {
    *stride = Step(bounds.count);
    has_last = schedule == kStaticBalancedChunked ? even_chunks(bounds, threads, thread, block) : even(bounds, threads, thread);
  }
  if (last != nullptr) *last = has_last;
}

bool start_runtime(bool up, Word from, Word to, Word step, Word, Word* first, Word* end) {
  return GOMP_loop_ull_runtime_start(up, from, to, step, first, end);
}
bool start_ordered_runtime(bool up, Word from, Word to, Word step, Word, Word* first, Word* end) {
  return GOMP_loop_ull_ordered_runtime_start(up, from, to, step, first, end);
}

// GCC's functions for a loop, and the chunk that they are given; 0 is an even share for each thread.
struct Functions {
  bool (*start)(bool up, Word from, Word to, Word step, Word chunk, Word* first, Word* end);
  bool (*next)(Word* first, Word* end);
  Word chunk;
};

Functions functions_for(int schedule, Word chunk) {
  switch (schedule) {
    case kStaticChunked:
      return {GOMP_loop_ull_static_start, GOMP_loop_ull_static_next, chunk};
    case kDynamic:
      return {GOMP_loop_ull_dynamic_start, GOMP_loop_ull_dynamic_next, chunk};
    case kGuided:
      return {GOMP_loop_ull_guided_start, GOMP_loop_ull_guided_next, chunk};
    case kRuntime:
      return {start_runtime, GOMP_loop_ull_runtime_next, 0};
    case kOrdered + kStaticChunked:
      return {GOMP_loop_ull_ordered_static_start, GOMP_loop_ull_ordered_static_next, chunk};
    case kOrdered + kStatic:
    case kOrdered + kAuto:
      return {GOMP_loop_ull_ordered_static_start, GOMP_loop_ull_ordered_static_next, 0};
    case kOrdered + kDynamic:
      return {GOMP_loop_ull_ordered_dynamic_start, GOMP_loop_ull_ordered_dynamic_next, chunk};
    case kOrdered + kGuided:
      return {GOMP_loop_ull_ordered_guided_start, GOMP_loop_ull_ordered_guided_next, chunk};
    case kOrdered + kRuntime:
      return {start_ordered_runtime, GOMP_loop_ull_ordered_runtime_next, 0};
    default:
      return {GOMP_loop_ull_static_start, GOMP_loop_ull_static_next, 0};
  }
}

// A loop whose threads fetch their next iterations, innermost first.
struct Loop {
  Loop* outer;
  Word from, step, count;
  Word first, end;  // what was fetched
  bool fetched, delivered;
  bool (*next)(Word* first, Word* end);
};
thread_local Loop* loop = nullptr;

template <typename T, typename Step>
void begin(int schedule, T lower, T upper, Step step, Step chunk) {
  const Functions functions = functions_for(schedule & ~kModifiers, chunk < 1 ? 1 : Word(chunk));
  auto* fresh = static_cast<Loop*>(malloc(sizeof(Loop)));
  *fresh = Loop{loop, Word(lower), Word(Int64(step)), trips(lower, upper, step), 0, 0, false, false, functions.next};
  fresh->fetched = functions.start(true, 0, fresh->count, 1, functions.chunk, &fresh->first, &fresh->end);
  loop = fresh;
}

template <typename T, typename Step>
int fetch(int* last, T* lower, T* upper, Step* stride) {
  Loop* current = loop;
  if (current->delivered) current->fetched = current->next(&current->first, &current->end);
  if (!current->fetched) {
    GOMP_loop_end_nowait();
    loop = current->outer;
    free(current);
    return 0;
  }
  current->delivered = true;
  *lower = T(current->from + current->first * current->step);
  *upper = T(current->from + (current->end - 1) * current->step);
  if (stride != nullptr) *stride = Step(current->step);
  if (last != nullptr) *last = current->end == current->count;
  return 1;
}

}  // namespace

extern "C" {

void __kmpc_for_static_fini(Ident*, int) {}
void __kmpc_dispatch_deinit(Ident*, int) {}

void __kmpc_ordered(Ident*, int) { GOMP_ordered_start(); }
void __kmpc_end_ordered(Ident*, int) { GOMP_ordered_end(); }

// One set of functions for each type of loop variable. A league has one team: its part is the whole loop.
#define CW_LOOPS(suffix, T, Step)                                                                                                  \
  void __kmpc_for_static_init_##suffix(Ident*, int, int schedule, int* last, T* lower, T* upper, Step* stride, Step step,          \
                                       Step chunk) {                                                                               \
    divide(schedule, last, lower, upper, stride, step, chunk);                                                                     \
  }                                                                                                                                \
  void __kmpc_dist_for_static_init_##suffix(Ident*, int, int schedule, int* last, T* lower, T* upper, T* team_upper, Step* stride, \
                                            Step step, Step chunk) {                                                               \
    *team_upper = *upper;                                                                                                          \
    divide(schedule, last, lower, upper, stride, step, chunk);                                                                     \
  }                                                                                                                                \
  void __kmpc_team_static_init_##suffix(Ident*, int, int* last, T*, T*, Step*, Step, Step) { *last = 1; }                          \
  void __kmpc_dispatch_init_##suffix(Ident*, int, int schedule, T lower, T upper, Step step, Step chunk) {                         \
    begin(schedule, lower, upper, step, chunk);                                                                                    \
  }                                                                                                                                \
  void __kmpc_dist_dispatch_init_##suffix(Ident*, int, int schedule, int* last, T lower, T upper, Step step, Step chunk) {         \
    *last = 0;                                                                                                                     \
    begin(schedule, lower, upper, step, chunk);                                                                                    \
  }                                                                                                                                \
  int __kmpc_dispatch_next_##suffix(Ident*, int, int* last, T* lower, T* upper, Step* stride) {                                    \
    return fetch(last, lower, upper, stride);                                                                                      \
  }                                                                                                                                \
  void __kmpc_dispatch_fini_##suffix(Ident*, int) {}

CW_LOOPS(4, int, int)
CW_LOOPS(4u, unsigned, int)
CW_LOOPS(8, Int64, Int64)
CW_LOOPS(8u, Word, Int64)

}  // extern "C"

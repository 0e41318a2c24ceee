// Tasks. clang's code asks for a block that holds the task, its private variables and pointers to the shared ones; GCC's library is
// given that block's address.

#include "openmp/gomp.hpp"
#include "openmp/iterations.hpp"

namespace {

struct Task;
using Routine = int(int thread, Task* task);
using Duplicate = void(Task* to, Task* from, int is_last);

// As clang lays it out; the private variables follow. The loop's members are those of `taskloop` only.
struct Task {
  void* shared;
  Routine* routine;
  int part;
  Routine* destructors;
  union {
    int priority;
    void* unused;
  };
};

// A variable that the tasks of a group reduce, as clang describes it.
struct ReductionInput {
  void *shared, *original;
  Size bytes;
  void (*initialise)(void* copy, void* original);
  void (*finish)(void* copy);
  void (*combine)(void* to, void* from);
  unsigned flags;
};
struct Reduction : ReductionInput {
  char* copies;  // one for each thread
};

struct Group {
  Group* outer;
  int count, threads;
  Reduction* reductions;
};

enum { kUntied = 1, kFinal = 2, kDepend = 8, kPriority = 16 };             // GCC's flags
enum { kTied = 1, kIsFinal = 2, kHasDestructors = 8, kHasPriority = 32 };  // clang's

// What stands before a task. `again`: an untied task asked to be continued, which the same thread does.
struct alignas(64) Header {
  Size bytes;
  int flags;
  bool again;
  Group* group;
  Task* outer;
};
constexpr Size kAlignment = 64;

thread_local Group* group = nullptr;
thread_local Task* running = nullptr;

Header& header(Task* task) { return reinterpret_cast<Header*>(task)[-1]; }

Task* make_block(Size bytes) {
  auto* memory =
      static_cast<Header*>(aligned_alloc(kAlignment, (sizeof(Header) + bytes + kAlignment - 1) / kAlignment * kAlignment));
  if (memory == nullptr) abort();
  return reinterpret_cast<Task*>(memory + 1);
}

void discard(Task* task) {
  if ((header(task).flags & kHasDestructors) != 0) task->destructors(omp_get_thread_num(), task);
  free(&header(task));
}

void execute(Task* task) {
  Task* const outer = running;
  Group* const outer_group = group;
  running = task;
  group = header(task).group;
  do {
    header(task).again = false;
    task->routine(omp_get_thread_num(), task);
  } while (header(task).again);
  running = outer;
  group = outer_group;
}

void run(void* data) {
  Task* task = *static_cast<Task**>(data);
  execute(task);
  discard(task);
}

void nothing(void*) {}

void submit(Task* task, bool deferred, void** depend) {
  const int flags = header(task).flags;
  unsigned wanted =
      ((flags & kTied) == 0 ? kUntied : 0) | ((flags & kIsFinal) != 0 ? kFinal : 0) | (depend != nullptr ? kDepend : 0);
  const bool prior = (flags & kHasPriority) != 0;
  GOMP_task(run, &task, nullptr, sizeof task, alignof(Task*), deferred, wanted | (prior ? kPriority : 0), depend,
            prior ? task->priority : 0, nullptr);
}

// A dependence as clang writes it.
struct Depend {
  void* address;
  Size bytes;
  unsigned char flags;  // 1: in; 2, 4, 8: the kinds that exclude others; 128: all memory
};

// GCC's list: the number of all, of those that write, then the addresses, writers first. mutexinoutset and inoutset exclude more
// than they must.
void** list_of(int count, const Depend* first, int more, const Depend* second, void** list) {
  void** next = list + 2;
  for (int writers = 1; writers >= 0; --writers) {
    for (int i = 0; i < count + more; ++i) {
      const Depend& each = i < count ? first[i] : second[i - count];
      if ((each.flags != 1) == (writers == 1)) *next++ = each.address;
    }
    if (writers == 1) list[1] = reinterpret_cast<void*>(next - list - 2);
  }
  list[0] = reinterpret_cast<void*>(Size(count + more));
  return list;
}
#define CW_DEPENDENCES(count, first, more, second) \
  list_of(count, first, more, second, static_cast<void**>(__builtin_alloca(sizeof(void*) * Size((count) + (more) + 2))))

// The bounds of a `taskloop` inside its task.
struct LoopTask {
  Task task;
  Word lower, upper;
  Int64 step;
};

Task* duplicate(Task* task) {
  Task* copy = make_block(header(task).bytes);
  __builtin_memcpy(&header(copy), &header(task), sizeof(Header) + header(task).bytes);
  if (task->shared != nullptr) {
    copy->shared = reinterpret_cast<char*>(copy) + (static_cast<char*>(task->shared) - reinterpret_cast<char*>(task));
  }
  return copy;
}

enum { kGrainSize = 1, kTaskCount = 2 };

// How many tasks a loop gets.
Word task_count(Word count, int schedule, Word value, bool strict) {
  Word tasks = Word(omp_get_num_threads()) * 10;
  if (schedule == kTaskCount) tasks = value;
  if (schedule == kGrainSize) tasks = strict ? (count + value - 1) / value : count / value;
  return tasks < 1 ? 1 : tasks > count ? count : tasks;
}

// A loop cut in `tasks` parts; `grain` iterations each but the last, or as even as can be where that is 0.
struct Cut {
  Word count, tasks, grain;
  Word begin(Word task) const {
    if (grain != 0) return task == tasks ? count : task * grain;
    const Word extra = count % tasks;
    return task * (count / tasks) + (task < extra ? task : extra);
  }
};

void task_loop(Task* task, bool deferred, Word* lower, Word* upper, Int64 step, const Cut& cut, Duplicate* set_up) {
  const Word first = *lower;
  const Size at_lower = Size(reinterpret_cast<char*>(lower) - reinterpret_cast<char*>(task));
  const Size at_upper = Size(reinterpret_cast<char*>(upper) - reinterpret_cast<char*>(task));
  for (Word i = 0; i < cut.tasks && cut.count != 0; ++i) {
    Task* part = duplicate(task);
    *reinterpret_cast<Word*>(reinterpret_cast<char*>(part) + at_lower) = first + cut.begin(i) * Word(step);
    *reinterpret_cast<Word*>(reinterpret_cast<char*>(part) + at_upper) = first + (cut.begin(i + 1) - 1) * Word(step);
    if (set_up != nullptr) set_up(part, task, i + 1 == cut.tasks);
    submit(part, deferred, nullptr);
  }
  discard(task);
}

void start_group() {
  auto* fresh = static_cast<Group*>(malloc(sizeof(Group)));
  *fresh = Group{group, 0, 0, nullptr};
  group = fresh;
  GOMP_taskgroup_start();
}

// Adds the threads' copies to the results, in the order of the threads.
void reduce(const Group& finished) {
  for (int i = 0; i < finished.count; ++i) {
    const Reduction& each = finished.reductions[i];
    for (int thread = 0; thread < finished.threads; ++thread) {
      char* copy = each.copies + Size(thread) * each.bytes;
      each.combine(each.shared, copy);
      if (each.finish != nullptr) each.finish(copy);
    }
    free(each.copies);
  }
}

void end_group() {
  GOMP_taskgroup_end();
  Group* finished = group;
  group = finished->outer;
  reduce(*finished);
  free(finished->reductions);
  free(finished);
}

Reduction with_copies(const ReductionInput& input, int threads) {
  Reduction made{input, nullptr};
  if (made.original == nullptr) made.original = made.shared;
  const Size bytes = Size(threads) * made.bytes + kAlignment;
  made.copies = static_cast<char*>(aligned_alloc(kAlignment, bytes / kAlignment * kAlignment));
  for (int thread = 0; thread < threads; ++thread) {
    char* copy = made.copies + Size(thread) * made.bytes;
    if (made.initialise != nullptr) {
      made.initialise(copy, made.original);
    } else {
      __builtin_memset(copy, 0, made.bytes);
    }
  }
  return made;
}

bool belongs(const Reduction& each, int threads, const void* data) {
  const auto* address = static_cast<const char*>(data);
  return data == each.shared || data == each.original ||
         (address >= each.copies && address < each.copies + Size(threads) * each.bytes);
}

}  // namespace

extern "C" {

Task* __kmpc_omp_task_alloc(Ident*, int, int flags, Size bytes, Size shared_bytes, Routine* routine) {
  const Size at = (bytes + 15) / 16 * 16;
  Task* task = make_block(at + shared_bytes);
  __builtin_memset(task, 0, at + shared_bytes);
  header(task) = Header{at + shared_bytes, flags, false, group, nullptr};
  task->shared = shared_bytes != 0 ? reinterpret_cast<char*>(task) + at : nullptr;
  task->routine = routine;
  return task;
}

int __kmpc_omp_task(Ident*, int, Task* task) {
  if (task == running) {
    header(task).again = true;
  } else {
    submit(task, true, nullptr);
  }
  return 0;
}

int __kmpc_omp_task_with_deps(Ident*, int, Task* task, int count, const Depend* depend, int more, const Depend* others) {
  submit(task, true, CW_DEPENDENCES(count, depend, more, others));
  return 0;
}

int __kmpc_omp_reg_task_with_affinity(Ident*, int, Task*, int, void*) { return 0; }

// A task whose `if` is false: its creator calls the routine in between.
void __kmpc_omp_task_begin_if0(Ident*, int, Task* task) {
  header(task).outer = running;
  running = task;
}
void __kmpc_omp_task_complete_if0(Ident*, int, Task* task) {
  while (header(task).again) {
    header(task).again = false;
    task->routine(omp_get_thread_num(), task);
  }
  running = header(task).outer;
  discard(task);
}

void __kmpc_omp_wait_deps(Ident*, int, int count, const Depend* depend, int more, const Depend* others) {
  GOMP_taskwait_depend(CW_DEPENDENCES(count, depend, more, others));
}
void __kmpc_omp_taskwait_deps_51(Ident*, int, int count, const Depend* depend, int more, const Depend* others, int no_wait) {
  void** list = CW_DEPENDENCES(count, depend, more, others);
  if (no_wait == 0) return GOMP_taskwait_depend(list);
  GOMP_task(nothing, nullptr, nullptr, 0, 1, true, kDepend, list, 0, nullptr);
}
int __kmpc_omp_taskwait(Ident*, int) {
  GOMP_taskwait();
  return 0;
}
int __kmpc_omp_taskyield(Ident*, int, int) {
  GOMP_taskyield();
  return 0;
}

void __kmpc_taskgroup(Ident*, int) { start_group(); }
void __kmpc_end_taskgroup(Ident*, int) { end_group(); }

void __kmpc_taskloop_5(Ident*, int, Task* task, int deferred, Word* lower, Word* upper, Int64 step, int no_group, int schedule,
                       Word value, int strict, Duplicate* set_up) {
  const Word count = trips(Int64(*lower), Int64(*upper), step), tasks = task_count(count, schedule, value, strict != 0);
  if (no_group == 0) start_group();
  task_loop(task, deferred != 0, lower, upper, step, Cut{count, tasks, strict != 0 && schedule == kGrainSize ? value : 0}, set_up);
  if (no_group == 0) end_group();
}
void __kmpc_taskloop(Ident* place, int thread, Task* task, int deferred, Word* lower, Word* upper, Int64 step, int no_group,
                     int schedule, Word value, Duplicate* set_up) {
  __kmpc_taskloop_5(place, thread, task, deferred, lower, upper, step, no_group, schedule, value, 0, set_up);
}

void* __kmpc_taskred_init(int, int count, const ReductionInput* inputs) {
  group->count = count;
  group->threads = omp_get_num_threads();
  group->reductions = static_cast<Reduction*>(malloc(sizeof(Reduction) * Size(count)));
  for (int i = 0; i < count; ++i) group->reductions[i] = with_copies(inputs[i], group->threads);
  return group;
}

// This thread's copy of a variable that the group, or one around it, reduces; the variable itself where none does.
void* __kmpc_task_reduction_get_th_data(int, Group* first, void* data) {
  for (Group* each = first != nullptr ? first : group; each != nullptr; each = each->outer) {
    for (int i = 0; i < each->count; ++i) {
      const Reduction& found = each->reductions[i];
      if (belongs(found, each->threads, data)) return found.copies + Size(omp_get_thread_num()) * found.bytes;
    }
  }
  return data;
}

}  // extern "C"

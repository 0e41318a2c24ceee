// A CPU code object written by hand against cpu_abi.h: what the compiler would emit for a handful of small kernels.
#include <crosswarp/cpu_abi.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define THREADS(l) ((l)->block[0] * (l)->block[1] * (l)->block[2])

typedef const cw_cpu_launch Launch;
typedef cw_cpu_block Block;

static uint64_t block_index(Launch* l, Block* b) {
  return b->ctaid[0] + (uint64_t)l->grid[0] * (b->ctaid[1] + (uint64_t)l->grid[1] * b->ctaid[2]);
}

int counter = 5;
int table[4] = {1, 2, 3, 4};
int managed_value = 7;

// void add(const float *a, const float *b, float *c, int n)
typedef struct {
  const float *a, *b;
  float* c;
  int n;
} AddParams;
static int32_t add(Launch* l, Block* b) {
  const AddParams* p = l->params;
  for (uint32_t t = 0; t < l->block[0]; ++t) {
    const int i = (int)(b->ctaid[0] * l->block[0] + t);
    if (i < p->n) p->c[i] = p->a[i] + p->b[i];
  }
  return CW_CPU_DONE;
}

// void add_value(int *p, int value): one atomic add a thread
typedef struct {
  int* p;
  int value;
} AddValueParams;
static int32_t add_value(Launch* l, Block* b) {
  const AddValueParams* p = l->params;
  (void)b;
  for (uint32_t t = 0; t < THREADS(l); ++t) __atomic_fetch_add(p->p, p->value, __ATOMIC_RELAXED);
  return CW_CPU_DONE;
}

// void append(int *log, int value): log[++log[0]] = value, slowly enough that a wrong order shows
static int32_t append(Launch* l, Block* b) {
  const AddValueParams* p = l->params;
  (void)b;
  const uint64_t end = l->services->globaltimer() + 2000000;
  while (l->services->globaltimer() < end) {
  }
  const int at = __atomic_add_fetch(&p->p[0], 1, __ATOMIC_SEQ_CST);
  p->p[at] = p->value;
  return CW_CPU_DONE;
}

// void wait_flag(volatile int *flag, int value)
static int32_t wait_flag(Launch* l, Block* b) {
  const AddValueParams* p = l->params;
  (void)b;
  while (__atomic_load_n(p->p, __ATOMIC_ACQUIRE) != p->value) {
  }
  return CW_CPU_DONE;
}

// void where(unsigned *out): out[linear block] = x | y << 8 | z << 16, and the shared memory is this block's own
static int32_t where(Launch* l, Block* b) {
  unsigned* const out = *(unsigned* const*)l->params;
  unsigned char* shared = b->shared;
  const uint32_t bytes = 64 + l->dynamic_shared;
  const unsigned char mark = (unsigned char)(block_index(l, b) + 1);
  for (uint32_t i = 0; i < bytes; ++i) shared[i] = mark;
  for (uint32_t i = 0; i < bytes; ++i) {
    if (shared[i] != mark) return CW_CPU_DEADLOCK;
  }
  if (((uintptr_t)b->shared & 127) != 0 || ((uintptr_t)b->arena & 127) != 0) return CW_CPU_DEADLOCK;
  for (uint32_t i = 0; i < 256; ++i) ((unsigned char*)b->arena)[i] = mark;
  out[block_index(l, b)] = b->ctaid[0] | b->ctaid[1] << 8 | b->ctaid[2] << 16;
  return CW_CPU_DONE;
}
static uint64_t arena_256(Launch* l) {
  (void)l;
  return 256;
}

static int32_t null_write(Launch* l, Block* b) {
  (void)l, (void)b;
  *(volatile int*)8 = 1;
  return CW_CPU_DONE;
}
static int32_t overflow(Launch* l, Block* b) {
  volatile char big[1 << 16];
  big[0] = 1;
  if (l->grid[0] != 0) big[sizeof big - 1] = (char)overflow(l, b);
  return big[0] + big[sizeof big - 1];
}
static int32_t trap(Launch* l, Block* b) {
  l->services->trap(l, b);
  return CW_CPU_DONE;
}
static int32_t failing_assert(Launch* l, Block* b) {
  const uint32_t thread[3] = {3, 0, 0};
  if (b->ctaid[0] == 1) l->services->assert_fail(l, b, thread, "x > 0", "kernel.cu", 12, "void k()");
  return CW_CPU_DONE;
}
static int32_t deadlock(Launch* l, Block* b) {
  (void)l, (void)b;
  return CW_CPU_DEADLOCK;
}

// void print_all(): every conversion, with arguments packed as clang packs them for NVPTX
static int32_t print_all(Launch* l, Block* b) {
  (void)b;
  struct {
    int d;
    unsigned u;
    long long ll;
    double f, e;
    const char* s;
    int c, star, precision;
    double g;
    int hh;
    void* p;
    unsigned long long x;
  } args = {-5, 7u, -123456789012ll, 1.5, 12345.678, "text", 'Z', 9, 3, 0.0001, 0x1ff, (void*)0x1234, 0xfeedfacecafeull};
  const int n = l->services->vprintf("[%d|%u|%lld|%.2f|%10.3e|%s|%c|%*.*g|%hhx|%p|%llX|100%%]\n", &args);
  if (n != 13) return CW_CPU_DEADLOCK;
  if (l->services->vprintf("bad %", &args) != -1) return CW_CPU_DEADLOCK;
  return CW_CPU_DONE;
}

// void heap(int *ok)
static int32_t heap(Launch* l, Block* b) {
  int* ok = *(int* const*)l->params;
  (void)b;
  char* small = l->services->heap_alloc(100);
  void* large = l->services->heap_alloc(1ull << 30);
  *ok = small != 0 && large == 0 && ((uintptr_t)small & 15) == 0;
  l->services->heap_free(small);
  return CW_CPU_DONE;
}

// void grid_sum(int *values, int *sum): grid barrier between writing one value a block and adding all of them up
typedef struct {
  int* values;
  int* sum;
} GridParams;
static int32_t grid_sum(Launch* l, Block* b) {
  const GridParams* p = l->params;
  if (!b->resumed) {
    p->values[b->ctaid[0]] = (int)b->ctaid[0] + 1;
    *(int*)b->arena = (int)b->ctaid[0] * 10;
    const uint64_t counts = __atomic_add_fetch(&l->meeting->counts, 1, __ATOMIC_ACQ_REL);
    if ((uint32_t)counts == counts >> 32) __atomic_store_n(&l->meeting->phase, 1, __ATOMIC_RELEASE);
    return CW_CPU_SUSPENDED;
  }
  if (__atomic_load_n(&l->meeting->phase, __ATOMIC_ACQUIRE) == 0) return CW_CPU_IDLE;
  int sum = *(int*)b->arena;
  for (uint32_t i = 0; i < l->grid[0]; ++i) sum += p->values[i];
  p->sum[b->ctaid[0]] = sum;
  return CW_CPU_DONE;
}

// void read_variables(int *out)
static int32_t read_variables(Launch* l, Block* b) {
  int* out = *(int* const*)l->params;
  (void)b;
  out[0] = counter;
  for (int i = 0; i < 4; ++i) out[1 + i] = table[i];
  out[5] = managed_value;
  counter += 1;
  managed_value += 1;
  return CW_CPU_DONE;
}

static int32_t empty(Launch* l, Block* b) {
  (void)l, (void)b;
  return CW_CPU_DONE;
}

static const cw_cpu_param add_params[] = {{0, 8}, {8, 8}, {16, 8}, {24, 4}};
static const cw_cpu_param two_params[] = {{0, 8}, {8, 4}};
static const cw_cpu_param grid_params[] = {{0, 8}, {8, 8}};
static const cw_cpu_param one_param[] = {{0, 8}};

// name, parameters, their bytes, most threads a block, static shared memory, arena function, uses grid barriers
#define KERNEL(fn, parameters, bytes, threads, shared, arena, grid_barrier)                                  \
  static const cw_cpu_kernel k_##fn = {                                                                      \
      CW_CPU_ABI_VERSION, CW_CPU_MODEL_LOOP, #fn, fn,           arena, shared, 16, COUNT(parameters), bytes, \
      parameters,         threads,           0,   grid_barrier, 0}
#define KERNEL0(fn) \
  static const cw_cpu_kernel k_##fn = {CW_CPU_ABI_VERSION, CW_CPU_MODEL_LOOP, #fn, fn, 0, 0, 16, 0, 0, 0, 1024, 0, 0, 0}

KERNEL(add, add_params, 28, 1024, 0, 0, 0);
KERNEL(add_value, two_params, 12, 256, 0, 0, 0);
KERNEL(append, two_params, 12, 1024, 0, 0, 0);
KERNEL(wait_flag, two_params, 12, 1024, 0, 0, 0);
KERNEL(where, one_param, 8, 1024, 64, arena_256, 0);
KERNEL(heap, one_param, 8, 1024, 0, 0, 0);
KERNEL(grid_sum, grid_params, 16, 1024, 0, arena_256, 1);
KERNEL(read_variables, one_param, 8, 1024, 0, 0, 0);
KERNEL0(null_write);
KERNEL0(overflow);
KERNEL0(trap);
KERNEL0(failing_assert);
KERNEL0(deadlock);
KERNEL0(print_all);
KERNEL0(empty);

static const cw_cpu_kernel* const kernels[] = {&k_add,      &k_add_value, &k_append, &k_wait_flag,      &k_where,
                                               &k_heap,     &k_grid_sum,  &k_trap,   &k_read_variables, &k_null_write,
                                               &k_overflow, &k_deadlock,  &k_empty,  &k_failing_assert, &k_print_all};
static const cw_cpu_variable variables[] = {{"counter", &counter, sizeof counter, CW_CPU_VAR_DEVICE, 0},
                                            {"table", table, sizeof table, CW_CPU_VAR_CONSTANT, 0},
                                            {"managed_value", &managed_value, sizeof managed_value, CW_CPU_VAR_MANAGED, 0}};

__attribute__((visibility("default")))
const cw_cpu_module __cw_cpu_module = {CW_CPU_ABI_VERSION, COUNT(kernels), kernels, COUNT(variables), 0, variables};

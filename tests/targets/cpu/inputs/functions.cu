#include "device.h"

typedef __builtin_va_list List;
struct Triple {
  double a;
  int b;
  char c;
};

__device__ __noinline__ long long sum_of(int count, ...) {
  List list, copy;
  __builtin_va_start(list, count);
  __builtin_va_copy(copy, list);
  long long total = 0;
  for (int i = 0; i < count; ++i) {
    total = total * 10 + __builtin_va_arg(list, int);
    total += static_cast<long long>(__builtin_va_arg(list, double));
    total += __builtin_va_arg(list, long long);
    Triple t = __builtin_va_arg(list, Triple);
    total += t.b + t.c + static_cast<int>(t.a);
  }
  total += __builtin_va_arg(copy, int);
  __builtin_va_end(list);
  __builtin_va_end(copy);
  return total;
}

KERNEL variadic(long long* out) {
  int t = threadIdx.x;
  Triple x{1.0 + t, 2, 3}, y{4, t, 6};
  out[t] = sum_of(2, t, 2.5, 1ll << 33, x, 7, t * 1.0, 5ll, y);
}

// A struct by value through calls that are not inlined: the callee changes its copy.
struct Array {
  int values[20];
};
__device__ __noinline__ Array rotated(Array a, int by) {
  Array result;
  for (int i = 0; i < 20; ++i) {
    a.values[i] += threadIdx.x;
    result.values[(i + by) % 20] = a.values[i];
  }
  return result;
}
KERNEL structs(int* out) {
  Array a;
  for (int i = 0; i < 20; ++i) a.values[i] = i * 100;
  Array b = rotated(a, threadIdx.x);
  int sum = 0;
  for (int i = 0; i < 20; ++i) sum += a.values[i] * 1000 + b.values[i] * i;
  out[threadIdx.x] = sum;
}

__device__ __noinline__ int fibonacci(int n) {
  return n < 2 ? n + static_cast<int>(threadIdx.x) * 0 : fibonacci(n - 1) + fibonacci(n - 2);
}
KERNEL recursion(int* out) { out[threadIdx.x] = fibonacci(threadIdx.x % 12); }

typedef int (*Function)(int);
__device__ int twice(int x) { return 2 * x; }
__device__ int plus_thread(int x) { return x + threadIdx.x; }
__device__ Function functions[] = {twice, plus_thread};
KERNEL pointers(int* out) {
  int t = threadIdx.x;
  out[t] = functions[t % 2](t) + functions[(t / 2) % 2](1);
}

struct Shape {
  __device__ virtual int area() const = 0;
  __device__ virtual int name() const { return 1; }
};
struct Square : Shape {
  int side;
  __device__ Square(int s) : side(s) {}
  __device__ int area() const override { return side * side; }
};
struct Line : Shape {
  __device__ int area() const override { return threadIdx.x; }
  __device__ int name() const override { return 2; }
};
KERNEL virtuals(int* out) {
  int t = threadIdx.x;
  Square square(t);
  Line line;
  const Shape* shapes[] = {&square, &line};
  const Shape* shape = shapes[t % 2];
  out[t] = shape->area() * 10 + shape->name();
}

template <class Visit>
__device__ void for_each(int n, Visit visit) {
  for (int i = 0; i < n; ++i) visit(i);
}
KERNEL lambdas(int* out) {
  int sum = 0, t = threadIdx.x;
  for_each(5, [&](int i) { sum += i * t; });
  out[t] = sum;
}

KERNEL wide(const long long* in, long long* out) {
  int t = threadIdx.x;
  unsigned __int128 a = static_cast<unsigned __int128>(in[t]) << 40 | 12345;
  unsigned __int128 q = a / static_cast<unsigned __int128>(in[t] + 7), r = a % static_cast<unsigned __int128>(in[t] + 7);
  __int128 s = -static_cast<__int128>(a) / 1000003;
  out[4 * t] = static_cast<long long>(q);
  out[4 * t + 1] = static_cast<long long>(r);
  out[4 * t + 2] = static_cast<long long>(s);
  out[4 * t + 3] = static_cast<long long>(static_cast<double>(a) / 1e6);
}

KERNEL copies(const char* in, char* out, int n) {
  char buffer[512];
  __builtin_memset(buffer, 7, sizeof buffer);
  __builtin_memcpy(buffer + threadIdx.x, in, n);
  __builtin_memmove(buffer + 3, buffer, n + threadIdx.x);
  for (int i = 0; i < 512; ++i) out[threadIdx.x * 512 + i] = buffer[i];
}

KERNEL halves(const float* in, float* out) {
  int t = threadIdx.x;
  _Float16 h = static_cast<_Float16>(in[t]) + static_cast<_Float16>(static_cast<double>(in[t]));
  __bf16 b = static_cast<__bf16>(in[t]);
  out[3 * t] = h;
  out[3 * t + 1] = static_cast<float>(b) * 2;
  out[3 * t + 2] = __builtin_fmaf(in[t], in[t], -1.0f) + __builtin_floorf(in[t]) + __builtin_roundf(in[t]) +
                   __builtin_truncf(in[t]) + __builtin_rintf(in[t]) + __builtin_sqrtf(__builtin_fabsf(in[t]));
}

KERNEL assembly(int* out) {
  int x = threadIdx.x;
  asm volatile("" ::: "memory");
  out[x] = x;
}

KERNEL conversions(const float* in, const double* wide, int* out, long long* out64) {
  int t = threadIdx.x;
  out[6 * t] = static_cast<int>(in[t]);
  out[6 * t + 1] = static_cast<int>(static_cast<unsigned>(in[t]));
  out[6 * t + 2] = static_cast<unsigned char>(in[t]);
  out[6 * t + 3] = static_cast<short>(in[t]);
  out[6 * t + 4] = static_cast<int>(wide[t]);
  out[6 * t + 5] = in[t] != 0 ? static_cast<bool>(in[t]) : false;
  out64[2 * t] = static_cast<long long>(in[t]);
  out64[2 * t + 1] = static_cast<long long>(static_cast<unsigned long long>(wide[t]));
}

// Attributes that the hidden argument would make wrong.
__device__ __noinline__ __attribute__((const)) int thread_number() { return threadIdx.x; }
__device__ __noinline__ __attribute__((alloc_size(1))) void* sized(unsigned long long n) {
  void* memory = device_malloc(n + threadIdx.x);
  return memory;
}
KERNEL attributes(int* out) {
  int* memory = static_cast<int*>(sized(64));
  memory[0] = thread_number() * 3;
  out[thread_number()] = memory[0] + thread_number();
  device_free(memory);
}

// emit: x86-64-v3.ll CPU
// Variable arguments lie in a buffer at their natural alignment.

#include <cstdarg>
__device__ __noinline__ double first(int n, ...) {
  va_list list;
  va_start(list, n);
  double value = va_arg(list, double);
  va_end(list);
  return value;
}

extern "C" __global__ void kernel(double* out, int i) { out[0] = first(1, 2.5, i, 'c'); }

// CPU-NOT: llvm.va_start
// CPU-DAG: define internal {{.*}}double @_Z5firstiz({{.*}}, ptr %cw.arguments)
// CPU-DAG: alloca [16 x i8], align 16
// CPU-DAG: store double {{.*}}, align 8
// CPU-DAG: call {{.*}}double @_Z5firstiz({{.*}}i32 noundef 1, ptr %{{[^ ]+}})

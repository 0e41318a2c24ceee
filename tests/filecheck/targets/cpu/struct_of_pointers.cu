// emit: x86-64-v3.ll CPU
// Pointers in a struct parameter that is only read point to global memory: their accesses may run in parallel, and a volatile
// store through one needs no lockstep.

struct Arrays {
  const float* in;
  float* out;
  volatile int* flags;
};

extern "C" __global__ void kernel(Arrays arrays) {
  int i = threadIdx.x;
  arrays.out[i] = arrays.in[i] * 2;
  arrays.flags[i] = 1;
}

// CPU-LABEL: define internal void @kernel.thread(ptr {{.*}}%cw.thread, ptr readonly align 8 %arrays)
// CPU: load float, ptr {{.*}}, !llvm.access.group
// CPU: store float {{.*}}, !llvm.access.group
// CPU: store volatile i32 1
// CPU-LABEL: define internal i32 @kernel.run(
// CPU: call void @kernel.thread(ptr %thread, ptr %p0)

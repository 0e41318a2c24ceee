// emit: x86-64-v3.ll CPU
// A kernel with a barrier becomes a coroutine; what it calls on the way to the barrier is part of it.

__device__ __noinline__ int meet(int value) {
  __syncthreads();
  return value + 1;
}

extern "C" __global__ void kernel(int* out) { out[threadIdx.x] = meet(out[0]); }

// CPU-LABEL: define internal ptr @kernel.thread(ptr %cw.thread, ptr %cw.frame)
// CPU: call token @llvm.coro.id(i32 64, ptr null, ptr null, ptr null)
// CPU: icmp eq ptr %cw.thread, null
// CPU: call i64 @llvm.coro.size.i64()
// CPU: call ptr @llvm.coro.begin(token {{.*}}, ptr %cw.frame)
// CPU: load ptr, ptr
// CPU-NOT: call {{.*}}meet
// CPU: store i8 16, ptr
// CPU: [[STATE:%[^ ]+]] = call i8 @llvm.coro.suspend(token none, i1 false)
// CPU: switch i8 [[STATE]], label %cw.return
// CPU: call void @__cwcpu.set_event(ptr %cw.thread, i32 6)
// CPU: cw.return:
// CPU: call void @llvm.coro.end(ptr
// CPU: presplitcoroutine
// CPU-LABEL: define internal i64 @kernel.arena(ptr %launch)
// CPU: call ptr @kernel.thread(ptr null, ptr null)
// CPU-LABEL: define internal i32 @kernel.run(
// CPU: call i32 @__cwcpu.run_coroutines(
// CPU: @kernel.kernel = {{.*}} { i32 2, i32 3, ptr @kernel.name, ptr @kernel.run, ptr @kernel.arena, i32 0

// emit: x86-64-v3.ll CPU
// A kernel without barriers becomes a loop over the block's threads whose accesses may run in parallel.

extern "C" __global__ void scale(float a, const float* x, float* y, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = a * x[i];
}

// CPU-LABEL: define internal void @scale.thread(ptr {{.*}}%cw.thread, float {{.*}}%a, ptr {{.*}}%x, ptr {{.*}}%y, i32 {{.*}}%n)
// CPU: load float, ptr {{.*}} !llvm.access.group [[GROUP:![0-9]+]]
// CPU: store float {{.*}} !llvm.access.group [[GROUP]]
// CPU-LABEL: define internal i32 @scale.run(ptr noalias %launch, ptr noalias %block)
// CPU: getelementptr inbounds i8, ptr %params, i64 24
// CPU: loop.x:
// CPU: call void @scale.thread(ptr %thread, float %p0, ptr %p1, ptr %p2, i32 %p3)
// CPU: br i1 %x.more, label %loop.x, label %next.y, !llvm.loop
// CPU: !"llvm.loop.vectorize.enable", i1 true
// CPU: !"llvm.loop.parallel_accesses", [[GROUP]]
// CPU: @scale.params = {{.*}} { i32 0, i32 4 }, {{.*}} { i32 8, i32 8 }, {{.*}} { i32 16, i32 8 }, {{.*}} { i32 24, i32 4 }
// CPU: @scale.kernel = {{.*}} { i32 2, i32 1, ptr @scale.name, ptr @scale.run, ptr null, i32 0, i32 16, i32 4, i32 28

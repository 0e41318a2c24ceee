; The forms of shuffles with a second result have no builtin function in clang.
target datalayout = "e-p6:32:32-i64:64-i128:128-i256:256-v16:16-v32:32-n16:32:64"
target triple = "nvptx64-nvidia-cuda"

declare i32 @llvm.nvvm.read.ptx.sreg.tid.x()
declare { i32, i1 } @llvm.nvvm.shfl.sync.up.i32p(i32, i32, i32, i32)
declare { float, i1 } @llvm.nvvm.shfl.sync.down.f32p(i32, float, i32, i32)

define ptx_kernel void @shuffle_predicates(ptr %out, i32 %by) {
  %t = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
  %value = add i32 %t, 100
  %float = bitcast i32 %value to float
  %up = call { i32, i1 } @llvm.nvvm.shfl.sync.up.i32p(i32 -1, i32 %value, i32 %by, i32 0)
  %down = call { float, i1 } @llvm.nvvm.shfl.sync.down.f32p(i32 -1, float %float, i32 %by, i32 31)
  %up.value = extractvalue { i32, i1 } %up, 0
  %up.flag = extractvalue { i32, i1 } %up, 1
  %up.inside = zext i1 %up.flag to i32
  %down.float = extractvalue { float, i1 } %down, 0
  %down.value = bitcast float %down.float to i32
  %down.flag = extractvalue { float, i1 } %down, 1
  %down.inside = zext i1 %down.flag to i32
  %first = mul i32 %t, 4
  %p0 = getelementptr i32, ptr %out, i32 %first
  %p1 = getelementptr i32, ptr %p0, i32 1
  %p2 = getelementptr i32, ptr %p0, i32 2
  %p3 = getelementptr i32, ptr %p0, i32 3
  store i32 %up.value, ptr %p0
  store i32 %up.inside, ptr %p1
  store i32 %down.value, ptr %p2
  store i32 %down.inside, ptr %p3
  ret void
}

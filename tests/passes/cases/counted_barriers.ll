; emit: counted-barriers CHECK
; Kernels of a module with barriers that count threads prepare for them; its functions do not. Where threads only arrive, barriers of
; all threads are counted too.
declare void @llvm.nvvm.barrier.cta.sync.aligned.count(i32, i32)
declare void @llvm.nvvm.barrier.cta.arrive.aligned.count(i32, i32)
declare void @llvm.nvvm.barrier.cta.sync.aligned.all(i32)

define void @all() {
  call void @llvm.nvvm.barrier.cta.sync.aligned.all(i32 0)
  call void @llvm.nvvm.barrier.cta.sync.aligned.all(i32 2)
  ret void
}
; CHECK-LABEL: define void @all() {
; CHECK: call void @llvm.nvvm.barrier.cta.sync.aligned.all(i32 0)
; CHECK: %[[ROW:.*]] = mul i32 %{{.*}}, %{{.*}}
; CHECK-NEXT: %[[THREADS:.*]] = mul i32 %[[ROW]], %{{.*}}
; CHECK-NEXT: call void @llvm.nvvm.barrier.cta.sync.aligned.count(i32 2, i32 %[[THREADS]])

define void @meets() {
  call void @llvm.nvvm.barrier.cta.sync.aligned.count(i32 1, i32 64)
  ret void
}
; CHECK-LABEL: define void @meets() {
; CHECK: call void @llvm.nvvm.barrier.cta.sync.aligned.count(i32 1, i32 64)

define ptx_kernel void @k() {
  call void @meets()
  ret void
}
; CHECK-LABEL: define ptx_kernel void @k() {
; CHECK: call void @__cw.barrier.prepare()
; CHECK-NEXT: call void @meets()

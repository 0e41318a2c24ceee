; emit: counted-barriers CHECK
; Kernels of a module with barriers that count threads prepare for them; its functions do not.
declare void @llvm.nvvm.barrier.cta.sync.aligned.count(i32, i32)

define void @meets() {
  call void @llvm.nvvm.barrier.cta.sync.aligned.count(i32 1, i32 64)
  ret void
}
; CHECK-LABEL: define void @meets() {
; CHECK-NEXT: call void @llvm.nvvm.barrier.cta.sync.aligned.count(i32 1, i32 64)

define ptx_kernel void @k() {
  call void @meets()
  ret void
}
; CHECK-LABEL: define ptx_kernel void @k() {
; CHECK: call void @__cw.barrier.prepare()
; CHECK-NEXT: call void @meets()

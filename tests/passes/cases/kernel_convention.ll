; emit: kernel-convention CHECK
define ptx_kernel void @kernel() {
entry:
  ret void
}
define ptx_device void @device() {
entry:
  ret void
}
; CHECK: define amdgpu_kernel void @kernel()
; CHECK: define void @device()

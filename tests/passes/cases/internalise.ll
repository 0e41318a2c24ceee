; emit: internalise CHECK
$inline = comdat any
$template = comdat any
@device = addrspace(1) externally_initialized global i32 7
@constant = addrspace(4) externally_initialized constant i32 7
@shared = internal addrspace(3) global i32 undef
@dynamic = external addrspace(3) global [0 x i32]
@table = linkonce_odr constant i32 3, comdat($inline)
@llvm.compiler.used = appending global [1 x ptr] [ptr addrspacecast (ptr addrspace(1) @device to ptr)], section "llvm.metadata"
define linkonce_odr void @inline() comdat {
entry:
  ret void
}
define dso_local amdgpu_kernel void @kernel() {
entry:
  ret void
}
define linkonce_odr amdgpu_kernel void @template() comdat {
entry:
  ret void
}
; CHECK-NOT: comdat
; CHECK: @device = protected addrspace(1) externally_initialized global i32 7
; CHECK: @constant = protected addrspace(4) externally_initialized constant i32 7
; CHECK: @shared = internal addrspace(3) global i32 undef
; CHECK: @dynamic = external addrspace(3) global [0 x i32]
; CHECK: @table = internal constant i32 3
; CHECK: @llvm.compiler.used = appending global
; CHECK: define internal void @inline()
; CHECK: define protected amdgpu_kernel void @kernel()
; CHECK: define weak_odr protected amdgpu_kernel void @template()

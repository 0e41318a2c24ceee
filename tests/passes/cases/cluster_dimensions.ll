; emit: cluster-dimensions CHECK
@.str = private unnamed_addr constant [16 x i8] c"cw.cluster_dims\00", section "llvm.metadata"
@.str.1 = private unnamed_addr constant [5 x i8] c"a.cu\00", section "llvm.metadata"
@.str.2 = private unnamed_addr constant [6 x i8] c"other\00", section "llvm.metadata"
@.args = private unnamed_addr constant { i32, i32 } { i32 4, i32 2 }, section "llvm.metadata"
@llvm.global.annotations = appending global [2 x { ptr, ptr, ptr, i32, ptr }] [{ ptr, ptr, ptr, i32, ptr } { ptr @k, ptr @.str, ptr @.str.1, i32 3, ptr @.args }, { ptr, ptr, ptr, i32, ptr } { ptr @plain, ptr @.str.2, ptr @.str.1, i32 4, ptr @.args }], section "llvm.metadata"

define ptx_kernel void @k() {
  ret void
}
define ptx_kernel void @plain() {
  ret void
}
; CHECK: define ptx_kernel void @k() [[ATTRIBUTES:#[0-9]+]] {
; CHECK: define ptx_kernel void @plain() {
; CHECK: attributes [[ATTRIBUTES]] = { "nvvm.cluster_dim"="4,2,1" }

; emit: small-copies CHECK
declare void @llvm.memcpy.p3.p1.i64(ptr addrspace(3), ptr addrspace(1), i64, i1 immarg)
declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1 immarg)

; CHECK-LABEL: define void @to_shared(
; CHECK: %1 = load <4 x i32>, ptr addrspace(1) %from, align 16, !noalias !0
; CHECK-NEXT: store <4 x i32> %1, ptr addrspace(3) %to, align 8, !noalias !0
; CHECK-NEXT: ret void
define void @to_shared(ptr addrspace(3) %to, ptr addrspace(1) %from) {
  call void @llvm.memcpy.p3.p1.i64(ptr addrspace(3) align 8 %to, ptr addrspace(1) align 32 %from, i64 16, i1 false), !noalias !0
  ret void
}

; All is read before anything is written: both may be the same memory.
; CHECK-LABEL: define void @two_pieces(
; CHECK: %1 = load <4 x i32>, ptr %from, align 4
; CHECK-NEXT: %2 = getelementptr inbounds i8, ptr %from, i64 16
; CHECK-NEXT: %3 = load <4 x i32>, ptr %2, align 4
; CHECK-NEXT: store <4 x i32> %1, ptr %to, align 4
; CHECK-NEXT: %4 = getelementptr inbounds i8, ptr %to, i64 16
; CHECK-NEXT: store <4 x i32> %3, ptr %4, align 4
define void @two_pieces(ptr %to, ptr %from) {
  call void @llvm.memcpy.p0.p0.i64(ptr align 4 %to, ptr align 4 %from, i64 32, i1 false)
  ret void
}

; CHECK-LABEL: define void @others(
; CHECK-COUNT-5: call void @llvm.memcpy
define void @others(ptr %to, ptr %from, i64 %size) {
  call void @llvm.memcpy.p0.p0.i64(ptr align 16 %to, ptr align 16 %from, i64 %size, i1 false)
  call void @llvm.memcpy.p0.p0.i64(ptr align 16 %to, ptr align 16 %from, i64 12, i1 false)
  call void @llvm.memcpy.p0.p0.i64(ptr align 16 %to, ptr align 16 %from, i64 80, i1 false)
  call void @llvm.memcpy.p0.p0.i64(ptr align 16 %to, ptr %from, i64 16, i1 false)
  call void @llvm.memcpy.p0.p0.i64(ptr align 16 %to, ptr align 16 %from, i64 16, i1 true)
  ret void
}

!0 = !{!1}
!1 = distinct !{!1, !2}
!2 = distinct !{!2}

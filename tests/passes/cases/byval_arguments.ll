; emit: byval-arguments CHECK
%S = type { float, [6 x i32] }

define ptx_kernel void @kernel(ptr noundef byval(%S) align 8 %s, ptr noundef %out) {
entry:
  %v = load float, ptr %s, align 8
  store float %v, ptr %out, align 4
  ret void
}
; CHECK-LABEL: define ptx_kernel void @kernel(
; CHECK-SAME: ptr addrspace(4) byref(%S) noundef align 8 %arg.s, ptr noundef %out)
; CHECK-NEXT: entry:
; CHECK-NEXT: %private.s = alloca %S, align 8, addrspace(5)
; CHECK-NEXT: call void @llvm.memcpy.p5.p4.i64(ptr addrspace(5) align 8 %private.s, ptr addrspace(4) align 8 %arg.s, i64 28, i1 false)
; CHECK-NEXT: %s = addrspacecast ptr addrspace(5) %private.s to ptr
; CHECK-NEXT: load float, ptr %s, align 8

define i32 @function(ptr noundef byval(%S) align 8 %s, i32 %i) {
entry:
  %p = getelementptr %S, ptr %s, i32 0, i32 1, i32 %i
  %v = load i32, ptr %p, align 4
  ret i32 %v
}
; CHECK-LABEL: define i32 @function(
; CHECK-SAME: ptr addrspace(5) byval(%S) noundef align 8 %arg.s, i32 %i)
; CHECK-NEXT: entry:
; CHECK-NEXT: %s = addrspacecast ptr addrspace(5) %arg.s to ptr
; CHECK-NEXT: getelementptr %S, ptr %s

; The pointer may point anywhere: the caller copies, once a call, and the copies lie in the entry block.
define i32 @caller(ptr %global, ptr %callee) {
entry:
  br label %loop
loop:
  %a = call i32 @function(ptr noundef byval(%S) align 8 %global, i32 1)
  %b = call i32 %callee(ptr noundef byval(%S) align 8 %global, i32 %a)
  %c = icmp eq i32 %b, 0
  br i1 %c, label %loop, label %done
done:
  ret i32 %b
}
; CHECK-LABEL: define i32 @caller(
; CHECK: entry:
; CHECK-COUNT-2: alloca %S, align 8, addrspace(5)
; CHECK: loop:
; CHECK: call void @llvm.memcpy.p5.p0.i64(ptr addrspace(5) align 8 %byval.copy{{.*}}, ptr align 8 %global, i64 28, i1 false)
; CHECK: %a = call i32 @function(ptr addrspace(5) byval(%S) noundef align 8 %byval.copy{{.*}}, i32 1)
; CHECK: call void @llvm.memcpy.p5.p0.i64(
; CHECK: %b = call i32 %callee(ptr addrspace(5) byval(%S) noundef align 8 %byval.copy{{.*}}, i32 %a)

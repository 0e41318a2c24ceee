; emit: large-returns CHECK
%Big = type { [20 x float] }
%Small = type { float, float }
@g = global %Big zeroinitializer

define %Big @make(float %x) {
entry:
  %result = alloca %Big, align 4
  store float %x, ptr %result, align 4
  %v = load %Big, ptr %result, align 4
  ret %Big %v
}
; CHECK-LABEL: define void @make(ptr sret(%Big) align 4 %sret.result, float %x)
; CHECK: call void @llvm.memcpy.p0.p0.i64(ptr align 4 %sret.result, ptr align 4 %result, i64 80, i1 false)
; CHECK-NEXT: ret void

define float @take(ptr %callee) {
entry:
  %a = call %Big @make(float 1.0)
  store %Big %a, ptr @g, align 4
  %b = call %Big %callee(float 2.0)
  %c = extractvalue %Big %b, 0, 3
  ret float %c
}
; CHECK-LABEL: define float @take(
; CHECK: call void @make(ptr sret(%Big) align 4 [[A:%.*]], float
; CHECK-NEXT: call void @llvm.memcpy.p0.p0.i64(ptr align 4 @g, ptr align 4 [[A]], i64 80, i1 false)
; CHECK-NEXT: call void %callee(ptr sret(%Big) align 4 [[B:%.*]], float
; CHECK-NEXT: [[P:%.*]] = getelementptr inbounds %Big, ptr [[B]], i64 0, i32 0, i32 3
; CHECK-NEXT: %c = load float, ptr [[P]]

; In another block the call may have run again: the value is read at once.
define void @loop(i1 %again) {
entry:
  br label %body
body:
  %v = call %Big @make(float 1.0)
  br i1 %again, label %body, label %done
done:
  store %Big %v, ptr @g, align 4
  ret void
}
; CHECK-LABEL: define void @loop(
; CHECK: body:
; CHECK-NEXT: call void @make(ptr sret(%Big) align 4 [[S:%.*]], float
; CHECK-NEXT: %v = load %Big, ptr [[S]]
; CHECK: store %Big %v, ptr @g

define %Small @small() {
entry:
  ret %Small zeroinitializer
}
; CHECK-LABEL: define %Small @small()

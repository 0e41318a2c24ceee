; emit: pack-variadics CHECK
declare void @llvm.va_start.p0(ptr)
declare void @llvm.va_end.p0(ptr)
define i32 @sum(i32 %n, ...) {
entry:
  %list = alloca ptr, align 8
  call void @llvm.va_start.p0(ptr %list)
  %next = load ptr, ptr %list, align 8
  %v = load i32, ptr %next, align 4
  call void @llvm.va_end.p0(ptr %list)
  ret i32 %v
}
; CHECK-LABEL: define i32 @sum(i32 %n, ptr %variadic)
; CHECK: store ptr %variadic, ptr %list, align 8
; CHECK-NOT: va_

define i32 @caller(double %d) {
entry:
  %r = call i32 (i32, ...) @sum(i32 2, i32 5, double %d)
  ret i32 %r
}
; CHECK-LABEL: define i32 @caller(
; CHECK-NEXT: entry:
; CHECK-NEXT: [[P:%.*]] = alloca { i32, double }, align 8
; CHECK: store i32 5
; CHECK: store double %d
; CHECK: %r = call i32 @sum(i32 2, ptr [[P]])

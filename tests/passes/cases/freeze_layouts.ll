; emit: freeze-layouts CHECK
%S = type { i64, i128 }
%Same = type { i32, i64 }
%Outer = type { i8, %S }

@s = global %S { i64 1, i128 2 }
@inner = global ptr getelementptr (%Outer, ptr @o, i32 0, i32 1, i32 1)
@o = global [2 x %Outer] zeroinitializer
; CHECK: %S = type <{ i64, [8 x i8], i128 }>
; CHECK: %Same = type { i32, i64 }
; CHECK: %Outer = type <{ i8, [15 x i8], %S }>
; CHECK: @s = global %S <{ i64 1, [8 x i8] zeroinitializer, i128 2 }>
; CHECK: @inner = global ptr getelementptr (%Outer, ptr @o, i32 0, i32 2, i32 2)

define i128 @f(ptr %p, i64 %i) {
entry:
  %a = getelementptr [2 x %Outer], ptr %p, i64 0, i64 %i, i32 1, i32 1
  %v = load i128, ptr %a, align 16
  %b = getelementptr %Same, ptr %p, i32 0, i32 1
  store i64 %i, ptr %b, align 8
  ret i128 %v
}
; CHECK-LABEL: define i128 @f(
; CHECK-NEXT: entry:
; CHECK-NEXT: %a = getelementptr [2 x %Outer], ptr %p, i64 0, i64 %i, i32 2, i32 2
; CHECK: %b = getelementptr %Same, ptr %p, i32 0, i32 1

define i128 @values(%S %s) {
entry:
  %v = extractvalue %S %s, 1
  %t = insertvalue %S %s, i64 3, 0
  ret i128 %v
}
; CHECK-LABEL: define i128 @values(
; CHECK-NEXT: entry:
; CHECK-NEXT: %v = extractvalue %S %s, 2
; CHECK-NEXT: %t = insertvalue %S %s, i64 3, 0

; emit: match-signatures CHECK
%V = type { float, float, i32 }

define ptr @at(ptr %p, i32 %i) {
entry:
  ret ptr %p
}
define signext i16 @narrow(i8 zeroext %c, float %f) {
entry:
  ret i16 3
}
define %V @make(ptr byval(%V) align 4 %v) {
entry:
  %r = load %V, ptr %v, align 4
  ret %V %r
}

define i64 @from_ptx(i64 %a, i32 %b, ptr %frame) {
entry:
  %p = call i64 @at(i64 %a, i32 %b)
  %n = call i32 @narrow(i32 %b, i32 %b)
  %v = call [3 x i32] @make(ptr byval([3 x i32]) align 4 %frame)
  %x = extractvalue [3 x i32] %v, 1
  %s = add i32 %n, %x
  %w = sext i32 %s to i64
  %r = add i64 %p, %w
  ret i64 %r
}
; CHECK-LABEL: define i64 @from_ptx(
; CHECK: [[P:%.*]] = inttoptr i64 %a to ptr
; CHECK-NEXT: [[Q:%.*]] = call ptr @at(ptr [[P]], i32 %b)
; CHECK-NEXT: [[I:%.*]] = ptrtoint ptr [[Q]] to i64
; CHECK-NEXT: [[C:%.*]] = trunc i32 %b to i8
; CHECK-NEXT: store i32 %b, ptr [[S:%.*]], align 4
; CHECK-NEXT: [[F:%.*]] = load float, ptr [[S]], align 4
; CHECK-NEXT: [[N:%.*]] = call signext i16 @narrow(i8 zeroext [[C]], float [[F]])
; CHECK-NEXT: [[M:%.*]] = sext i16 [[N]] to i32
; CHECK-NEXT: [[V:%.*]] = call %V @make(ptr byval(%V) align 4 %frame)
; CHECK-NEXT: store %V [[V]], ptr [[T:%.*]], align 4
; CHECK-NEXT: [[W:%.*]] = load [3 x i32], ptr [[T]], align 4
; CHECK-NEXT: %x = extractvalue [3 x i32] [[W]], 1
; CHECK-NEXT: %s = add i32 [[M]], %x

; emit: defined-shifts CHECK
define i32 @f(i32 %x, i32 %n, i64 %y, i64 %m) {
entry:
  %a = shl i32 %x, %n
  %b = ashr i32 %a, %n
  %c = lshr i64 %y, %m
  %d = shl i32 %x, 7
  %k = and i32 %n, 31
  %e = shl i32 %b, %k
  %t = trunc i64 %c to i32
  %r = add i32 %e, %t
  %s = add i32 %r, %d
  ret i32 %s
}
; CHECK-LABEL: define i32 @f(
; CHECK-NEXT: entry:
; CHECK-NEXT: [[S:%.*]] = shl i32 %x, %n
; CHECK-NEXT: [[C:%.*]] = icmp ult i32 %n, 32
; CHECK-NEXT: %a = select i1 [[C]], i32 [[S]], i32 0
; CHECK-NEXT: [[D:%.*]] = icmp ult i32 %n, 32
; CHECK-NEXT: [[M:%.*]] = select i1 [[D]], i32 %n, i32 31
; CHECK-NEXT: %b = ashr i32 %a, [[M]]
; CHECK-NEXT: [[T:%.*]] = lshr i64 %y, %m
; CHECK-NEXT: [[E:%.*]] = icmp ult i64 %m, 64
; CHECK-NEXT: %c = select i1 [[E]], i64 [[T]], i64 0
; CHECK-NEXT: %d = shl i32 %x, 7
; CHECK-NEXT: %k = and i32 %n, 31
; CHECK-NEXT: %e = shl i32 %b, %k

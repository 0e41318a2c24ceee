; emit: reject-computed-goto CHECK
define i32 @f(i32 %x) {
entry:
  switch i32 %x, label %a [ i32 1, label %b ]
a:
  ret i32 2
b:
  ret i32 3
}
; CHECK-LABEL: define i32 @f(
; CHECK: switch i32 %x, label %a

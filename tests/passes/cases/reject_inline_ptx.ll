; emit: reject-inline-ptx CHECK
define i32 @f(i32 %x, double %y) {
entry:
  call void asm sideeffect "", "~{memory}"()
  call void asm sideeffect "", "d"(double %y)
  %r = call i32 asm sideeffect "", "=r,0"(i32 %x)
  ret i32 %r
}
; CHECK-LABEL: define i32 @f(
; CHECK-NEXT: entry:
; CHECK-NEXT: call void asm sideeffect "", "~{memory}"()
; CHECK-NEXT: ret i32 %x

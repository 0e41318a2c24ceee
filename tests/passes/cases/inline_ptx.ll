; emit: inline-ptx CHECK
define i32 @f(i32 %x, ptr %p, double %y) {
entry:
  %r = call i32 asm "{ .reg .pred p; setp.lt.u32 p, $1, 8; @p add.u32 $0, $1, 1; }", "=r,r"(i32 %x)
  call void asm sideeffect "{ .reg .pred p; setp.eq.u32 p, $1, 0; @p st.global.u32 [$0], $1; }", "l,r,~{memory}"(ptr %p, i32 %x)
  call void asm sideeffect "", "~{memory}"()
  call void asm sideeffect "", "d"(double %y)
  %s = call i32 asm sideeffect "", "=r,0"(i32 %r)
  ret i32 %s
}
; CHECK-LABEL: define i32 @f(
; CHECK: [[REGISTER:%.*]] = alloca i32
; CHECK: [[TEST:%.*]] = icmp ult i32 {{%.*}}, 8
; CHECK: add i32 {{%.*}}, 1
; CHECK: select i1
; CHECK: [[R:%.*]] = load i32
; CHECK: call void asm sideeffect "", "~{memory}"()
; CHECK: br i1
; CHECK: store i32 {{%.*}}, ptr addrspace(1)
; CHECK-NEXT: br label
; CHECK: call void asm sideeffect "", "~{memory}"()
; CHECK-NEXT: call void asm sideeffect "", "~{memory}"()
; CHECK-NEXT: ret i32 [[R]]

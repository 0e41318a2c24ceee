; emit: inline-ptx CHECK
define i32 @f(i32 %x, ptr %p) {
entry:
  %r = call i32 asm "{ .reg .pred p; setp.lt.u32 p, $1, 8; @p add.u32 $0, $1, 1; }", "=r,r"(i32 %x)
  call void asm sideeffect "{ .reg .pred p; setp.eq.u32 p, $1, 0; @p st.global.u32 [$0], $1; }", "l,r,~{memory}"(ptr %p, i32 %x)
  %s = call i32 asm "bfind.u32 $0, $1;", "=r,r"(i32 %r)
  ret i32 %s
}
; CHECK-LABEL: define i32 @f(
; CHECK: [[P:%.*]] = icmp ult i32 %x, 8
; CHECK-NEXT: [[S:%.*]] = add i32 %x, 1
; CHECK-NEXT: [[R:%.*]] = select i1 [[P]], i32 [[S]], i32 0
; CHECK: call void asm sideeffect "", "~{memory}"()
; CHECK: br i1
; CHECK: store i32 %x, ptr addrspace(1)
; CHECK-NEXT: br label
; CHECK: call void asm sideeffect "", "~{memory}"()
; CHECK: %s = call i32 asm "bfind.u32 $0, $1;", "=r,r"(i32 [[R]])

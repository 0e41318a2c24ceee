; emit: inline-ptx CHECK
define i32 @add_cc(i32 %a, i32 %b) {
entry:
  %r = call i32 asm sideeffect "add.cc.u32 $0, $1, $2;", "=r,r,r"(i32 %a, i32 %b)
  ret i32 %r
}
define i32 @addc(i32 %a, i32 %b) {
entry:
  %r = call i32 asm sideeffect "addc.u32 $0, $1, $2;", "=r,r,r"(i32 %a, i32 %b)
  ret i32 %r
}
define ptx_kernel void @k(ptr %p) {
entry:
  %low = call i32 @add_cc(i32 -1, i32 1)
  %high = call i32 @addc(i32 0, i32 0)
  store i32 %high, ptr %p
  ret void
}
; CHECK-LABEL: define i32 @add_cc(i32 %a, i32 %b, ptr %carry)
; CHECK: {{%.*}} = icmp ult i32
; CHECK: store i1 {{%.*}}, ptr %carry
; CHECK-LABEL: define i32 @addc(i32 %a, i32 %b, ptr %carry)
; CHECK: load i1, ptr %carry
; CHECK-LABEL: define ptx_kernel void @k(ptr %p)
; CHECK: %carry = alloca i1
; CHECK: store i1 false, ptr %carry
; CHECK: call i32 @add_cc(i32 -1, i32 1, ptr %carry)
; CHECK: call i32 @addc(i32 0, i32 0, ptr %carry)

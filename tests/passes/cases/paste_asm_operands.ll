; emit: paste-asm-operands CHECK
@mode = constant [5 x i8] c".ftz\00"
@none = addrspace(4) constant [1 x i8] zeroinitializer
define float @f(float %a, i64 %p) {
entry:
  %r = call float asm "add$2.f32 $0, $1, $1; mul$3.f32 $0, $0, $1;", "=f,f,i,i"(float %a, ptr @mode, ptr addrspacecast (ptr addrspace(4) @none to ptr))
  %s = call i32 asm "ld.global.b$2 $0, [$1+${3:x}];", "=r,l,n,n,~{memory}"(i64 %p, i32 32, i64 -8)
  ret float %r
}
; CHECK: call float asm "add.ftz.f32 $0, $1, $1; mul.f32 $0, $0, $1;", "=f,f,i,i"(float %a, i32 0, i32 0)
; CHECK: call i32 asm "ld.global.b32 $0, [$1+-8];", "=r,l,n,n,~{memory}"(i64 %p, i32 32, i64 -8)

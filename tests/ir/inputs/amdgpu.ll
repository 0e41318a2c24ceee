; Syntax that CUDA sources do not produce but IR of other targets has, partly laid out as LLVM would not print it.
target datalayout = "e-m:e-p:64:64-p1:64:64-p2:32:32-p3:32:32-p4:64:64-p5:32:32-p6:32:32-p7:160:256:256:32-p8:128:128:128:48-p9:192:256:256:32-i64:64-v16:16-v24:32-v32:32-v48:64-v96:128-v192:256-v256:256-v512:512-v1024:1024-v2048:2048-n32:64-S32-A5-G1-ni:7:8:9"
target triple = "amdgcn-amd-amdhsa"

$inline = comdat any

@lds = internal addrspace(3) global [64 x float] poison, align 4
@"odd name\22" = internal addrspace(1) constant <2 x i8> splat (i8 3), section "a b", align 2
@0 = private addrspace(4) constant [3 x i8] c"a\00\FF"
@al = weak alias i32, addrspacecast (ptr addrspace(1) getelementptr inbounds nuw (i8, ptr addrspace(1) @g, i64 4) to ptr)
@g = protected local_unnamed_addr addrspace(1) externally_initialized global { i32, [2 x i32] } zeroinitializer, align 4
@rel = constant i64 sub (i64 ptrtoint (ptr @al to i64), i64 ptrtoint (ptr @callee to i64))

define linkonce_odr hidden fastcc noundef range(i32 0, 9) i32 @f(ptr addrspace(5) noundef byval({ i32, i64 }) align 8 captures(none) %0, <2 x half> nofpclass(nan inf) %"a b", i32 inreg %n) local_unnamed_addr #0 comdat($inline) align 256 {
3:
  %4 = fadd nnan ninf contract <2 x half> %"a b", splat (half 0xH3C00)
  %5 = icmp samesign ult i32 %n, 7
  %6 = zext nneg i32 %n to i64
  br i1 %5, label %7, label %"10"

7:
  %8 = phi i64 [ %6, %3 ], [ %9, %7 ]
  %9 = add nuw nsw i64 %8, 1
  %.not = icmp eq i64 %9, 100
  br i1 %.not, label %"10", label %7, !llvm.loop !0

"10":
  %11 = call { i32, i1 } asm sideeffect alignstack "s_nop 0", "=s,={vcc},~{memory}"(), !srcloc !2
  %12 = trunc nuw nsw i64 %6 to i32
  %13 = or disjoint i32 %12, 8
  %14 = getelementptr nusw nuw i8, ptr addrspace(5) %0, i32 %13
  %15 = load atomic volatile i32, ptr addrspace(5) %14 syncscope("agent-one-as") acquire, align 4, !noundef !1
  %16 = cmpxchg weak volatile ptr addrspace(3) @lds, i32 %15, i32 7 syncscope("workgroup") acq_rel monotonic, align 4
  %17 = atomicrmw uinc_wrap ptr addrspace(1) @g, i32 5 syncscope("agent") monotonic, align 4, !amdgpu.no.fine.grained.memory !1
  fence syncscope("wavefront") release
  %18 = extractvalue { i32, i1 } %16, 0
  %19 = tail call noundef i32 @callee(i32 noundef %18, ptr null) #1 [ "deopt"(i32 1, ptr @g.cast), "x"() ]
  %20 = shufflevector <2 x half> %4, <2 x half> poison, <4 x i32> <i32 0, i32 poison, i32 1, i32 3>
  %21 = insertelement <4 x half> %20, half 0xH0000, i64 2
  %22 = freeze <4 x half> %21
  %23 = select contract i1 %5, <4 x half> %22, <4 x half> zeroinitializer
  call void (i32, ...) @variadic(i32 1, double 0.000000e+00, i32 %19)
  call void @llvm.amdgcn.s.barrier.signal(i32 -1)
  %24 = extractelement <4 x half> %23, i32 %13
  %25 = fneg half %24
  %26 = fcmp fast uno half %25, 0xH7E00
  switch i32 %13, label %28 [
    i32 -1, label %27
    i32 2, label %28
  ]

27:
  call fastcc void @tail(i1 %26) #2
  ret i32 undef

28:
  unreachable
}

@g.cast = alias i8, addrspacecast (ptr addrspace(1) @g to ptr)

declare i32 @callee(i32, ptr readonly captures(ret: address, provenance)) nounwind "k"="v"
declare void @variadic(i32, ...)
declare fastcc void @tail(i1)
declare void @llvm.amdgcn.s.barrier.signal(i32 immarg)
define amdgpu_kernel void @k(target("amdgpu.opaque", ptr, 3) %b, i32 %c) "amdgpu-flat-work-group-size"="1,256" { ret void }

attributes #0 = { convergent "target-cpu"="gfx942" memory(argmem: readwrite, inaccessiblemem: read) alignstack=16 }
attributes #1 = { nounwind willreturn }
attributes #2 = { nomerge }
!named.things = !{!0, !1}
!0 = distinct !{!0, !1}
!1 = !{}
!2 = !{i64 7, !"text, with } and \22"}

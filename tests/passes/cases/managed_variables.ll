; emit: managed-variables CHECK
%S = type { i32, i32 }
@counter = addrspace(1) externally_initialized global i32 11, align 4
@pair = linkonce_odr addrspace(1) externally_initialized global %S { i32 1, i32 2 }, align 4
@plain = addrspace(1) externally_initialized global i32 5, align 4
@hidden = internal addrspace(1) global i32 6, align 4
@.str = private unnamed_addr constant [11 x i8] c"cw.managed\00", section "llvm.metadata"
@.str.1 = private unnamed_addr constant [5 x i8] c"a.cu\00", section "llvm.metadata"
@.str.2 = private unnamed_addr constant [6 x i8] c"other\00", section "llvm.metadata"
@llvm.global.annotations = appending global [4 x { ptr, ptr, ptr, i32, ptr }] [{ ptr, ptr, ptr, i32, ptr } { ptr addrspacecast (ptr addrspace(1) @counter to ptr), ptr @.str, ptr @.str.1, i32 3, ptr null }, { ptr, ptr, ptr, i32, ptr } { ptr addrspacecast (ptr addrspace(1) @pair to ptr), ptr @.str, ptr @.str.1, i32 4, ptr null }, { ptr, ptr, ptr, i32, ptr } { ptr addrspacecast (ptr addrspace(1) @plain to ptr), ptr @.str.2, ptr @.str.1, i32 5, ptr null }, { ptr, ptr, ptr, i32, ptr } { ptr addrspacecast (ptr addrspace(1) @hidden to ptr), ptr @.str, ptr @.str.1, i32 6, ptr null }], section "llvm.metadata"
@llvm.compiler.used = appending global [1 x ptr] [ptr addrspacecast (ptr addrspace(1) @counter to ptr)], section "llvm.metadata"

define ptr @f(i1 %c) {
entry:
  %slot = alloca i32
  %a = load i32, ptr addrspacecast (ptr addrspace(1) @counter to ptr), align 4
  %b = load i32, ptr addrspacecast (ptr addrspace(1) @plain to ptr), align 4
  %h = load i32, ptr addrspacecast (ptr addrspace(1) @hidden to ptr), align 4
  br i1 %c, label %one, label %two
one:
  store i32 %a, ptr addrspace(1) @counter, align 4
  br label %two
two:
  %p = phi ptr [ getelementptr inbounds nuw (%S, ptr addrspacecast (ptr addrspace(1) @pair to ptr), i32 0, i32 1), %one ], [ null, %entry ]
  ret ptr %p
}

define void @g() {
  ret void
}
; CHECK: @counter = addrspace(1) externally_initialized global i32 11, align 4
; CHECK-NOT: @llvm.global.annotations
; CHECK: @llvm.compiler.used
; CHECK: @__cw_managed_counter = addrspace(1) externally_initialized global ptr addrspace(1) @counter, align 8
; CHECK-NEXT: @__cw_managed_pair = linkonce_odr addrspace(1) externally_initialized global ptr addrspace(1) @pair, align 8
; CHECK-NOT: @__cw_managed
; CHECK-LABEL: define ptr @f(
; CHECK: %slot = alloca i32
; CHECK-NEXT: [[C:%[0-9]+]] = load ptr addrspace(1), ptr addrspace(1) @__cw_managed_counter, align 8, !invariant.load [[E:![0-9]+]]
; CHECK-NEXT: [[G:%[0-9]+]] = addrspacecast ptr addrspace(1) [[C]] to ptr
; CHECK-NEXT: [[P:%[0-9]+]] = load ptr addrspace(1), ptr addrspace(1) @__cw_managed_pair, align 8, !invariant.load [[E]]
; CHECK-NEXT: [[Q:%[0-9]+]] = addrspacecast ptr addrspace(1) [[P]] to ptr
; CHECK-NEXT: [[R:%[0-9]+]] = getelementptr inbounds nuw %S, ptr [[Q]], i32 0, i32 1
; CHECK-NEXT: %a = load i32, ptr [[G]], align 4
; CHECK-NEXT: %b = load i32, ptr addrspacecast (ptr addrspace(1) @plain to ptr), align 4
; CHECK-NEXT: %h = load i32, ptr addrspacecast (ptr addrspace(1) @hidden to ptr), align 4
; CHECK: store i32 %a, ptr addrspace(1) [[C]], align 4
; CHECK: %p = phi ptr [ [[R]], %one ], [ null, %entry ]
; CHECK-LABEL: define void @g(
; CHECK: [[E]] = !{}

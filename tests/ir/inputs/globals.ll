; Properties of globals that device code rarely has.
source_filename = "a \22b\22 \C3\A9.c"
target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"
module asm ".globl x"
module asm "# a \22quoted\22 line"

$group = comdat largest
$only = comdat nodeduplicate

%opaque = type opaque
%list = type { ptr, %list.0, [2 x %list.0] }
%list.0 = type <{ i8, x86_fp80, fp128, ppc_fp128, bfloat }>

@tls = thread_local(initialexec) global i32 3, align 4
@tls2 = internal thread_local unnamed_addr global i32 0, no_sanitize_address, no_sanitize_hwaddress, align 4
@weak = extern_weak hidden global %opaque
@common = common global [0 x i8] zeroinitializer, align 1
@dll = dso_local dllexport constant i8 1
@in_group = weak_odr protected global i32 1, section ".init", partition "part", comdat($group), align 16, !associated !0
@own = linkonce_odr dso_local global i32 2, comdat($only), code_model "large", sanitize_memtag
@attributed = global i32 7, align 4 #0
@list = global %list { ptr @list, %list.0 <{ i8 1, x86_fp80 0xK3FFF8000000000000000, fp128 0xL00000000000000003FFF000000000000, ppc_fp128 0xM3FF00000000000000000000000000000, bfloat 0xR3F80 }>, [2 x %list.0] zeroinitializer }
@wide = global i128 -170141183460469231731687303715884105728
@odd = global i7 -64
@pointers = global <2 x ptr> <ptr @tls, ptr null>
@difference = global i32 trunc (i64 sub (i64 ptrtoint (ptr @odd to i64), i64 ptrtoint (ptr @difference to i64)) to i32)
@equivalent = global i32 trunc (i64 sub (i64 ptrtoint (ptr dso_local_equivalent @f to i64), i64 ptrtoint (ptr @equivalent to i64)) to i32)
@nocfi = global ptr no_cfi @f
@llvm.used = appending global [1 x ptr] [ptr @own], section "llvm.metadata"

@al = internal thread_local unnamed_addr alias i32, ptr @tls, partition "part"
@if = dso_local ifunc void (), ptr @resolver

declare !dbg !1 extern_weak void @declared(ptr sret(i64) align 8, i32 zeroext, ...) unnamed_addr section "x"

define weak hidden cc 10 zeroext i8 @f(i8 signext %x) unnamed_addr #1 section ".text.f" partition "part" comdat($group) align 64 gc "shadow-stack" prefix i32 7 prologue i8 -112 personality ptr @declared !type !2 {
  %y = call noalias ptr @allocate(i64 8) #2
  %z = ptrtoaddr ptr %y to i64
  ret i8 %x
}

define ptr @resolver() #3 {
  ret ptr null
}

declare ptr @allocate(i64) allocsize(0) allockind("alloc,zeroed") "alloc-family"="malloc" memory(inaccessiblemem: readwrite)

attributes #0 = { "toc-data" }
attributes #1 = { nounwind uwtable(sync) vscale_range(1,16) alignstack=32 "a"="b c" "flag" }
attributes #2 = { builtin allocsize(0) }
attributes #3 = { memory(none) }

!0 = !{ptr @tls}
!2 = !{i64 0, !"a type"}
!1 = distinct !DISubprogram(name: "declared", scope: null, spFlags: DISPFlagOptimized)

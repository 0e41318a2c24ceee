; emit: constant-space CHECK
@table = internal constant [4 x i32] [i32 1, i32 2, i32 3, i32 4]
@pointers = internal constant [1 x ptr] [ptr getelementptr ([4 x i32], ptr @table, i64 0, i64 1)]
@variable = internal global i32 0
@visible = addrspace(4) externally_initialized constant i32 0
; CHECK: @table = internal addrspace(4) constant [4 x i32]
; CHECK: @pointers = internal addrspace(4) constant [1 x ptr] [ptr getelementptr ([4 x i32], ptr addrspacecast (ptr addrspace(4) @table to ptr), i64 0, i64 1)]
; CHECK: @variable = internal global i32 0
; CHECK: @visible = addrspace(4) externally_initialized constant i32 0

define i32 @f(i64 %i) {
entry:
  %p = getelementptr [4 x i32], ptr @table, i64 0, i64 %i
  %q = load ptr, ptr @pointers, align 8
  %v = load i32, ptr %p, align 4
  ret i32 %v
}
; CHECK-LABEL: define i32 @f(
; CHECK-NEXT: entry:
; CHECK-NEXT: %p = getelementptr [4 x i32], ptr addrspacecast (ptr addrspace(4) @table to ptr), i64 0, i64 %i
; CHECK-NEXT: %q = load ptr, ptr addrspacecast (ptr addrspace(4) @pointers to ptr), align 8

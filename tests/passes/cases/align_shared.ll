; emit: align-shared CHECK
@tile = internal addrspace(3) global [8 x [64 x float]] undef, align 4
@dynamic = external addrspace(3) global [0 x i32], align 4
@wide = internal addrspace(3) global [8 x i32] undef, align 32
@flag = internal addrspace(3) global i32 undef, align 4
@pair = internal addrspace(3) global [3 x i32] undef, align 4
@elsewhere = internal addrspace(1) global [8 x i32] zeroinitializer, align 4
; CHECK: @tile = internal addrspace(3) global [8 x [64 x float]] undef, align 16
; CHECK: @dynamic = external addrspace(3) global [0 x i32], align 16
; CHECK: @wide = internal addrspace(3) global [8 x i32] undef, align 32
; CHECK: @flag = internal addrspace(3) global i32 undef, align 4
; CHECK: @pair = internal addrspace(3) global [3 x i32] undef, align 4
; CHECK: @elsewhere = internal addrspace(1) global [8 x i32] zeroinitializer, align 4

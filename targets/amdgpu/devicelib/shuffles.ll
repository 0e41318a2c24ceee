; Shuffles: the way without LDS addresses where distance and segment are constants, which shows only after inlining and unrolling.
; Both ways are in warp.cpp.
target triple = "amdgcn-amd-amdhsa"

declare i1 @llvm.is.constant.i32(i32)

declare i32 @"__cw.shfl.up.constant"(i32, i32, i32) #1
declare i32 @"__cw.shfl.up.variable"(i32, i32, i32) #1

define i32 @"__cw.shfl.up"(i32 %value, i32 %b, i32 %c) #0 {
  %known.b = call i1 @llvm.is.constant.i32(i32 %b)
  %known.c = call i1 @llvm.is.constant.i32(i32 %c)
  %known = and i1 %known.b, %known.c
  br i1 %known, label %constant, label %variable

constant:
  %moved = call i32 @"__cw.shfl.up.constant"(i32 %value, i32 %b, i32 %c) #0
  ret i32 %moved

variable:
  %read = call i32 @"__cw.shfl.up.variable"(i32 %value, i32 %b, i32 %c) #0
  ret i32 %read
}

declare i32 @"__cw.shfl.down.constant"(i32, i32, i32) #1
declare i32 @"__cw.shfl.down.variable"(i32, i32, i32) #1

define i32 @"__cw.shfl.down"(i32 %value, i32 %b, i32 %c) #0 {
  %known.b = call i1 @llvm.is.constant.i32(i32 %b)
  %known.c = call i1 @llvm.is.constant.i32(i32 %c)
  %known = and i1 %known.b, %known.c
  br i1 %known, label %constant, label %variable

constant:
  %moved = call i32 @"__cw.shfl.down.constant"(i32 %value, i32 %b, i32 %c) #0
  ret i32 %moved

variable:
  %read = call i32 @"__cw.shfl.down.variable"(i32 %value, i32 %b, i32 %c) #0
  ret i32 %read
}

declare i32 @"__cw.shfl.bfly.constant"(i32, i32, i32) #1
declare i32 @"__cw.shfl.bfly.variable"(i32, i32, i32) #1

define i32 @"__cw.shfl.bfly"(i32 %value, i32 %b, i32 %c) #0 {
  %known.b = call i1 @llvm.is.constant.i32(i32 %b)
  %known.c = call i1 @llvm.is.constant.i32(i32 %c)
  %known = and i1 %known.b, %known.c
  br i1 %known, label %constant, label %variable

constant:
  %moved = call i32 @"__cw.shfl.bfly.constant"(i32 %value, i32 %b, i32 %c) #0
  ret i32 %moved

variable:
  %read = call i32 @"__cw.shfl.bfly.variable"(i32 %value, i32 %b, i32 %c) #0
  ret i32 %read
}

declare i32 @"__cw.shfl.idx.constant"(i32, i32, i32) #1
declare i32 @"__cw.shfl.idx.variable"(i32, i32, i32) #1

define i32 @"__cw.shfl.idx"(i32 %value, i32 %b, i32 %c) #0 {
  %known.b = call i1 @llvm.is.constant.i32(i32 %b)
  %known.c = call i1 @llvm.is.constant.i32(i32 %c)
  %known = and i1 %known.b, %known.c
  br i1 %known, label %constant, label %variable

constant:
  %moved = call i32 @"__cw.shfl.idx.constant"(i32 %value, i32 %b, i32 %c) #0
  ret i32 %moved

variable:
  %read = call i32 @"__cw.shfl.idx.variable"(i32 %value, i32 %b, i32 %c) #0
  ret i32 %read
}

attributes #0 = { alwaysinline convergent nounwind }
attributes #1 = { convergent nounwind }

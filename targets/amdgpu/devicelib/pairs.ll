; Operations with two results, {i32, i1}: C++ has no spelling for that LLVM type.

declare i32 @__nvvm.shfl.sync.up.i32(i32, i32, i32, i32) #0
declare i32 @__nvvm.shfl.sync.down.i32(i32, i32, i32, i32) #0
declare i32 @__nvvm.shfl.sync.bfly.i32(i32, i32, i32, i32) #0
declare i32 @__nvvm.shfl.sync.idx.i32(i32, i32, i32, i32) #0
declare float @__nvvm.shfl.sync.up.f32(i32, float, i32, i32) #0
declare float @__nvvm.shfl.sync.down.f32(i32, float, i32, i32) #0
declare float @__nvvm.shfl.sync.bfly.f32(i32, float, i32, i32) #0
declare float @__nvvm.shfl.sync.idx.f32(i32, float, i32, i32) #0
declare i1 @__cw.shfl.up.inside(i32, i32) #0
declare i1 @__cw.shfl.down.inside(i32, i32) #0
declare i1 @__cw.shfl.bfly.inside(i32, i32) #0
declare i1 @__cw.shfl.idx.inside(i32, i32) #0
declare i1 @__cw.match.all.i32(i32, i32) #0
declare i1 @__cw.match.all.i64(i32, i64) #0
declare i32 @__nvvm.read.ptx.sreg.laneid()

define { i32, i1 } @__nvvm.shfl.sync.up.i32p(i32 %mask, i32 %value, i32 %b, i32 %c) #0 {
  %read = call i32 @__nvvm.shfl.sync.up.i32(i32 %mask, i32 %value, i32 %b, i32 %c) #0
  %inside = call i1 @__cw.shfl.up.inside(i32 %b, i32 %c) #0
  %first = insertvalue { i32, i1 } poison, i32 %read, 0
  %both = insertvalue { i32, i1 } %first, i1 %inside, 1
  ret { i32, i1 } %both
}

define { float, i1 } @__nvvm.shfl.sync.up.f32p(i32 %mask, float %value, i32 %b, i32 %c) #0 {
  %read = call float @__nvvm.shfl.sync.up.f32(i32 %mask, float %value, i32 %b, i32 %c) #0
  %inside = call i1 @__cw.shfl.up.inside(i32 %b, i32 %c) #0
  %first = insertvalue { float, i1 } poison, float %read, 0
  %both = insertvalue { float, i1 } %first, i1 %inside, 1
  ret { float, i1 } %both
}

define { i32, i1 } @__nvvm.shfl.sync.down.i32p(i32 %mask, i32 %value, i32 %b, i32 %c) #0 {
  %read = call i32 @__nvvm.shfl.sync.down.i32(i32 %mask, i32 %value, i32 %b, i32 %c) #0
  %inside = call i1 @__cw.shfl.down.inside(i32 %b, i32 %c) #0
  %first = insertvalue { i32, i1 } poison, i32 %read, 0
  %both = insertvalue { i32, i1 } %first, i1 %inside, 1
  ret { i32, i1 } %both
}

define { float, i1 } @__nvvm.shfl.sync.down.f32p(i32 %mask, float %value, i32 %b, i32 %c) #0 {
  %read = call float @__nvvm.shfl.sync.down.f32(i32 %mask, float %value, i32 %b, i32 %c) #0
  %inside = call i1 @__cw.shfl.down.inside(i32 %b, i32 %c) #0
  %first = insertvalue { float, i1 } poison, float %read, 0
  %both = insertvalue { float, i1 } %first, i1 %inside, 1
  ret { float, i1 } %both
}

define { i32, i1 } @__nvvm.shfl.sync.bfly.i32p(i32 %mask, i32 %value, i32 %b, i32 %c) #0 {
  %read = call i32 @__nvvm.shfl.sync.bfly.i32(i32 %mask, i32 %value, i32 %b, i32 %c) #0
  %inside = call i1 @__cw.shfl.bfly.inside(i32 %b, i32 %c) #0
  %first = insertvalue { i32, i1 } poison, i32 %read, 0
  %both = insertvalue { i32, i1 } %first, i1 %inside, 1
  ret { i32, i1 } %both
}

define { float, i1 } @__nvvm.shfl.sync.bfly.f32p(i32 %mask, float %value, i32 %b, i32 %c) #0 {
  %read = call float @__nvvm.shfl.sync.bfly.f32(i32 %mask, float %value, i32 %b, i32 %c) #0
  %inside = call i1 @__cw.shfl.bfly.inside(i32 %b, i32 %c) #0
  %first = insertvalue { float, i1 } poison, float %read, 0
  %both = insertvalue { float, i1 } %first, i1 %inside, 1
  ret { float, i1 } %both
}

define { i32, i1 } @__nvvm.shfl.sync.idx.i32p(i32 %mask, i32 %value, i32 %b, i32 %c) #0 {
  %read = call i32 @__nvvm.shfl.sync.idx.i32(i32 %mask, i32 %value, i32 %b, i32 %c) #0
  %inside = call i1 @__cw.shfl.idx.inside(i32 %b, i32 %c) #0
  %first = insertvalue { i32, i1 } poison, i32 %read, 0
  %both = insertvalue { i32, i1 } %first, i1 %inside, 1
  ret { i32, i1 } %both
}

define { float, i1 } @__nvvm.shfl.sync.idx.f32p(i32 %mask, float %value, i32 %b, i32 %c) #0 {
  %read = call float @__nvvm.shfl.sync.idx.f32(i32 %mask, float %value, i32 %b, i32 %c) #0
  %inside = call i1 @__cw.shfl.idx.inside(i32 %b, i32 %c) #0
  %first = insertvalue { float, i1 } poison, float %read, 0
  %both = insertvalue { float, i1 } %first, i1 %inside, 1
  ret { float, i1 } %both
}

define { i32, i1 } @__nvvm.match.all.sync.i32p(i32 %mask, i32 %value) #0 {
  %all = call i1 @__cw.match.all.i32(i32 %mask, i32 %value) #0
  %lanes = select i1 %all, i32 %mask, i32 0
  %first = insertvalue { i32, i1 } poison, i32 %lanes, 0
  %both = insertvalue { i32, i1 } %first, i1 %all, 1
  ret { i32, i1 } %both
}

define { i32, i1 } @__nvvm.match.all.sync.i64p(i32 %mask, i64 %value) #0 {
  %all = call i1 @__cw.match.all.i64(i32 %mask, i64 %value) #0
  %lanes = select i1 %all, i32 %mask, i32 0
  %first = insertvalue { i32, i1 } poison, i32 %lanes, 0
  %both = insertvalue { i32, i1 } %first, i1 %all, 1
  ret { i32, i1 } %both
}

; One member of the mask is elected: its lowest lane.
define { i32, i1 } @__nvvm.elect.sync(i32 %mask) #0 {
  %leader = call i32 @llvm.cttz.i32(i32 %mask, i1 false)
  %lane = call i32 @__nvvm.read.ptx.sreg.laneid()
  %elected = icmp eq i32 %lane, %leader
  %first = insertvalue { i32, i1 } poison, i32 %leader, 0
  %both = insertvalue { i32, i1 } %first, i1 %elected, 1
  ret { i32, i1 } %both
}

declare i32 @llvm.cttz.i32(i32, i1)

attributes #0 = { convergent nounwind }

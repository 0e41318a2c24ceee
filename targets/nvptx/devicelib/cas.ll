; Compare-and-swap at device scope, relaxed: clang drops the scope for NVPTX, LLVM text keeps it.

define i16 @__cw.cas.device.i16(ptr %p, i16 %expected, i16 %desired) {
  %pair = cmpxchg ptr %p, i16 %expected, i16 %desired syncscope("device") monotonic monotonic
  %old = extractvalue { i16, i1 } %pair, 0
  ret i16 %old
}

define i32 @__cw.cas.device.i32(ptr %p, i32 %expected, i32 %desired) {
  %pair = cmpxchg ptr %p, i32 %expected, i32 %desired syncscope("device") monotonic monotonic
  %old = extractvalue { i32, i1 } %pair, 0
  ret i32 %old
}

define i64 @__cw.cas.device.i64(ptr %p, i64 %expected, i64 %desired) {
  %pair = cmpxchg ptr %p, i64 %expected, i64 %desired syncscope("device") monotonic monotonic
  %old = extractvalue { i64, i1 } %pair, 0
  ret i64 %old
}


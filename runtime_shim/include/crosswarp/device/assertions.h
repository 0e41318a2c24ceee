// The assertions of GCC's standard library: its constexpr functions name them, also where they are switched off (GCC 14 and later).
// A failed one ends the launch. Declared before the library's own host functions, beside which clang lets them stand.
#ifndef CROSSWARP_DEVICE_ASSERTIONS_H
#define CROSSWARP_DEVICE_ASSERTIONS_H

namespace std {

__attribute__((device, always_inline, visibility("default"))) inline void __glibcxx_assert_fail() { __builtin_trap(); }

extern "C++" __attribute__((device, noreturn)) inline void __glibcxx_assert_fail(const char*, int, const char*,
                                                                                 const char*) noexcept {
  __builtin_trap();
}

}  // namespace std

#endif

// Values of any trivially copyable type, moved between threads in 32-bit words. Part of cooperative_groups.h.
#ifndef CROSSWARP_COOPERATIVE_GROUPS_WORDS_H
#define CROSSWARP_COOPERATIVE_GROUPS_WORDS_H

namespace cooperative_groups::__v1 {
namespace details {
constexpr unsigned largest_value = 32;

// The value with `move` applied to each of its words.
template <class __T, class Move>
CG_DEVICE __T by_words(const __T& value, Move move) {
  static_assert(sizeof(__T) <= largest_value, "threads exchange values of at most 32 bytes");
  static_assert(__is_trivially_copyable(__T), "threads exchange trivially copyable values only");
  unsigned words[(sizeof(__T) + 3) / 4] = {};
  __builtin_memcpy(words, &value, sizeof(__T));
  for (unsigned& word : words) word = move(word);
  union {
    char none;
    __T value;
  } moved = {};
  __builtin_memcpy((void*)&moved.value, words, sizeof(__T));
  return moved.value;
}

template <class __T>
struct plain {
  typedef __T type;
};
template <class __T>
struct plain<__T&> {
  typedef __T type;
};
template <class __T>
struct plain<__T&&> {
  typedef __T type;
};
template <class __T>
struct plain<const __T> : plain<__T> {};
template <class __T>
struct plain<const __T&> : plain<__T> {};

// What an operator makes of two values. (std::declval is a host function.)
template <class __T>
__device__ typename plain<__T>::type& some();
template <class __T, class Operator>
using combined = typename plain<decltype(some<Operator>()(some<__T>(), some<__T>()))>::type;

// The bits that a match compares.
template <class __T>
using match_word = typename ::__cw::choose<(sizeof(__T) <= 4), unsigned, unsigned long long>::type;
template <class __T>
CG_DEVICE match_word<__T> match_bits(const __T& value) {
  static_assert(sizeof(__T) <= 8, "matches compare values of at most 8 bytes");
  match_word<__T> bits = 0;
  __builtin_memcpy(&bits, &value, sizeof(__T));
  return bits;
}
}  // namespace details
}  // namespace cooperative_groups::__v1

#endif

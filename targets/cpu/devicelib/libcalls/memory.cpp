// The C library's memory functions: LLVM emits calls to them for large copies and fills.
#include <stddef.h>
#include <stdint.h>

namespace {

typedef uint8_t Chunk __attribute__((vector_size(32), aligned(1), may_alias));
typedef uint64_t Word __attribute__((aligned(1), may_alias));

inline void copy_forwards(uint8_t* to, const uint8_t* from, size_t n) {
  for (; n >= sizeof(Chunk); n -= sizeof(Chunk), to += sizeof(Chunk), from += sizeof(Chunk)) {
    *reinterpret_cast<Chunk*>(to) = *reinterpret_cast<const Chunk*>(from);
  }
  for (; n >= sizeof(Word); n -= sizeof(Word), to += sizeof(Word), from += sizeof(Word)) {
    *reinterpret_cast<Word*>(to) = *reinterpret_cast<const Word*>(from);
  }
  for (; n; --n) *to++ = *from++;
}

inline void copy_backwards(uint8_t* to, const uint8_t* from, size_t n) {
  for (; n >= sizeof(Word); n -= sizeof(Word)) {
    *reinterpret_cast<Word*>(to + n - sizeof(Word)) = *reinterpret_cast<const Word*>(from + n - sizeof(Word));
  }
  for (; n; --n) to[n - 1] = from[n - 1];
}

}  // namespace

extern "C" {

void* memcpy(void* to, const void* from, size_t n) {
  copy_forwards(static_cast<uint8_t*>(to), static_cast<const uint8_t*>(from), n);
  return to;
}

void* memmove(void* to, const void* from, size_t n) {
  uint8_t* target = static_cast<uint8_t*>(to);
  const uint8_t* source = static_cast<const uint8_t*>(from);
  // Copying forwards is safe when the target starts below the source: each chunk is read before it is written.
  if (target <= source || target >= source + n) {
    copy_forwards(target, source, n);
  } else {
    copy_backwards(target, source, n);
  }
  return to;
}

void* memset(void* to, int value, size_t n) {
  uint8_t* target = static_cast<uint8_t*>(to);
  const Chunk chunk = Chunk{} + static_cast<uint8_t>(value);
  for (; n >= sizeof(Chunk); n -= sizeof(Chunk), target += sizeof(Chunk)) *reinterpret_cast<Chunk*>(target) = chunk;
  for (; n; --n) *target++ = static_cast<uint8_t>(value);
  return to;
}

int memcmp(const void* a, const void* b, size_t n) {
  const uint8_t *left = static_cast<const uint8_t*>(a), *right = static_cast<const uint8_t*>(b);
  for (; n; --n, ++left, ++right) {
    if (*left != *right) return *left < *right ? -1 : 1;
  }
  return 0;
}

int bcmp(const void* a, const void* b, size_t n) { return memcmp(a, b, n); }
}

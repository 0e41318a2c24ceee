#include "fatbin/embedded.hpp"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/blake2b.hpp"
#include "fatbin/reader.hpp"

namespace cw::fatbin {
namespace {

constexpr char kMark[] = "\n//@crosswarp-fatbin ";
constexpr char kLine[] = "\n//@";
constexpr size_t kHeaderBytes = 32;

// The 6 bits that a character of base64 stands for (RFC 4648); -1 for any other.
int digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

// `word`: a blank and the digest in hexadecimal.
bool is_digest_of(const char* text, size_t bytes, const char* word) {
  uint8_t digest[compiler::kDigestBytes];
  char expected[2 * sizeof digest + 2] = " ";
  compiler::Blake2b state;
  state.add(text, bytes);
  state.finish(digest);
  for (size_t i = 0; i < sizeof digest; ++i) snprintf(expected + 1 + 2 * i, 3, "%02x", digest[i]);
  return strncmp(word, expected, sizeof expected - 1) == 0;
}

// The lines of base64 at the line feed `at`.
void decode(const char* at, Vector<uint8_t>* out) {
  uint32_t bits = 0;
  int count = 0;
  out->clear();
  while (strncmp(at, kLine, sizeof kLine - 1) == 0) {
    for (at += sizeof kLine - 1; digit(*at) >= 0; ++at) {
      bits = bits << 6 | static_cast<uint32_t>(digit(*at));
      count += 6;
      if (count < 8) continue;
      count -= 8;
      out->push(static_cast<uint8_t>(bits >> count));
    }
    while (*at == '=') ++at;
  }
}

}  // namespace

size_t text_bytes(const char* ptx) {
  const char* mark = strstr(ptx, kMark);
  return mark != nullptr ? static_cast<size_t>(mark - ptx) : strlen(ptx);
}

bool read_embedded(const char* ptx, Vector<uint8_t>* out) {
  const char* at = ptx + text_bytes(ptx);
  if (*at == '\0') return false;
  char* end = nullptr;
  const size_t bytes = strtoull(at + sizeof kMark - 1, &end, 10);
  if (!is_digest_of(ptx, static_cast<size_t>(at - ptx), end)) return false;
  decode(end + strcspn(end, "\n"), out);
  return out->size() == bytes && bytes >= kHeaderBytes && has_magic(out->data()) && total_bytes(out->data()) == bytes;
}

}  // namespace cw::fatbin

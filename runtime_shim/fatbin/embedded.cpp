#include "fatbin/embedded.hpp"

#include <stdlib.h>
#include <string.h>

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

}  // namespace

bool read_embedded(const char* ptx, Vector<uint8_t>* out) {
  const char* at = strstr(ptx, kMark);
  if (at == nullptr) return false;
  char* end = nullptr;
  const size_t bytes = strtoull(at + sizeof kMark - 1, &end, 10);
  uint32_t bits = 0;
  int count = 0;
  out->clear();
  for (at = end; strncmp(at, kLine, sizeof kLine - 1) == 0;) {
    for (at += sizeof kLine - 1; digit(*at) >= 0; ++at) {
      bits = bits << 6 | static_cast<uint32_t>(digit(*at));
      count += 6;
      if (count < 8) continue;
      count -= 8;
      out->push(static_cast<uint8_t>(bits >> count));
    }
    while (*at == '=') ++at;
  }
  return out->size() == bytes && bytes >= kHeaderBytes && has_magic(out->data()) && total_bytes(out->data()) == bytes;
}

}  // namespace cw::fatbin

#include "devices/nvidia/ptx_parameters.hpp"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

namespace cw::nvidia {
namespace {

// Words, directives (with their point) and single characters. The text ends with a zero.
class Tokens {
 public:
  explicit Tokens(const char* at) : at_(at) {}
  // False at the end.
  bool next() {
    skip_blanks();
    text = at_;
    while (is_word(*at_)) ++at_;
    if (at_ == text && *at_ != 0) ++at_;
    length = static_cast<size_t>(at_ - text);
    return length != 0;
  }
  bool is(const char* word) const { return length == strlen(word) && memcmp(text, word, length) == 0; }

  const char* text = nullptr;
  size_t length = 0;

 private:
  static bool is_word(char c) {
    return isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$' || c == '.' || c == '%';
  }
  void skip_blanks() {
    while (*at_ != 0) {
      const char* end = nullptr;
      if (strncmp(at_, "//", 2) == 0) end = strchr(at_, '\n');
      if (strncmp(at_, "/*", 2) == 0 && (end = strstr(at_, "*/")) != nullptr) end += 2;
      if (end != nullptr) {
        at_ = end;
      } else if (isspace(static_cast<unsigned char>(*at_)) != 0) {
        ++at_;
      } else {
        return;
      }
    }
  }
  const char* at_;
};

// Bytes of a type such as `.u64`; 0 for other directives.
size_t type_bytes(const Tokens& token) {
  if (token.length < 3 || token.text[0] != '.' || strchr("usbf", token.text[1]) == nullptr) return 0;
  char* end = nullptr;
  const unsigned long bits = strtoul(token.text + 2, &end, 10);
  return end == token.text + token.length ? bits / 8 : 0;
}

// After `(`: the parameters up to `)`.
void read_list(Tokens& token, gpu::KernelParameters* kernel) {
  size_t end = 0;
  size_t bytes = 0;
  size_t align = 0;
  bool of_pointee = false;  // `.ptr .align n` speaks of what a pointer points to
  const auto finish = [&] {
    if (bytes == 0) return;
    const size_t offset = (end + align - 1) / align * align;
    kernel->parameters.push(gpu::Parameter{offset, bytes});
    end = offset + bytes;
    bytes = align = 0;
    of_pointee = false;
  };
  while (token.next() && !token.is(")")) {
    if (token.is(",")) finish();
    if (token.is(".ptr")) of_pointee = true;
    if (token.is(".align") && token.next() && !of_pointee) align = strtoul(token.text, nullptr, 10);
    if (token.is("[") && token.next()) bytes *= strtoul(token.text, nullptr, 10);
    const size_t type = type_bytes(token);
    if (type == 0) continue;
    bytes = type;
    if (align == 0) align = type;
  }
  finish();
}

}  // namespace

void read_ptx_parameters(const char* ptx, size_t bytes, gpu::ParameterTable* out) {
  if (bytes == 0 || ptx[bytes - 1] != 0) return;
  Tokens token(ptx);
  while (token.next()) {
    if (!token.is(".entry") || !token.next()) continue;
    gpu::KernelParameters& kernel = out->add(token.text, token.length);
    if (token.next() && token.is("(")) read_list(token, &kernel);
  }
  out->complete();
}

}  // namespace cw::nvidia

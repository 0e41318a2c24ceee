// Reads MessagePack, the form of an AMD code object's metadata. Every read checks the end; after a failure all later ones fail too.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cw::hip {

class MsgPack {
 public:
  MsgPack(const uint8_t* at, size_t bytes) : at_(at), end_(at + bytes) {}
  bool failed() const { return at_ == nullptr; }

  // Entries of a map or an array; 0 and failed where the next value is none.
  size_t map() { return container(0x80, 0xde); }
  size_t array() { return container(0x90, 0xdc); }
  // A string without end mark; null where the next value is none.
  const char* string(size_t* length) {
    const uint8_t tag = byte();
    *length = (tag & 0xe0) == 0xa0         ? tag & 0x1fu
              : tag >= 0xd9 && tag <= 0xdb ? static_cast<size_t>(number(1u << (tag - 0xd9)))
                                           : fail();
    return reinterpret_cast<const char*>(take(*length));
  }
  uint64_t unsigned_number() {
    const uint8_t tag = byte();
    if (tag < 0x80) return tag;
    return tag >= 0xcc && tag <= 0xcf ? number(1u << (tag - 0xcc)) : fail();
  }
  bool boolean() {
    const uint8_t tag = byte();
    if (tag != 0xc2 && tag != 0xc3) fail();
    return tag == 0xc3;
  }
  void skip() {
    size_t open = 1;  // values still to be read
    while (open-- > 0 && !failed()) open += skip_one();
  }

 private:
  size_t fail() {
    at_ = nullptr;
    return 0;
  }
  const uint8_t* take(size_t bytes) {
    if (failed() || static_cast<size_t>(end_ - at_) < bytes) {
      fail();
      return nullptr;
    }
    const uint8_t* taken = at_;
    at_ += bytes;
    return taken;
  }
  uint8_t byte() {
    const uint8_t* taken = take(1);
    return taken != nullptr ? *taken : 0xc1;  // the tag that means nothing
  }
  uint64_t number(size_t bytes) {
    const uint8_t* taken = take(bytes);
    uint64_t value = 0;
    for (size_t i = 0; taken != nullptr && i < bytes; ++i) value = value << 8 | taken[i];
    return value;
  }
  size_t container(uint8_t fixed, uint8_t sized) {
    const uint8_t tag = byte();
    if ((tag & 0xf0) == fixed) return tag & 0x0fu;
    return tag == sized || tag == sized + 1 ? static_cast<size_t>(number(tag == sized ? 2 : 4)) : fail();
  }
  // Reads a scalar, or the head of a container; returns how many values that adds.
  size_t skip_one() {
    const uint8_t tag = byte();
    if (tag < 0x80 || tag >= 0xe0 || tag == 0xc0 || tag == 0xc2 || tag == 0xc3) return 0;
    if (tag < 0x90) return 2 * (tag & 0x0fu);
    if (tag < 0xa0) return tag & 0x0fu;
    if (tag < 0xc0) return skip_bytes(tag & 0x1fu);
    switch (tag) {
      case 0xc4:
      case 0xc5:
      case 0xc6:
        return skip_bytes(number(1u << (tag - 0xc4)));
      case 0xc7:
      case 0xc8:
      case 0xc9:
        return skip_bytes(number(1u << (tag - 0xc7)) + 1);
      case 0xca:
      case 0xcb:
        return skip_bytes(tag == 0xca ? 4 : 8);
      case 0xcc:
      case 0xcd:
      case 0xce:
      case 0xcf:
        return skip_bytes(1u << (tag - 0xcc));
      case 0xd0:
      case 0xd1:
      case 0xd2:
      case 0xd3:
        return skip_bytes(1u << (tag - 0xd0));
      case 0xd4:
      case 0xd5:
      case 0xd6:
      case 0xd7:
      case 0xd8:
        return skip_bytes((1u << (tag - 0xd4)) + 1);
      case 0xd9:
      case 0xda:
      case 0xdb:
        return skip_bytes(number(1u << (tag - 0xd9)));
      case 0xdc:
      case 0xdd:
        return number(tag == 0xdc ? 2 : 4);
      case 0xde:
      case 0xdf:
        return 2 * number(tag == 0xde ? 2 : 4);
      default:
        return fail();
    }
  }
  size_t skip_bytes(size_t bytes) {
    take(bytes);
    return 0;
  }

  const uint8_t* at_;  // null after a failure
  const uint8_t* end_;
};

}  // namespace cw::hip

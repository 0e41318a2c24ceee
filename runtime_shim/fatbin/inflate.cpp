#include "fatbin/inflate.hpp"

#include <cstring>

namespace cw::fatbin {
namespace {

constexpr int kMaxBits = 15;

// Canonical Huffman code: symbols sorted by code, and how many there are of each length.
struct Huffman {
  uint16_t count[kMaxBits + 1];
  uint16_t symbol[288];

  // False when the lengths describe more codes than exist.
  bool build(const uint8_t* lengths, int n) {
    std::memset(count, 0, sizeof count);
    for (int i = 0; i < n; ++i) ++count[lengths[i]];
    count[0] = 0;
    int left = 1;
    uint16_t offset[kMaxBits + 2] = {};
    for (int length = 1; length <= kMaxBits; ++length) {
      left = 2 * left - count[length];
      if (left < 0) return false;
      offset[length + 1] = static_cast<uint16_t>(offset[length] + count[length]);
    }
    for (int i = 0; i < n; ++i) {
      if (lengths[i] != 0) symbol[offset[lengths[i]]++] = static_cast<uint16_t>(i);
    }
    return true;
  }
};

class Inflater {
 public:
  Inflater(const uint8_t* in, size_t in_size, uint8_t* out, size_t out_size)
      : in_(in), in_end_(in + in_size), out_(out), out_begin_(out), out_end_(out + out_size) {}

  // All blocks of one deflate stream.
  bool run() {
    bool last = false;
    while (!last && ok_) {
      last = bits(1) != 0;
      switch (bits(2)) {
        case 0:
          stored();
          break;
        case 1:
          fixed();
          break;
        case 2:
          dynamic();
          break;
        default:
          ok_ = false;
      }
    }
    return ok_ && out_ == out_end_;
  }
  const uint8_t* rest() const { return in_; }

 private:
  uint32_t bits(int n) {
    while (held_ < n) {
      if (in_ == in_end_) {
        ok_ = false;
        return 0;
      }
      hold_ |= static_cast<uint32_t>(*in_++) << held_;
      held_ += 8;
    }
    const uint32_t value = hold_ & ((1u << n) - 1);
    hold_ >>= n;
    held_ -= n;
    return value;
  }

  int decode(const Huffman& code) {
    int value = 0;
    int first = 0;
    int index = 0;
    for (int length = 1; length <= kMaxBits && ok_; ++length) {
      value |= static_cast<int>(bits(1));
      const int count = code.count[length];
      if (value - count < first) return code.symbol[index + (value - first)];
      index += count;
      first = (first + count) << 1;
      value <<= 1;
    }
    ok_ = false;
    return 256;
  }

  void stored() {
    hold_ = 0;
    held_ = 0;
    if (in_end_ - in_ < 4) {
      ok_ = false;
      return;
    }
    const size_t length = in_[0] | static_cast<size_t>(in_[1]) << 8;
    in_ += 4;
    if (static_cast<size_t>(in_end_ - in_) < length || static_cast<size_t>(out_end_ - out_) < length) {
      ok_ = false;
      return;
    }
    std::memcpy(out_, in_, length);
    in_ += length;
    out_ += length;
  }

  void fixed() {
    uint8_t lengths[288 + 30];
    for (int i = 0; i < 288; ++i) lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
    for (int i = 0; i < 30; ++i) lengths[288 + i] = 5;
    literals_.build(lengths, 288);
    distances_.build(lengths + 288, 30);
    compressed();
  }

  void dynamic() {
    static const uint8_t order[19] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    const int literals = static_cast<int>(bits(5)) + 257;
    const int distances = static_cast<int>(bits(5)) + 1;
    const int codes = static_cast<int>(bits(4)) + 4;
    uint8_t lengths[320] = {};
    for (int i = 0; i < codes; ++i) lengths[order[i]] = static_cast<uint8_t>(bits(3));
    Huffman code;
    if (literals > 286 || distances > 30 || !code.build(lengths, 19)) {
      ok_ = false;
      return;
    }
    if (!read_lengths(code, lengths, literals + distances)) return;
    ok_ = ok_ && literals_.build(lengths, literals) && distances_.build(lengths + literals, distances);
    compressed();
  }

  bool read_lengths(const Huffman& code, uint8_t* lengths, int total) {
    int i = 0;
    while (i < total && ok_) {
      const int symbol = decode(code);
      if (symbol < 16) {
        lengths[i++] = static_cast<uint8_t>(symbol);
        continue;
      }
      const uint8_t value = symbol == 16 && i > 0 ? lengths[i - 1] : 0;
      ok_ = ok_ && !(symbol == 16 && i == 0) && symbol <= 18;
      int repeat = static_cast<int>(symbol == 16 ? 3 + bits(2) : symbol == 17 ? 3 + bits(3) : 11 + bits(7));
      if (i + repeat > total) ok_ = false;
      while (ok_ && repeat-- > 0) lengths[i++] = value;
    }
    return ok_;
  }

  void compressed() {
    static const uint16_t length_base[29] = {3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                             31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
    static const uint8_t length_extra[29] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
    static const uint16_t distance_base[30] = {1,    2,    3,    4,    5,    7,    9,    13,    17,    25,
                                               33,   49,   65,   97,   129,  193,  257,  385,   513,   769,
                                               1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
    while (ok_) {
      const int symbol = decode(literals_);
      if (!ok_ || symbol == 256) return;
      if (symbol < 256) {
        if (out_ == out_end_) ok_ = false;
        if (ok_) *out_++ = static_cast<uint8_t>(symbol);
        continue;
      }
      if (symbol > 285) {
        ok_ = false;
        return;
      }
      const size_t length = length_base[symbol - 257] + bits(length_extra[symbol - 257]);
      const int slot = decode(distances_);
      if (!ok_ || slot > 29) {
        ok_ = false;
        return;
      }
      copy(distance_base[slot] + bits(slot < 2 ? 0 : slot / 2 - 1), length);
    }
  }

  void copy(size_t distance, size_t length) {
    if (static_cast<size_t>(out_ - out_begin_) < distance || static_cast<size_t>(out_end_ - out_) < length) {
      ok_ = false;
      return;
    }
    for (; length > 0; --length, ++out_) *out_ = out_[-static_cast<ptrdiff_t>(distance)];
  }

  const uint8_t* in_;
  const uint8_t* in_end_;
  uint8_t* out_;
  uint8_t* out_begin_;
  uint8_t* out_end_;
  uint32_t hold_ = 0;
  int held_ = 0;
  bool ok_ = true;
  Huffman literals_{};
  Huffman distances_{};
};

uint32_t adler32(const uint8_t* data, size_t size) {
  uint32_t a = 1;
  uint32_t b = 0;
  for (size_t i = 0; i < size; ++i) {
    a = (a + data[i]) % 65521;
    b = (b + a) % 65521;
  }
  return b << 16 | a;
}

}  // namespace

bool inflate_zlib(const uint8_t* in, size_t in_size, uint8_t* out, size_t out_size) {
  if (in_size < 6 || (in[0] & 0x0f) != 8 || (in[0] * 256 + in[1]) % 31 != 0 || (in[1] & 0x20) != 0) return false;
  Inflater inflater(in + 2, in_size - 6, out, out_size);
  if (!inflater.run()) return false;
  const uint8_t* sum = in + in_size - 4;
  const uint32_t expected = static_cast<uint32_t>(sum[0]) << 24 | sum[1] << 16 | sum[2] << 8 | sum[3];
  return adler32(out, out_size) == expected;
}

}  // namespace cw::fatbin

// Writes an RGB picture as PNG, and turns numbers into colours. Host code, C++ standard library only.
//
// PNG holds its pixels in a zlib stream. Deflate allows "stored" (uncompressed) blocks of up to 65,535 bytes, so a
// valid file needs no compressor: two checksums (Adler-32 of the pixels, CRC-32 of each chunk) and big-endian lengths.
// Format: RFC 2083 (PNG), RFC 1950 (zlib), RFC 1951 (deflate).

#ifndef SAMPLES_COMMON_IMAGE_H
#define SAMPLES_COMMON_IMAGE_H

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

namespace samples {

struct Colour {
  std::uint8_t red, green, blue;
};

// A picture of `width` x `height` pixels, row 0 at the top.
class Image {
 public:
  Image(int width, int height) : width_(width), height_(height), pixels_(static_cast<std::size_t>(width) * height) {}

  Colour& at(int x, int y) { return pixels_[static_cast<std::size_t>(y) * width_ + x]; }

  // Returns false when the file cannot be written.
  bool write_png(const std::string& path) const {
    Bytes file = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    append_chunk(file, "IHDR", header());
    append_chunk(file, "IDAT", zlib_stored(scanlines()));
    append_chunk(file, "IEND", {});
    std::FILE* out = std::fopen(path.c_str(), "wb");
    if (out == nullptr) return false;
    const bool written = std::fwrite(file.data(), 1, file.size(), out) == file.size();
    return std::fclose(out) == 0 && written;
  }

 private:
  using Bytes = std::vector<std::uint8_t>;

  static void append_u32(Bytes& bytes, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(value >> shift));
  }

  static std::uint32_t crc32(const std::uint8_t* data, std::size_t size) {
    std::uint32_t crc = 0xffffffffu;
    for (std::size_t i = 0; i < size; ++i) {
      crc ^= data[i];
      for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (0xedb88320u & (0u - (crc & 1u)));
    }
    return ~crc;
  }

  static std::uint32_t adler32(const Bytes& bytes) {
    std::uint32_t low = 1, high = 0;
    for (const std::uint8_t byte : bytes) {
      low = (low + byte) % 65521u;
      high = (high + low) % 65521u;
    }
    return high << 16 | low;
  }

  // Length, four-letter type, data, CRC of type and data.
  static void append_chunk(Bytes& file, const char* type, const Bytes& data) {
    append_u32(file, static_cast<std::uint32_t>(data.size()));
    const std::size_t start = file.size();
    file.insert(file.end(), type, type + 4);
    file.insert(file.end(), data.begin(), data.end());
    append_u32(file, crc32(file.data() + start, file.size() - start));
  }

  Bytes header() const {
    Bytes bytes;
    append_u32(bytes, static_cast<std::uint32_t>(width_));
    append_u32(bytes, static_cast<std::uint32_t>(height_));
    const Bytes rest = {8 /* bits per sample */, 2 /* RGB */, 0 /* deflate */, 0 /* filter method */, 0 /* no interlace */};
    bytes.insert(bytes.end(), rest.begin(), rest.end());
    return bytes;
  }

  // Each row starts with its filter type: 0, none.
  Bytes scanlines() const {
    Bytes bytes;
    bytes.reserve(static_cast<std::size_t>(height_) * (3 * width_ + 1));
    for (std::size_t i = 0; i < pixels_.size(); ++i) {
      if (i % width_ == 0) bytes.push_back(0);
      bytes.insert(bytes.end(), {pixels_[i].red, pixels_[i].green, pixels_[i].blue});
    }
    return bytes;
  }

  static Bytes zlib_stored(const Bytes& raw) {
    Bytes stream = {0x78, 0x01};
    for (std::size_t start = 0; start < raw.size(); start += 65535) {
      const std::size_t length = std::min<std::size_t>(65535, raw.size() - start);
      const auto low = static_cast<std::uint8_t>(length & 0xff), high = static_cast<std::uint8_t>(length >> 8);
      const std::uint8_t last = start + length == raw.size() ? 1 : 0;
      const std::uint8_t block[] = {last, low, high, static_cast<std::uint8_t>(~low), static_cast<std::uint8_t>(~high)};
      stream.insert(stream.end(), block, block + 5);
      stream.insert(stream.end(), raw.data() + start, raw.data() + start + length);
    }
    append_u32(stream, adler32(raw));
    return stream;
  }

  int width_, height_;
  std::vector<Colour> pixels_;
};

// A point on the line through evenly spaced colour stops; `position` in [0, 1], clamped.
template <std::size_t Count>
Colour gradient(const std::array<Colour, Count>& stops, float position) {
  const float scaled = std::clamp(position, 0.0f, 1.0f) * (Count - 1);
  const std::size_t index = std::min(static_cast<std::size_t>(scaled), Count - 2);
  const float part = scaled - static_cast<float>(index);
  const auto mix = [part](std::uint8_t from, std::uint8_t to) {
    return static_cast<std::uint8_t>(std::lround(from + part * (to - from)));
  };
  const Colour a = stops[index], b = stops[index + 1];
  return {mix(a.red, b.red), mix(a.green, b.green), mix(a.blue, b.blue)};
}

// Black, violet, red, orange, pale yellow: brightness grows steadily, so it also reads in grey.
inline Colour heat_colour(float position) {
  static constexpr std::array<Colour, 6> stops = {
      {{4, 3, 20}, {76, 16, 103}, {166, 44, 88}, {231, 92, 48}, {251, 172, 44}, {252, 253, 191}}};
  return gradient(stops, position);
}

// Navy, blue, white, amber, brown, and back to navy: a closed ring, for quantities that repeat.
inline Colour ring_colour(float position) {
  static constexpr std::array<Colour, 6> stops = {
      {{8, 12, 58}, {32, 96, 190}, {236, 248, 252}, {252, 176, 26}, {110, 42, 6}, {8, 12, 58}}};
  return gradient(stops, position - std::floor(position));
}

}  // namespace samples

#endif

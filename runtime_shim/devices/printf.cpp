#include "devices/printf.hpp"

#include <crosswarp/printf_format.h>

#include <cstdio>
#include <cstring>

#include "core/vector.hpp"

namespace cw {
namespace {

// Reads packed arguments: each at the next multiple of its own size.
class ArgumentReader {
 public:
  explicit ArgumentReader(const void* packed) : base_(static_cast<const char*>(packed)) {}
  template <typename T>
  T take() {
    at_ = (at_ + sizeof(T) - 1) / sizeof(T) * sizeof(T);
    T value;
    std::memcpy(&value, base_ + at_, sizeof value);
    at_ += sizeof value;
    ++count_;
    return value;
  }
  int32_t count() const { return count_; }

 private:
  const char* base_;
  size_t at_ = 0;
  int32_t count_ = 0;
};

class Formatter {
 public:
  explicit Formatter(const PrintfArguments& arguments) : reader_(arguments.packed), string_base_(arguments.string_base) {}

  int32_t run(const char* format) {
    while (*format != 0) {
      if (*format != '%') {
        out_.push(*format++);
        continue;
      }
      const cw_format_item item = cw_format_next(format + 1);
      if (item.kind == CW_FORMAT_BAD) return -1;
      convert(format + 1, item);
      format += 1 + item.length;
    }
    std::fwrite(out_.data(), 1, out_.size(), stdout);
    return reader_.count();
  }

 private:
  // The specification as the host's printf wants it: the same flags, width and precision, our own length modifier.
  void host_specification(const char* at, const cw_format_item& item, const char* length) {
    char* to = specification_;
    *to++ = '%';
    for (uint32_t i = 0; i < item.length && to < specification_ + 40; ++i) {
      const bool kept = std::strchr("-+ #0123456789.*", at[i]) != nullptr && at[i] != 0;
      if (kept) *to++ = at[i];
    }
    for (; *length != 0; ++length) *to++ = *length;
    *to++ = item.conversion;
    *to = 0;
  }

  template <typename T>
  void print(const int* stars, int star_count, T value) {
    char text[512];
    const int wanted = print_to(text, sizeof text, stars, star_count, value);
    if (wanted < static_cast<int>(sizeof text)) return append(text, wanted);
    Vector<char> large;
    large.resize(static_cast<size_t>(wanted) + 1);
    print_to(large.data(), large.size(), stars, star_count, value);
    append(large.data(), wanted);
  }

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  template <typename T>
  int print_to(char* text, size_t size, const int* stars, int star_count, T value) {
    if (star_count == 0) return snprintf(text, size, specification_, value);
    if (star_count == 1) return snprintf(text, size, specification_, stars[0], value);
    return snprintf(text, size, specification_, stars[0], stars[1], value);
  }
#pragma GCC diagnostic pop

  void append(const char* text, int length) {
    for (int i = 0; i < length; ++i) out_.push(text[i]);
  }

  void convert(const char* at, const cw_format_item& item) {
    if (item.kind == CW_FORMAT_PERCENT) {
      out_.push('%');
      return;
    }
    int stars[2] = {};
    for (int i = 0; i < item.stars; ++i) {
      const int star = reader_.take<int32_t>();
      if (i < 2) stars[i] = star;
    }
    const int star_count = item.stars < 2 ? item.stars : 2;
    const char* length = item.bytes == 8 ? "ll" : item.narrow == 1 ? "hh" : item.narrow == 2 ? "h" : "";
    switch (item.kind) {
      case CW_FORMAT_SIGNED:
      case CW_FORMAT_UNSIGNED:
        host_specification(at, item, length);
        return item.bytes == 8 ? print(stars, star_count, reader_.take<int64_t>())
                               : print(stars, star_count, reader_.take<int32_t>());
      case CW_FORMAT_CHARACTER:
        host_specification(at, item, "");
        return print(stars, star_count, reader_.take<int32_t>());
      case CW_FORMAT_FLOAT:
        host_specification(at, item, "");
        return print(stars, star_count, reader_.take<double>());
      case CW_FORMAT_STRING:
        host_specification(at, item, "");
        return print(stars, star_count, string(reader_.take<uint64_t>()));
      case CW_FORMAT_POINTER:
        host_specification(at, item, "");
        return print(stars, star_count, reinterpret_cast<void*>(reader_.take<uint64_t>()));
      default:
        reader_.take<uint64_t>();  // %n writes nothing on a device
    }
  }

  const char* string(uint64_t argument) const {
    if (argument == 0) return "(null)";
    return string_base_ != nullptr ? string_base_ + argument : reinterpret_cast<const char*>(argument);
  }

  ArgumentReader reader_;
  const char* string_base_;
  char specification_[64];
  Vector<char> out_;
};

}  // namespace

int32_t device_printf(const char* format, const PrintfArguments& arguments) { return Formatter(arguments).run(format); }

}  // namespace cw

// An amdhsa shared object in this process' memory: segments laid out, relocations applied, symbols listed.
#pragma once

#include "core/allocated.hpp"
#include "core/vector.hpp"
#include "emulator/launch/bytes.hpp"
#include "emulator/launch/message.hpp"

namespace cw::amd {

struct Symbol {
  const char* name;
  u64 address;  // in the file's numbering: Image::at() gives the place in memory
  u64 bytes;
  u8 type;  // STT_OBJECT, STT_FUNC, ...
  bool defined;
  bool weak;
};

class Image {
 public:
  Image() = default;
  Image(const Image&) = delete;
  Image& operator=(const Image&) = delete;
  ~Image();

  // `file` must outlive the image. False with the reason in `message`.
  bool load(const Bytes& file, Message& message);

  const char* processor() const { return processor_; }
  u32 version() const { return version_; }  // of the code object: 4, 5 or 6
  u8* at(u64 address) const { return memory_ + (address - first_); }
  // Null unless all of it lies in the image.
  u8* at(u64 address, u64 bytes) const;
  // The executable part, in the file's numbering.
  u64 code_begin() const { return code_begin_; }
  u64 code_end() const { return code_end_; }
  const Vector<Symbol>& dynamic_symbols() const { return dynamic_; }
  const Vector<Symbol>& all_symbols() const { return all_; }  // empty where the file was stripped
  const Symbol* find(const char* name) const;

 private:
  bool read_header(const Bytes& file, Message& message);
  bool lay_out(const Bytes& file, Message& message);
  bool read_symbols(const Bytes& file, Message& message);
  bool relocate(const Bytes& file, Message& message);
  bool relocate_table(const Bytes& table, Message& message);
  bool relocate_one(u32 type, u32 symbol, u64 place, i64 addend, Message& message);
  bool value_of(u32 symbol, u64* value, Message& message) const;

  const char* processor_ = nullptr;
  u32 version_ = 0;
  u8* mapped_ = nullptr;
  u64 mapped_bytes_ = 0;
  u8* memory_ = nullptr;  // where address `first_` lies
  u64 first_ = 0, end_ = 0;
  u64 code_begin_ = ~u64{0}, code_end_ = 0;
  Vector<Symbol> dynamic_, all_;
};

}  // namespace cw::amd

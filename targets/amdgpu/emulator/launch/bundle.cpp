#include "emulator/launch/bundle.hpp"

#include "emulator/launch/processors.hpp"

namespace cw::amd {
namespace {

constexpr char kMagic[] = "__CLANG_OFFLOAD_BUNDLE__";
constexpr u64 kMagicBytes = sizeof kMagic - 1;

bool starts_with(const Bytes& file, const char* magic) {
  return file.size >= strlen(magic) && memcmp(file.data, magic, strlen(magic)) == 0;
}

// "hipv4-amdgcn-amd-amdhsa--gfx90a:xnack-" gives gfx90a; empty for the host's entry.
void processor_of(const Bytes& id, char (&out)[64]) {
  const char* text = reinterpret_cast<const char*>(id.data);
  u64 begin = id.size;
  for (u64 at = 0; at + 3 <= id.size; ++at) {
    if (memcmp(text + at, "gfx", 3) == 0 && at > 0 && text[at - 1] == '-') begin = at;
  }
  u64 length = 0;
  while (begin + length < id.size && text[begin + length] != ':' && length + 1 < sizeof out) ++length;
  memcpy(out, text + begin, length);
  out[length] = 0;
}

struct Entry {
  u64 offset, bytes, id_bytes;
};

}  // namespace

bool choose_code_object(const Bytes& file, const char* arch, Bytes* out, Message& message) {
  if (starts_with(file, "CCOB"))
    return message.fail("a compressed offload bundle (CCOB): not supported, pass --no-offload-compress");
  *out = file;
  if (!starts_with(file, kMagic)) return true;
  u64 count = 0, at = kMagicBytes + sizeof count;
  if (!file.read(kMagicBytes, &count)) return message.fail("a damaged offload bundle");
  int best = -1;
  for (; count > 0; --count) {
    Entry entry;
    if (!file.read(at, &entry) || !file.holds(entry.offset, entry.bytes) || !file.holds(at + sizeof entry, entry.id_bytes))
      return message.fail("a damaged offload bundle");
    char processor[64];
    processor_of(file.part(at + sizeof entry, entry.id_bytes), processor);
    at += sizeof entry + entry.id_bytes;
    if (fit(arch, processor) <= best) continue;
    best = fit(arch, processor);
    *out = file.part(entry.offset, entry.bytes);
  }
  return best >= 0 || message.fail("no code object for %s in an offload bundle", arch != nullptr ? arch : "an emulated processor");
}

}  // namespace cw::amd

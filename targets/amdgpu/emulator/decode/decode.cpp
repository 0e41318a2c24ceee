#include "emulator/decode/decode.hpp"

#include "emulator/machine/record.hpp"

namespace cw::amd {
Instruction decode_instruction(const Program&, u32 address) {
  Instruction i;
  i.address = address;
  return i;
}
const char* name_at(const Program&, u32) { return nullptr; }
}  // namespace cw::amd

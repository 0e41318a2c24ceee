// Loads and stores of global, flat, scratch and buffer memory.
#include "emulator/records/memory_record.hpp"
#include "emulator/records/memory_transfer.hpp"

namespace cw::amd {
namespace {

MEMORY(load_u8, LoadPart<u8>);
MEMORY(load_i8, LoadPart<i8>);
MEMORY(load_u16, LoadPart<u16>);
MEMORY(load_i16, LoadPart<i16>);
MEMORY(load_d16_u8, LoadPart<u8, Part::kLow>);
MEMORY(load_d16_i8, LoadPart<i8, Part::kLow>);
MEMORY(load_d16_b16, LoadPart<u16, Part::kLow>);
MEMORY(load_d16_hi_u8, LoadPart<u8, Part::kHigh>);
MEMORY(load_d16_hi_i8, LoadPart<i8, Part::kHigh>);
MEMORY(load_d16_hi_b16, LoadPart<u16, Part::kHigh>);
MEMORY(load_b32, LoadWords<1>);
MEMORY(load_b64, LoadWords<2>);
MEMORY(load_b96, LoadWords<3>);
MEMORY(load_b128, LoadWords<4>);

MEMORY(store_b8, StorePart<u8>);
MEMORY(store_b16, StorePart<u16>);
MEMORY(store_d16_hi_b8, StorePart<u8, Part::kHigh>);
MEMORY(store_d16_hi_b16, StorePart<u16, Part::kHigh>);
MEMORY(store_b32, StoreWords<1>);
MEMORY(store_b64, StoreWords<2>);
MEMORY(store_b96, StoreWords<3>);
MEMORY(store_b128, StoreWords<4>);

MEMORY_ALIAS(load_ubyte, load_u8);
MEMORY_ALIAS(load_sbyte, load_i8);
MEMORY_ALIAS(load_ushort, load_u16);
MEMORY_ALIAS(load_sshort, load_i16);
MEMORY_ALIAS(load_ubyte_d16, load_d16_u8);
MEMORY_ALIAS(load_sbyte_d16, load_d16_i8);
MEMORY_ALIAS(load_short_d16, load_d16_b16);
MEMORY_ALIAS(load_ubyte_d16_hi, load_d16_hi_u8);
MEMORY_ALIAS(load_sbyte_d16_hi, load_d16_hi_i8);
MEMORY_ALIAS(load_short_d16_hi, load_d16_hi_b16);
MEMORY_ALIAS(load_dword, load_b32);
MEMORY_ALIAS(load_dwordx2, load_b64);
MEMORY_ALIAS(load_dwordx3, load_b96);
MEMORY_ALIAS(load_dwordx4, load_b128);

MEMORY_ALIAS(store_byte, store_b8);
MEMORY_ALIAS(store_short, store_b16);
MEMORY_ALIAS(store_byte_d16_hi, store_d16_hi_b8);
MEMORY_ALIAS(store_short_d16_hi, store_d16_hi_b16);
MEMORY_ALIAS(store_dword, store_b32);
MEMORY_ALIAS(store_dwordx2, store_b64);
MEMORY_ALIAS(store_dwordx3, store_b96);
MEMORY_ALIAS(store_dwordx4, store_b128);

}  // namespace
}  // namespace cw::amd

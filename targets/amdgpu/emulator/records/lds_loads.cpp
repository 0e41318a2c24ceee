// DS loads and stores with one address.
#include "emulator/records/memory_record.hpp"
#include "emulator/records/memory_transfer.hpp"

namespace cw::amd {
namespace {

SHARED(ds_load_u8, LoadPart<u8>);
SHARED(ds_load_i8, LoadPart<i8>);
SHARED(ds_load_u16, LoadPart<u16>);
SHARED(ds_load_i16, LoadPart<i16>);
SHARED(ds_load_u8_d16, LoadPart<u8, Part::kLow>);
SHARED(ds_load_i8_d16, LoadPart<i8, Part::kLow>);
SHARED(ds_load_u16_d16, LoadPart<u16, Part::kLow>);
SHARED(ds_load_u8_d16_hi, LoadPart<u8, Part::kHigh>);
SHARED(ds_load_i8_d16_hi, LoadPart<i8, Part::kHigh>);
SHARED(ds_load_u16_d16_hi, LoadPart<u16, Part::kHigh>);
SHARED(ds_load_b32, LoadWords<1>);
SHARED(ds_load_b64, LoadWords<2>);
SHARED(ds_load_b96, LoadWords<3>);
SHARED(ds_load_b128, LoadWords<4>);

SHARED(ds_store_b8, StorePart<u8>);
SHARED(ds_store_b16, StorePart<u16>);
SHARED(ds_store_b8_d16_hi, StorePart<u8, Part::kHigh>);
SHARED(ds_store_b16_d16_hi, StorePart<u16, Part::kHigh>);
SHARED(ds_store_b32, StoreWords<1>);
SHARED(ds_store_b64, StoreWords<2>);
SHARED(ds_store_b96, StoreWords<3>);
SHARED(ds_store_b128, StoreWords<4>);

ALIAS(ds_read_u8, ds_load_u8);
ALIAS(ds_read_i8, ds_load_i8);
ALIAS(ds_read_u16, ds_load_u16);
ALIAS(ds_read_i16, ds_load_i16);
ALIAS(ds_read_u8_d16, ds_load_u8_d16);
ALIAS(ds_read_i8_d16, ds_load_i8_d16);
ALIAS(ds_read_u16_d16, ds_load_u16_d16);
ALIAS(ds_read_u8_d16_hi, ds_load_u8_d16_hi);
ALIAS(ds_read_i8_d16_hi, ds_load_i8_d16_hi);
ALIAS(ds_read_u16_d16_hi, ds_load_u16_d16_hi);
ALIAS(ds_read_b32, ds_load_b32);
ALIAS(ds_read_b64, ds_load_b64);
ALIAS(ds_read_b96, ds_load_b96);
ALIAS(ds_read_b128, ds_load_b128);

ALIAS(ds_write_b8, ds_store_b8);
ALIAS(ds_write_b16, ds_store_b16);
ALIAS(ds_write_b8_d16_hi, ds_store_b8_d16_hi);
ALIAS(ds_write_b16_d16_hi, ds_store_b16_d16_hi);
ALIAS(ds_write_b32, ds_store_b32);
ALIAS(ds_write_b64, ds_store_b64);
ALIAS(ds_write_b96, ds_store_b96);
ALIAS(ds_write_b128, ds_store_b128);

}  // namespace
}  // namespace cw::amd

// What one conversion of a device printf format asks for. One definition for host and device code: the shim formats with it,
// and GPU device code walks the packed arguments with it (their total size is stated nowhere else).
#ifndef CROSSWARP_PRINTF_FORMAT_H
#define CROSSWARP_PRINTF_FORMAT_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
  CW_FORMAT_BAD = 0,   // unknown conversion, or the format ends inside it
  CW_FORMAT_PERCENT,   // %%
  CW_FORMAT_SIGNED,    // d i
  CW_FORMAT_UNSIGNED,  // u o x X
  CW_FORMAT_CHARACTER,
  CW_FORMAT_FLOAT,  // f F e E g G a A
  CW_FORMAT_STRING,
  CW_FORMAT_POINTER,
  CW_FORMAT_COUNT  // n: takes a pointer, writes nothing
};

typedef struct cw_format_item {
  uint32_t length;  // characters from after the '%' to the conversion letter, both ends included; for CW_FORMAT_BAD those read
  uint32_t flags;   // how many of them, from the start, are flags (-+ #0)
  uint8_t kind;
  uint8_t stars;    // '*' of width and precision: each takes an i32 before the argument itself
  uint8_t bytes;    // size and alignment of the argument: 0, 4 or 8
  uint8_t narrow;   // integers only: 1 for hh, 2 for h, else 0
  char conversion;  // the letter
} cw_format_item;

// `at` points after a '%'.
static inline cw_format_item cw_format_next(const char* at) {
  cw_format_item item = {0, 0, CW_FORMAT_BAD, 0, 0, 0, 0};
  const char* p = at;
  while (*p == '-' || *p == '+' || *p == ' ' || *p == '#' || *p == '0') ++p;
  item.flags = (uint32_t)(p - at);
  while ((*p >= '0' && *p <= '9') || *p == '*' || *p == '.') {
    if (*p == '*') ++item.stars;
    ++p;
  }
  uint8_t wide = 0;
  for (; *p == 'h' || *p == 'l' || *p == 'j' || *p == 'z' || *p == 't' || *p == 'L' || *p == 'q'; ++p) {
    if (*p == 'h') {
      item.narrow = item.narrow == 2 ? 1 : 2;
    } else {
      wide = 1;
    }
  }
  item.conversion = *p;
  item.length = (uint32_t)(p - at) + (*p != 0 ? 1u : 0u);
  switch (*p) {
    case 'd':
    case 'i':
      item.kind = CW_FORMAT_SIGNED;
      item.bytes = wide ? 8 : 4;
      break;
    case 'u':
    case 'o':
    case 'x':
    case 'X':
      item.kind = CW_FORMAT_UNSIGNED;
      item.bytes = wide ? 8 : 4;
      break;
    case 'c':
      item.kind = CW_FORMAT_CHARACTER;
      item.bytes = 4;
      break;
    case 'f':
    case 'F':
    case 'e':
    case 'E':
    case 'g':
    case 'G':
    case 'a':
    case 'A':
      item.kind = CW_FORMAT_FLOAT;
      item.bytes = 8;
      break;
    case 's':
      item.kind = CW_FORMAT_STRING;
      item.bytes = 8;
      break;
    case 'p':
      item.kind = CW_FORMAT_POINTER;
      item.bytes = 8;
      break;
    case 'n':
      item.kind = CW_FORMAT_COUNT;
      item.bytes = 8;
      break;
    case '%':
      item.kind = CW_FORMAT_PERCENT;
      break;
    default:
      break;
  }
  return item;
}

#ifdef __cplusplus
}
#endif
#endif

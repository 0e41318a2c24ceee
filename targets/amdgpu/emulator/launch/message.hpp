// Why something cannot be: one line of text for the caller.
#pragma once

#include <stdarg.h>
#include <stdio.h>

namespace cw::amd {

struct Message {
  char text[512] = {};
  // Always false, to be returned.
  [[gnu::format(printf, 2, 3)]] bool fail(const char* format, ...) {
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    return false;
  }
};

}  // namespace cw::amd

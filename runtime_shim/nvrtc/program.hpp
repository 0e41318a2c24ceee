// One NVRTC program: its source and headers, and what a compilation made of them.
#pragma once

#include <nvrtc.h>

#include "compiler/bytes.hpp"
#include "core/allocated.hpp"

#define CW_NVRTC_ENTRY extern "C" [[gnu::visibility("default")]] nvrtcResult

namespace cw::nvrtc {

using compiler::Bytes;
using compiler::bytes_of;

struct Header {
  Bytes name, text;
};

struct Name {
  Bytes expression;
  Bytes lowered;  // with its NUL; empty before the compilation
};

}  // namespace cw::nvrtc

struct _nvrtcProgram : cw::Allocated {
  cw::nvrtc::Bytes source, name;
  cw::Vector<cw::nvrtc::Header> headers;
  cw::Vector<cw::nvrtc::Name> names;
  bool compiled = false;  // with success or without
  bool successful = false;
  cw::nvrtc::Bytes log, ptx, fatbin;
  cw::nvrtc::Bytes ltoir;  // empty unless asked for by -dlto
};

namespace cw::nvrtc {

// Runs Crosswarp's compiler on the program: fills log, and after a success ptx, fatbin and lowered names.
nvrtcResult compile(_nvrtcProgram& program, int count, const char* const* options);

}  // namespace cw::nvrtc

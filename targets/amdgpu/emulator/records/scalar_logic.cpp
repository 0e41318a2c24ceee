// Scalar bitwise instructions: SCC says whether the result is not 0.
#include "emulator/machine/scalar_alu.hpp"

namespace cw::amd {
namespace {

template <typename T>
T said(T value, bool& scc) {
  scc = value != 0;
  return value;
}

SALU(s_and_b32, u32, (u32 a, u32 b, bool& scc)) { return said(a & b, scc); }
SALU(s_and_b64, u64, (u64 a, u64 b, bool& scc)) { return said(a & b, scc); }
SALU(s_or_b32, u32, (u32 a, u32 b, bool& scc)) { return said(a | b, scc); }
SALU(s_or_b64, u64, (u64 a, u64 b, bool& scc)) { return said(a | b, scc); }
SALU(s_mov_b32, u32, (u32 a)) { return a; }
SALU(s_mov_b64, u64, (u64 a)) { return a; }

}  // namespace
}  // namespace cw::amd

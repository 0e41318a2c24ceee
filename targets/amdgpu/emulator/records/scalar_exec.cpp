// Instructions that change the mask of active lanes and keep the old one, or give the new one. SCC: whether a lane is active.
#include "emulator/machine/scalar_alu.hpp"

namespace cw::amd {
namespace {

template <typename T>
T active(const Wave& w) {
  return static_cast<T>(w.exec());
}

template <typename T>
const Instruction* new_exec(Wave& w, const Instruction& i, T exec, T result) {
  write_scalar(w, i.destination, result);
  if constexpr (sizeof(T) == 8)
    w.set_wide(kExecLo, exec);
  else
    w.sgpr[kExecLo] = exec;
  w.scc = exec != 0;
  return after(i);
}

// `a` is the operand, `exec` the mask as it was. The destination gets the old mask (saveexec) or the new one (wrexec).
#define EXEC_RECORD(name, T, result, ...)                \
  RECORD(name, Type::kB##T) {                            \
    const u##T a = scalar_operand<u##T>(w, i.source[0]); \
    const u##T exec = active<u##T>(w);                   \
    const u##T now = __VA_ARGS__;                        \
    return new_exec<u##T>(w, i, now, result);            \
  }                                                      \
  static_assert(true)
#define SAVE_EXEC(name, ...)                                   \
  EXEC_RECORD(s_##name##_saveexec_b32, 32, exec, __VA_ARGS__); \
  EXEC_RECORD(s_##name##_saveexec_b64, 64, exec, __VA_ARGS__)
#define WRITE_EXEC(name, ...)                               \
  EXEC_RECORD(s_##name##_wrexec_b32, 32, now, __VA_ARGS__); \
  EXEC_RECORD(s_##name##_wrexec_b64, 64, now, __VA_ARGS__)

SAVE_EXEC(and, a& exec);
SAVE_EXEC(or, a | exec);
SAVE_EXEC(xor, a ^ exec);
SAVE_EXEC(nand, ~(a& exec));
SAVE_EXEC(nor, ~(a | exec));
SAVE_EXEC(xnor, ~(a ^ exec));
SAVE_EXEC(and_not0, ~a& exec);
SAVE_EXEC(or_not0, ~a | exec);
SAVE_EXEC(and_not1, a & ~exec);
SAVE_EXEC(or_not1, a | ~exec);
WRITE_EXEC(and_not0, ~a& exec);
WRITE_EXEC(and_not1, a & ~exec);

#define OLD_NAMES(kind, bits)                                 \
  ALIAS(s_andn1_##kind##_##bits, s_and_not0_##kind##_##bits); \
  ALIAS(s_andn2_##kind##_##bits, s_and_not1_##kind##_##bits)
OLD_NAMES(saveexec, b32);  // before gfx11
OLD_NAMES(saveexec, b64);
OLD_NAMES(wrexec, b32);
OLD_NAMES(wrexec, b64);
ALIAS(s_orn1_saveexec_b32, s_or_not0_saveexec_b32);
ALIAS(s_orn1_saveexec_b64, s_or_not0_saveexec_b64);
ALIAS(s_orn2_saveexec_b32, s_or_not1_saveexec_b32);
ALIAS(s_orn2_saveexec_b64, s_or_not1_saveexec_b64);

}  // namespace
}  // namespace cw::amd

#include "emulator/decode/describe.hpp"

#include <stdarg.h>
#include <stdio.h>

#include "emulator/decode/decode.hpp"
#include "emulator/machine/record.hpp"

namespace cw::amd {
namespace {

class Text {
 public:
  Text(char* place, size_t size) : place_(place), left_(size) {}
  [[gnu::format(printf, 2, 3)]] void add(const char* format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const int written = vsnprintf(place_, left_, format, arguments);
    va_end(arguments);
    fits_ = fits_ && written >= 0 && static_cast<size_t>(written) < left_;
    if (!fits_) return;
    place_ += written;
    left_ -= static_cast<size_t>(written);
  }
  bool fits() const { return fits_; }

 private:
  char* place_;
  size_t left_;
  bool fits_ = true;
};

constexpr const char* kKinds[] = {
    "", "v", "s", "", "scc", "vccz", "execz", "shared_base", "shared_limit", "private_base", "private_limit"};

void add_value(Text& t, const Operand& o) {
  if (o.kind == Kind::kConstant) return t.add("0x%llx", static_cast<unsigned long long>(o.value));
  if (o.kind == Kind::kVgpr) return t.add("%c%u", o.index < 256 ? 'v' : 'a', o.index % 256u);
  t.add("%s", kKinds[static_cast<size_t>(o.kind)]);
  if (o.kind == Kind::kSgpr) t.add("%u", o.index);
}

void add_operand(Text& t, const Operand& o) {
  t.add("\"%s%s", o.negate ? "-" : "", o.absolute ? "|" : "");
  add_value(t, o);
  t.add("%s%s", o.absolute ? "|" : "", o.high ? ".h" : "");
  if (o.select != 6) t.add(".sel%u", o.select);
  t.add("%s\"", o.extend ? ".sext" : "");
}

void add_numbers(Text& t, const Instruction& i) {
  t.add(", \"immediate\": %d, \"offset\": %d, \"offset1\": %d, \"cache\": %u", i.immediate, i.offset, i.offset1, i.cache);
  t.add(", \"returns\": %d, \"lds\": %d, \"idxen\": %d, \"offen\": %d", i.returns, i.lds, i.idxen, i.offen);
  t.add(", \"clamp\": %d, \"output_modifier\": %u", i.clamp, i.output_modifier);
  t.add(", \"op_sel\": %u, \"op_sel_hi\": %u, \"neg_low\": %u, \"neg_high\": %u", i.op_sel, i.op_sel_hi, i.neg_low, i.neg_high);
  t.add(", \"cbsz\": %u, \"abid\": %u, \"blgp\": %u, \"select\": %u, \"unused\": %u", i.cbsz, i.abid, i.blgp, i.select, i.unused);
  t.add(", \"exchange\": %u, \"lanes\": %u, \"row_mask\": %u, \"bank_mask\": %u", static_cast<unsigned>(i.exchange), i.lanes,
        i.row_mask, i.bank_mask);
  t.add(", \"bound_control\": %d, \"fetch_inactive\": %d", i.bound_control, i.fetch_inactive);
}

}  // namespace

bool describe(const Instruction& i, char* text, size_t size) {
  Text t(text, size);
  t.add("{\"record\": \"%s\", \"address\": %u, \"dwords\": %u, \"format\": %u, \"plain\": %d",
        i.record != nullptr ? i.record->name : "", i.address, i.dwords, static_cast<unsigned>(i.format), i.plain);
  t.add(", \"destination\": ");
  add_operand(t, i.destination);
  t.add(", \"scalar_destination\": ");
  add_operand(t, i.scalar_destination);
  t.add(", \"source\": [");
  for (const Operand& o : i.source) {
    if (&o != i.source) t.add(", ");
    add_operand(t, o);
  }
  t.add("]");
  add_numbers(t, i);
  t.add(", \"target\": %d}", i.target != nullptr ? static_cast<int>(i.target->address) : -1);
  return t.fits();
}

bool describe_at(const Program& program, u64 offset, u32 half, char* text, size_t size) {
  if (offset % 4 != 0 || offset >= program.bytes()) return false;
  Instruction second;
  const Instruction first = decode_instruction(program, static_cast<u32>(offset), &second);
  return describe(half != 0 ? second : first, text, size);
}

}  // namespace cw::amd

// Which checks are on, and how findings are told.
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/hash_map.hpp"
#include "emulator/checks/group_check.hpp"
#include "emulator/checks/line_table.hpp"
#include "emulator/decode/decode.hpp"

namespace cw::amd {
namespace {

struct Name {
  const char* name;
  Check check;
};
constexpr Name kNames[] = {{"waits", kCheckWaits},
                           {"races", kCheckRaces},
                           {"barriers", kCheckBarriers},
                           {"memory", kCheckMemory},
                           {"values", kCheckValues}};

u32 check_named(const char* name, size_t length) {
  u32 found = length == 1 && *name == '1' ? ~0u : 0;
  for (const Name& n : kNames) {
    if (strlen(n.name) == length && strncmp(n.name, name, length) == 0) found = n.check;
  }
  if (found == 0 && length != 0 && !(length == 1 && *name == '0'))
    fprintf(stderr, "crosswarp emu: CROSSWARP_EMU_CHECK: there is no check '%.*s'\n", static_cast<int>(length), name);
  return found;
}

u32 read_environment() {
  const char* list = getenv("CROSSWARP_EMU_CHECK");
  u32 checks = 0;
  while (list != nullptr && *list != 0) {
    const size_t length = strcspn(list, ",");
    checks |= check_named(list, length);
    list += length + (list[length] == ',' ? 1 : 0);
  }
  return checks;
}

constinit TouchCheck* first_touch_check = nullptr;  // announced while the library loads

// Whether a kind of finding is new at its place.
bool is_new(const Wave& wave, Check check, const Instruction& at) {
  static Mutex mutex;
  static HashMap<u32> seen;
  const u64 place = wave.program->number() << 32 | at.address;
  Lock lock(mutex);
  const u32* found = seen.find(place);
  const u32 kinds = found != nullptr ? *found : 0;
  if ((kinds & check) == 0) seen.set(place, kinds | check);
  return (kinds & check) == 0;
}

const Origin& origin_of(const Wave& wave) {
  static const Origin unknown;
  return wave.check != nullptr ? wave.check->origin() : unknown;
}

bool find_line(const Wave& wave, const Instruction& at, SourceLine* line) {
  const Origin& origin = origin_of(wave);
  return origin.lines != nullptr && origin.lines->find(origin.code_begin + at.address, line);
}

// `block (3,0,0), thread (17,0,0), saxpy.cu:12`.
void describe_place(char (&text)[512], const Origin& origin, const Wave& wave, const Instruction& at, u32 lane) {
  const u32 thread = wave.number * wave.lanes + lane;
  const u32 wide = origin.threads[0] != 0 ? origin.threads[0] : wave.lanes, high = origin.threads[1];
  char place[384];
  describe_line(wave, at, place, sizeof place);
  snprintf(text, sizeof text, "block (%u,%u,%u), thread (%u,%u,%u), %s", origin.block[0], origin.block[1], origin.block[2],
           thread % wide, thread / wide % high, thread / wide / high, place);
}

}  // namespace

u32 enabled_checks() {
  static const u32 checks = read_environment();
  return checks;
}

TouchCheck::TouchCheck(Check which, void (*check)(Wave&, const Instruction&, const Touch&)) : check(which), run(check) {
  next = first_touch_check;
  first_touch_check = this;
}

const TouchCheck* all_touch_checks() { return first_touch_check; }

void describe_line(const Wave& wave, const Instruction& at, char* text, size_t bytes) {
  SourceLine line;
  if (find_line(wave, at, &line))
    snprintf(text, bytes, "%s:%u", line.file, line.line);
  else
    snprintf(text, bytes, "code+0x%x", at.address);
}

bool same_line(const Wave& wave, const Instruction& a, const Instruction& b) {
  SourceLine x, y;
  return find_line(wave, a, &x) && find_line(wave, b, &y) && x.line == y.line && strcmp(x.file, y.file) == 0;
}

void report(const Wave& wave, Check check, const Instruction& at, u32 lane, const char* format, ...) {
  if (!is_new(wave, check, at)) return;
  const Origin& origin = origin_of(wave);
  char place[512], text[512];
  describe_place(place, origin, wave, at, lane);
  va_list values;
  va_start(values, format);
  vsnprintf(text, sizeof text, format, values);
  va_end(values);
  const char* name = name_at(*wave.program, at.address);
  fprintf(stderr, "crosswarp emu: kernel %s, %s: %s (%s)\n", origin.kernel, place, text, name != nullptr ? name : "?");
}

}  // namespace cw::amd

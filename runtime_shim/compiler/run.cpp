#include "compiler/run.hpp"

#include <errno.h>
#include <unistd.h>

#include "compiler/helper.hpp"

extern char** environ;

namespace cw::compiler {
namespace {

constexpr int kAttempts = 2;  // a helper may just be ending when it is asked

Bytes packet_of(const char* verb, const Folder& folder) {
  char here[kPath];
  Bytes packet;
  append_word(&packet, verb);
  append_word(&packet, folder.path());
  append_word(&packet, getcwd(here, sizeof here) != nullptr ? here : "/");
  return packet;
}

// The byte that the worker writes, or -1 where it, or the helper, is gone.
int read_code(int pipe) {
  unsigned char code;
  ssize_t count;
  do {
    count = read(pipe, &code, 1);
  } while (count < 0 && errno == EINTR);
  return count == 1 ? code : -1;
}

}  // namespace

int run(const char* verb, const Folder& folder) {
  Bytes environment;
  for (char** item = environ; item != nullptr && *item != nullptr; ++item) append_word(&environment, *item);
  if (!folder.write("environment", environment)) return -1;
  const Bytes packet = packet_of(verb, folder);
  int code = -1;
  for (int i = 0; i < kAttempts && code == -1; ++i) {
    int answer = -1;
    code = send_to_helper(packet, folder, &answer);
    if (code == 0) code = read_code(answer);
    if (answer >= 0) close(answer);
  }
  return code;
}

}  // namespace cw::compiler

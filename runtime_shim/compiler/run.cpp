#include "compiler/run.hpp"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "compiler/command.hpp"
#include "core/log.hpp"

extern char** environ;

namespace cw::compiler {
namespace {

int wait_for(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return -1;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

int run(const char* verb, const Folder& folder) {
  char command[kPath], log[kPath];
  find_command(command);
  snprintf(log, sizeof log, "%s/log", folder.path());
  char* const words[] = {command, const_cast<char*>(verb), const_cast<char*>(folder.path()), nullptr};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  pid_t child = -1;
  const int failed = posix_spawnp(&child, command, &actions, nullptr, words, environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed == 0) return wait_for(child);
  say("cannot start the compiler '%s': %s (set CROSSWARP_COMMAND)", command, strerror(failed));
  return kNotStarted;
}

}  // namespace cw::compiler

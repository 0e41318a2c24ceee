#include "compiler/helper.hpp"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "compiler/command.hpp"
#include "compiler/run.hpp"
#include "core/log.hpp"
#include "core/sync.hpp"

extern char** environ;

namespace cw::compiler {
namespace {

// Our end of the socket. A program may close descriptors that it does not know, and get the same number again for its own: device
// and inode tell.
struct Connection {
  int number = -1;
  dev_t device = 0;
  ino_t inode = 0;

  bool is_ours() const {
    struct stat now;
    return number >= 0 && fstat(number, &now) == 0 && now.st_dev == device && now.st_ino == inode;
  }
  void set(int socket) {
    struct stat now;
    number = fstat(socket, &now) == 0 ? socket : -1;
    device = now.st_dev;
    inode = now.st_ino;
  }
  void drop() {
    if (is_ours()) close(number);
    number = -1;
  }
};

constinit Mutex mutex;
constinit Connection connection;

// A child must not find the mutex held by a thread that it has not.
void stay_usable_in_children() {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, [] { pthread_atfork([] { mutex.lock(); }, [] { mutex.unlock(); }, [] { mutex.unlock(); }); });
}

// Signals as they are at a program's start, whatever this one made of them.
void set_signals(posix_spawnattr_t* attributes) {
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_init(attributes);
  posix_spawnattr_setsigmask(attributes, &none);
  posix_spawnattr_setsigdefault(attributes, &all);
  posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

int spawn(char* command, int socket, const Folder& folder, pid_t* child) {
  char log[kPath], verb[] = "serve";
  snprintf(log, sizeof log, "%s/log", folder.path());
  char* const words[] = {command, verb, nullptr};
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  set_signals(&attributes);
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, socket, STDIN_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  const int failed = posix_spawnp(child, command, &actions, &attributes, words, environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return failed;
}

// The process that was started ends as soon as the helper is there, which is not our child.
bool wait_for(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return errno == ECHILD;  // the program ignores SIGCHLD: nobody knows how it ended
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int start(const Folder& folder) {
  char command[kPath];
  int ends[2];
  find_command(command);
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) return -1;
  pid_t child = -1;
  const int failed = spawn(command, ends[1], folder, &child);
  close(ends[1]);
  if (failed == 0 && wait_for(child)) {
    connection.set(ends[0]);
    return 0;
  }
  close(ends[0]);
  if (failed == 0) return -1;
  say("cannot start the compiler '%s': %s (set CROSSWARP_COMMAND)", command, strerror(failed));
  return kNotStarted;
}

bool send(const Bytes& packet, int pipe) {
  iovec part{const_cast<char*>(packet.data()), packet.size()};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof pipe)] = {};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  cmsghdr* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof pipe);
  memcpy(CMSG_DATA(header), &pipe, sizeof pipe);
  ssize_t sent;
  do {
    sent = sendmsg(connection.number, &message, MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  return sent == static_cast<ssize_t>(packet.size());
}

}  // namespace

int send_to_helper(const Bytes& packet, const Folder& folder, int* answer) {
  int ends[2];
  stay_usable_in_children();
  if (pipe2(ends, O_CLOEXEC) != 0) return -1;
  *answer = ends[0];
  Lock lock(mutex);
  bool sent = connection.is_ours() && send(packet, ends[1]);
  int error = 0;
  if (!sent) {
    connection.drop();  // its helper has ended
    error = start(folder);
    sent = error == 0 && send(packet, ends[1]);
  }
  close(ends[1]);
  return sent ? 0 : error != 0 ? error : -1;
}

}  // namespace cw::compiler

// cudaGraphDebugDotPrint: a graph as a DOT file.
#pragma once

#include <driver_types.h>
#include <stdio.h>

namespace cw {

class Graph;
class GraphNode;

// The file being written. Works describe themselves with line().
class DotFile {
 public:
  DotFile(FILE* file, unsigned flags) : file_(file), flags_(flags) {}
  // One more line of the current node's label, quoted as DOT wants it.
  [[gnu::format(printf, 2, 3)]] void line(const char* format, ...);
  bool wants(cudaGraphDebugDotFlags what) const { return (flags_ & (static_cast<unsigned>(what) | 1u)) != 0; }
  void write(const Graph& graph);

 private:
  void write_nodes(const Graph& graph, int number);
  void write_node(const GraphNode& node, int number);
  void write_edges(const GraphNode& node, int number);
  FILE* file_;
  unsigned flags_;
  int graphs_ = 0;
};

// cudaErrorOperatingSystem where the file cannot be written.
cudaError_t print_dot(const Graph& graph, const char* path, unsigned flags);

}  // namespace cw

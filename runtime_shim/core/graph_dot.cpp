#include "core/graph_dot.hpp"

#include <stdarg.h>

#include "core/graph.hpp"

namespace cw {
namespace {

const char* type_name(cudaGraphNodeType type) {
  static const char* const names[] = {"KERNEL",     "MEMCPY",       "MEMSET",         "HOST",         "GRAPH",     "EMPTY",
                                      "EVENT_WAIT", "EVENT_RECORD", "EXT_SEM_SIGNAL", "EXT_SEM_WAIT", "MEM_ALLOC", "MEM_FREE",
                                      "",           "CONDITIONAL"};
  return names[type];
}

}  // namespace

void DotFile::line(const char* format, ...) {
  char text[1024];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  for (const char* c = text; *c != 0; ++c) {
    if (*c == '"' || *c == '\\') fputc('\\', file_);
    fputc(*c, file_);
  }
  fputs("\\n", file_);
}

void DotFile::write_node(const GraphNode& node, int number) {
  fprintf(file_, "\"graph_%d_node_%zu\" [shape=\"%s\" label=\"", number, node.index,
          node.work->type() == cudaGraphNodeTypeKernel ? "octagon" : "rectangle");
  line("%zu", node.index);
  line("%s", type_name(node.work->type()));
  if (wants(cudaGraphDebugDotFlagsHandles)) line("node handle: %p", static_cast<const void*>(&node));
  node.work->describe(*this);
  fputs("\"];\n", file_);
}

void DotFile::write_edges(const GraphNode& node, int number) {
  for (const GraphEdge& edge : node.dependents) {
    fprintf(file_, "\"graph_%d_node_%zu\" -> \"graph_%d_node_%zu\"", number, node.index, number, edge.node->index);
    if (edge.data.type == cudaGraphDependencyTypeProgrammatic)
      fprintf(file_, " [style=\"dashed\" label=\"port %d\"]", edge.data.from_port);
    fputs(";\n", file_);
  }
}

// Child graphs and bodies of conditional nodes are clusters beside their parent's.
void DotFile::write_nodes(const Graph& graph, int number) {
  fprintf(file_, "subgraph cluster_%d {\nlabel=\"graph_%d\" graph[style=\"dashed\"];\n", number, number);
  for (const Owned<GraphNode>& node : graph.nodes()) write_node(*node, number);
  for (const Owned<GraphNode>& node : graph.nodes()) write_edges(*node, number);
  fputs("}\n", file_);
  for (const Owned<GraphNode>& node : graph.nodes()) {
    for (size_t i = 0; i < node->work->graph_count(); ++i) {
      const Graph& inner = *node->work->graph(i);
      const int child = ++graphs_;
      write_nodes(inner, child);
      if (inner.nodes().empty()) continue;
      fprintf(file_, "\"graph_%d_node_%zu\" -> \"graph_%d_node_0\" [style=\"dotted\" lhead=\"cluster_%d\"];\n", number, node->index,
              child, child);
    }
  }
}

void DotFile::write(const Graph& graph) {
  fputs("digraph dot {\ncompound=true;\n", file_);
  write_nodes(graph, ++graphs_);
  fputs("}\n", file_);
}

cudaError_t print_dot(const Graph& graph, const char* path, unsigned flags) {
  FILE* file = fopen(path, "w");
  if (file == nullptr) return cudaErrorOperatingSystem;
  DotFile(file, flags).write(graph);
  return fclose(file) == 0 ? cudaSuccess : cudaErrorOperatingSystem;
}

}  // namespace cw

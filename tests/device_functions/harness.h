// The host half of a program that calls device functions on columns of values: tests/device_functions/runner.py writes the rest.
//
// Input file: records of {u32 function, u32 count, the columns one after the other}. Output file: the results, in that order.
#pragma once

#include <cstdio>
#include <tuple>
#include <vector>

inline std::FILE *input, *output;

template <class T>
T* read_column(unsigned count) {
  T* column;
  if (cudaMallocManaged(&column, count * sizeof(T)) != cudaSuccess) return nullptr;
  return std::fread(column, sizeof(T), count, input) == count ? column : nullptr;
}

template <class R, class... P>
bool serve(void (*kernel)(unsigned, R*, const P*...), unsigned count) {
  std::tuple<P*...> columns{read_column<P>(count)...};
  R* results;
  if (cudaMallocManaged(&results, count * sizeof(R)) != cudaSuccess) return false;
  std::apply([&](auto*... column) { kernel<<<(count + 127) / 128, 128>>>(count, results, column...); }, columns);
  const bool done = cudaDeviceSynchronize() == cudaSuccess && std::fwrite(results, sizeof(R), count, output) == count;
  std::apply([](auto*... column) { (cudaFree(column), ...); }, columns);
  cudaFree(results);
  return done;
}

template <class R, class... P>
bool serve(R (*function)(P...), unsigned count) {
  std::tuple<P*...> columns{read_column<P>(count)...};
  for (unsigned i = 0; i < count; ++i) {
    const R result = std::apply([&](auto*... column) { return function(column[i]...); }, columns);
    if (std::fwrite(&result, sizeof(R), 1, output) != 1) return false;
  }
  std::apply([](auto*... column) { (cudaFree(column), ...); }, columns);
  return true;
}

// `serve_one(function, count)` chooses the kernel.
template <class F>
int serve_file(const char* from, const char* to, F serve_one) {
  input = std::fopen(from, "rb");
  output = std::fopen(to, "wb");
  unsigned head[2];
  bool good = input && output;
  while (good && std::fread(head, sizeof head, 1, input) == 1) good = serve_one(head[0], head[1]);
  return good && std::fclose(output) == 0 ? 0 : 1;
}

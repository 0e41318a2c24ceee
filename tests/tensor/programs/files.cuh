// Arrays that a test gives and gets back: each is 8 bytes of length, then its bytes.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <cstring>

struct Files {
  FILE *in, *out;
};

inline Files opened(char** arguments) { return {fopen(arguments[1], "rb"), fopen(arguments[2], "wb")}; }

// The next array; `bytes`, if wanted, is its length.
template <typename T>
T* given(Files& files, size_t* bytes = nullptr) {
  unsigned long long length = 0;
  if (fread(&length, 8, 1, files.in) != 1) exit(2);
  T* array;
  if (cudaMallocManaged(&array, length + 1) != cudaSuccess) exit(3);
  if (fread((void*)array, 1, length, files.in) != length) exit(4);
  if (bytes) *bytes = length;
  return array;
}

template <typename T>
T number(Files& files) {
  return *given<T>(files);
}

// An array of results, every byte 0xA5.
template <typename T>
T* empty(size_t count) {
  T* array;
  if (cudaMallocManaged(&array, count * sizeof(T)) != cudaSuccess) exit(5);
  memset((void*)array, 0xA5, count * sizeof(T));
  return array;
}

template <typename T>
void put(Files& files, const T* array, size_t count) {
  const cudaError_t status = cudaDeviceSynchronize();
  if (status != cudaSuccess) {
    fprintf(stderr, "%s\n", cudaGetErrorString(status));
    exit(6);
  }
  const unsigned long long length = count * sizeof(T);
  fwrite(&length, 8, 1, files.out);
  fwrite((const void*)array, 1, length, files.out);
  fflush(files.out);
}

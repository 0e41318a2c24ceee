// Warp matrix functions: every kind of element, each layout, elementwise work on fragments.
#include <mma.h>

#include <cstdio>
using namespace nvcuda;

template <int M, int N, int K, typename T, typename Sum, typename LayoutA, typename LayoutB, typename Element>
__global__ void multiply(const Element* a, const Element* b, Sum* c, int lda, int ldb) {
  wmma::fragment<wmma::matrix_a, M, N, K, T, LayoutA> left;
  wmma::fragment<wmma::matrix_b, M, N, K, T, LayoutB> right;
  wmma::fragment<wmma::accumulator, M, N, K, Sum> sums;
  wmma::load_matrix_sync(left, a, lda);
  wmma::load_matrix_sync(right, b, ldb);
  wmma::fill_fragment(sums, Sum(1));
  wmma::mma_sync(sums, left, right, sums);
  for (int i = 0; i < sums.num_elements; ++i) sums.x[i] = sums.x[i] + sums.x[i];
  wmma::store_matrix_sync(c, sums, N, wmma::mem_row_major);
}

template <typename Layout>
constexpr bool by_rows = std::is_same<Layout, wmma::row_major>::value;

template <int M, int N, int K, typename T, typename Sum, typename LayoutA, typename LayoutB, typename Element = T>
void check(const char* name) {
  const int lda = (by_rows<LayoutA> ? K : M) + 16, ldb = (by_rows<LayoutB> ? N : K) + 16;
  Element *a, *b;
  Sum* c;
  cudaMallocManaged(&a, sizeof(Element) * lda * 32);
  cudaMallocManaged(&b, sizeof(Element) * ldb * 32);
  cudaMallocManaged(&c, sizeof(Sum) * M * N);
  for (int i = 0; i < lda * 32; ++i) a[i] = (Element)(float)(i * 7 % 11);
  for (int i = 0; i < ldb * 32; ++i) b[i] = (Element)(float)(i * 5 % 13);
  multiply<M, N, K, T, Sum, LayoutA, LayoutB><<<1, 32>>>(a, b, c, lda, ldb);
  if (cudaDeviceSynchronize() != cudaSuccess) printf("failed ");
  int wrong = 0;
  for (int row = 0; row < M; ++row)
    for (int column = 0; column < N; ++column) {
      float sum = 1;
      for (int k = 0; k < K; ++k)
        sum += (float)a[by_rows<LayoutA> ? row * lda + k : k * lda + row] *
               (float)b[by_rows<LayoutB> ? k * ldb + column : column * ldb + k];
      wrong += (float)c[row * N + column] != (float)(Sum)(2 * sum);
    }
  printf("%s %d\n", name, wrong);
}

__global__ void bits(const unsigned* a, const unsigned* b, int* out) {
  wmma::fragment<wmma::matrix_a, 8, 8, 128, wmma::experimental::precision::b1, wmma::row_major> left;
  wmma::fragment<wmma::matrix_b, 8, 8, 128, wmma::experimental::precision::b1, wmma::col_major> right;
  wmma::fragment<wmma::accumulator, 8, 8, 128, int> sums, both;
  wmma::load_matrix_sync(left, a, 128);
  wmma::load_matrix_sync(right, b, 128);
  wmma::fill_fragment(sums, 0);
  wmma::bmma_sync(both, left, right, sums, wmma::experimental::bmmaBitOpAND);
  wmma::bmma_sync(sums, left, right, both);
  wmma::store_matrix_sync(out, sums, 8, wmma::mem_col_major);
}

int main() {
  using wmma::col_major;
  using wmma::row_major;
  check<16, 16, 16, half, float, row_major, col_major>("half, float");
  check<16, 16, 16, half, half, col_major, row_major>("half, half");
  check<32, 8, 16, half, float, row_major, row_major>("half, 32 rows");
  check<8, 32, 16, __nv_bfloat16, float, col_major, col_major>("bfloat, 32 columns");
  check<16, 16, 16, signed char, int, row_major, col_major>("signed bytes");
  check<32, 8, 16, unsigned char, int, col_major, row_major>("bytes");
  check<16, 16, 8, wmma::precision::tf32, float, row_major, row_major, float>("tf32");
  check<8, 8, 4, double, double, col_major, row_major>("double");
  unsigned* words;
  cudaMallocManaged(&words, 64 * 4 + 64 * 4);
  for (int i = 0; i < 64; ++i) words[i] = i * 2654435761u;
  int* out = (int*)(words + 64);
  bits<<<1, 32>>>(words, words + 32, out);
  cudaDeviceSynchronize();
  int wrong = 0;
  for (int i = 0; i < 64; ++i) {
    int sum = 0;
    for (int k = 0; k < 4; ++k) {
      const unsigned a = words[i % 8 * 4 + k], b = words[32 + i / 8 * 4 + k];
      sum += __builtin_popcount(a & b) + __builtin_popcount(a ^ b);
    }
    wrong += out[i] != sum;
  }
  printf("bits %d\n", wrong);
}

// Where variables live and how bytes get there: device and constant variables, copies in one to three dimensions, memset.
#include <cstdio>
#include <cstring>
#include <vector>

__device__ int scalar = 5;
__device__ int array[6] = {1, 2, 3};
__constant__ double constants[2] = {0.5, 0.25};
__device__ int* pointer_to_array = array + 1;
static __device__ unsigned char bytes[5] = {'c', 'u', 'd', 'a', 0};

struct Nested {
  char tag;
  double weight;
  int cells[2][3];
};
__constant__ Nested nested = {'n', 1.5, {{1, 2, 3}, {4, 5, 6}}};

__global__ void read_and_write(int* out) {
  __shared__ Nested local;
  if (threadIdx.x == 0) {
    local = nested;
    out[0] = scalar + array[2] + array[5] + pointer_to_array[0];
    out[1] = static_cast<int>(8 * (constants[0] + constants[1]));
    out[2] = array[1];
    out[3] = bytes[0] + bytes[4];
    out[4] = local.tag + local.cells[1][2] + static_cast<int>(2 * local.weight);
    scalar *= 2;
    array[5] = 60;
  }
}

__global__ void fill(int* pitched, size_t pitch, int width, int height) {
  const int x = threadIdx.x, y = blockIdx.x;
  if (x < width && y < height)
    *reinterpret_cast<int*>(reinterpret_cast<char*>(pitched) + y * pitch + x * sizeof(int)) = 100 * y + x;
}

void copies() {
  int* device;
  size_t pitch;
  cudaMallocPitch(&device, &pitch, 5 * sizeof(int), 4);
  fill<<<4, 8>>>(device, pitch, 5, 4);
  int host[4][7];
  std::memset(host, 0xff, sizeof(host));
  cudaMemcpy2D(&host[0][1], sizeof(host[0]), device, pitch, 5 * sizeof(int), 4, cudaMemcpyDeviceToHost);
  printf("2D: pitch %s, %d %d %d %d, outside %d %d\n", pitch >= 20 && pitch % 4 == 0 ? "fits" : "does not fit", host[0][1],
         host[1][2], host[3][1], host[3][5], host[0][0], host[2][6]);
  cudaMemset2D(device, pitch, 0, 2 * sizeof(int), 4);
  cudaMemcpy2D(&host[0][1], sizeof(host[0]), device, pitch, 5 * sizeof(int), 4, cudaMemcpyDefault);
  printf("memset 2D: %d %d %d\n", host[3][1], host[3][2], host[3][3]);
  cudaFree(device);

  std::vector<unsigned char> out(1000);
  unsigned char *a, *b;
  cudaMalloc(&a, 1000);
  cudaMalloc(&b, 1000);
  cudaMemset(a, 0xab, 1000);
  cudaMemset(a + 500, 1, 3);
  cudaMemcpy(b, a + 1, 999, cudaMemcpyDeviceToDevice);
  cudaMemcpy(out.data(), b, 999, cudaMemcpyDeviceToHost);
  printf("1D: %d %d %d %d %d\n", out[0], out[498], out[499], out[501], out[502]);
  cudaFree(a);
  cudaFree(b);
}

int main() {
  int* out;
  cudaMallocManaged(&out, 5 * sizeof(int));
  for (int launch = 0; launch < 2; ++launch) {
    read_and_write<<<1, 32>>>(out);
    cudaDeviceSynchronize();
    printf("%d %d %d %d %d\n", out[0], out[1], out[2], out[3], out[4]);
  }
  int scalar_now, part[2];
  const double replaced = 4;
  cudaMemcpyFromSymbol(&scalar_now, scalar, sizeof(int));
  cudaMemcpyFromSymbol(part, array, sizeof(part), 4 * sizeof(int));
  cudaMemcpyToSymbol(constants, &replaced, sizeof(double), sizeof(double));
  read_and_write<<<1, 1>>>(out);
  cudaDeviceSynchronize();
  printf("scalar %d, array %d %d, pointer %d, constants %d\n", scalar_now, part[0], part[1], out[2], out[1]);
  copies();
  printf("%s\n", cudaGetErrorName(cudaGetLastError()));
}

// Built-in vector types: sizes, alignment, constructors, members, as kernel parameters and in memory of every kind.
#include <cstdio>

static_assert(sizeof(char3) == 3 && sizeof(short4) == 8 && sizeof(int3) == 12 && sizeof(float4) == 16 && sizeof(double2) == 16);
static_assert(alignof(float2) == 8 && alignof(float4) == 16 && alignof(int3) == 4 && alignof(uchar4) == 4 &&
              alignof(double2) == 16);

struct Packet {
  uchar4 colour;
  float3 position;
  longlong2 counters;
};

__constant__ int4 offsets = {1, 20, 300, 4000};

__global__ void mix(float4 scale, short2 shift, const uchar4* pixels, Packet* packets) {
  __shared__ float4 tile[32];
  const int i = threadIdx.x;
  tile[31 - i] = make_float4(pixels[i].x * scale.x, pixels[i].y * scale.y, pixels[i].z * scale.z, pixels[i].w * scale.w);
  __syncthreads();
  const float4 mine = tile[i];
  packets[i].colour = make_uchar4(mine.x, mine.y, mine.z, mine.w);
  packets[i].position = make_float3(mine.x + shift.x, mine.y + shift.y, 0.5f);
  packets[i].counters = make_longlong2(offsets.x + offsets.w, (1ll << 40) + offsets.y * i);
}

int main() {
  uchar4* pixels;
  Packet* packets;
  cudaMallocManaged(&pixels, 32 * sizeof(uchar4));
  cudaMallocManaged(&packets, 32 * sizeof(Packet));
  for (int i = 0; i < 32; ++i) pixels[i] = make_uchar4(i, 2 * i, 3 * i, 255 - i);
  mix<<<1, 32>>>(make_float4(1, 0.5f, 2, 0.25f), make_short2(-3, 1000), pixels, packets);
  const cudaError_t error = cudaDeviceSynchronize();
  for (const int i : {0, 10, 31}) {
    const Packet& p = packets[i];
    printf("%u %u %u %u | %.2f %.2f %.2f | %lld %lld\n", p.colour.x, p.colour.y, p.colour.z, p.colour.w, p.position.x, p.position.y,
           p.position.z, p.counters.x, p.counters.y);
  }
  const dim3 defaults;
  const uint3 point = {4, 5, 6};
  const dim3 converted(point);
  printf("%u %u %u, %u %u %u, %s\n", defaults.x, defaults.y, defaults.z, converted.x, converted.y, converted.z,
         cudaGetErrorName(error));
}

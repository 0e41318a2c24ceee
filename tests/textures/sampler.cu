// Samples a two-dimensional texture as standard input says and prints the bits of each result.
//   kind (0 float, 1 uchar4 read as floats)  width height  address-x address-y  linear normalized  border[4]  count  x y ...
// The element at (x, y) of channel c is a fixed function of the three; test_sampler.py has the same one.
#include <cstdio>
#include <vector>

#define OK(call)                                                                      \
  do {                                                                                \
    cudaError_t e = call;                                                             \
    if (e != cudaSuccess) return printf("%s: %s\n", #call, cudaGetErrorString(e)), 1; \
  } while (0)

__global__ void sample(cudaTextureObject_t t, int kind, const float2* at, float4* out, int count) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= count) return;
  if (kind == 0) {
    out[i] = make_float4(tex2D<float>(t, at[i].x, at[i].y), 0, 0, 1);
  } else {
    out[i] = tex2D<float4>(t, at[i].x, at[i].y);
  }
}

static unsigned char element(int x, int y, int c) { return (x * 37 + y * 101 + c * 59 + 11) % 256; }

int main() {
  int kind, width, height, address[2], linear, normalized, count;
  float border[4];
  while (scanf("%d %d %d %d %d %d %d", &kind, &width, &height, address, address + 1, &linear, &normalized) == 7) {
    if (scanf("%f %f %f %f %d", border, border + 1, border + 2, border + 3, &count) != 5) return 1;
    std::vector<float2> at(count);
    for (float2& p : at) {
      if (scanf("%f %f", &p.x, &p.y) != 2) return 1;
    }
    const size_t bytes = 4, row = width * bytes;
    std::vector<unsigned char> texels(row * height);
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        unsigned char* to = &texels[y * row + x * bytes];
        for (int c = 0; c < 4; ++c) to[c] = element(x, y, c);
        if (kind == 0) *(float*)to = element(x, y, 0) * 0.25f - 7.0f;
      }
    }
    cudaChannelFormatDesc format = kind == 0 ? cudaCreateChannelDesc<float>() : cudaCreateChannelDesc<uchar4>();
    cudaResourceDesc resource = {};
    cudaTextureDesc texture = {};
    cudaArray_t array;
    OK(cudaMallocArray(&array, &format, width, height));
    OK(cudaMemcpy2DToArray(array, 0, 0, texels.data(), row, row, height, cudaMemcpyHostToDevice));
    resource.resType = cudaResourceTypeArray;
    resource.res.array.array = array;
    for (int i = 0; i < 2; ++i) texture.addressMode[i] = (cudaTextureAddressMode)address[i];
    for (int i = 0; i < 4; ++i) texture.borderColor[i] = border[i];
    texture.filterMode = linear ? cudaFilterModeLinear : cudaFilterModePoint;
    texture.readMode = kind == 0 ? cudaReadModeElementType : cudaReadModeNormalizedFloat;
    texture.normalizedCoords = normalized;
    cudaTextureObject_t object;
    OK(cudaCreateTextureObject(&object, &resource, &texture, nullptr));
    float2* places;
    float4* results;
    OK(cudaMalloc(&places, count * sizeof(float2)));
    OK(cudaMalloc(&results, count * sizeof(float4)));
    OK(cudaMemcpy(places, at.data(), count * sizeof(float2), cudaMemcpyHostToDevice));
    sample<<<(count + 63) / 64, 64>>>(object, kind, places, results, count);
    std::vector<float4> got(count);
    OK(cudaMemcpy(got.data(), results, count * sizeof(float4), cudaMemcpyDeviceToHost));
    for (const float4& v : got) {
      printf("%08x %08x %08x %08x\n", *(unsigned*)&v.x, *(unsigned*)&v.y, *(unsigned*)&v.z, *(unsigned*)&v.w);
    }
    OK(cudaDestroyTextureObject(object));
    OK(cudaFreeArray(array));
    OK(cudaFree(places));
    OK(cudaFree(results));
  }
}

// Texture and surface references: settings changed without binding anew, fetches, normalized reads, surface access.
#include <cstdio>
texture<float, 2, cudaReadModeElementType> tex;
static texture<uchar4, cudaTextureType1D, cudaReadModeNormalizedFloat> lin;
texture<int> unused;
surface<void, 2> surf;
__global__ void k(float* o, float4* c) {
  int x = threadIdx.x, y = threadIdx.y;
  o[y * 8 + x] = tex2D(tex, x + 0.75f, y + 0.5f);
  if (y == 0) c[x] = tex1Dfetch(lin, x);
  int v;
  surf2Dread(&v, surf, x * 4, y);
  surf2Dwrite(v + 1, surf, x * 4, y, cudaBoundaryModeTrap);
}
int main() {
  float h[64], *d;
  for (int i = 0; i < 64; ++i) h[i] = i;
  uchar4 u[8];
  for (int i = 0; i < 8; ++i) u[i] = make_uchar4(i, 51 * (i % 6), 255, 0);
  float4* c;
  uchar4* du;
  cudaMalloc(&c, 8 * 16);
  cudaMalloc(&du, 32);
  cudaMemcpy(du, u, 32, cudaMemcpyHostToDevice);
  cudaArray *a, *s;
  cudaChannelFormatDesc f = cudaCreateChannelDesc<float>();
  cudaMallocArray(&a, &f, 8, 8);
  cudaMallocArray(&s, &f, 8, 8, cudaArraySurfaceLoadStore);
  cudaMemcpyToArray(a, 0, 0, h, 256, cudaMemcpyHostToDevice);
  cudaMemcpyToArray(s, 0, 0, h, 256, cudaMemcpyHostToDevice);
  cudaMalloc(&d, 256);
  tex.addressMode[0] = cudaAddressModeClamp;
  tex.normalized = false;
  printf("%d\n", cudaBindTextureToArray(tex, a, f));
  size_t offset = 7;
  printf("%d ", cudaBindTexture(&offset, lin, du, 32));
  printf("%zu\n", offset);
  printf("%d\n", cudaBindSurfaceToArray(surf, s));
  for (int mode = 0; mode < 2; ++mode) {
    tex.filterMode = mode ? cudaFilterModeLinear : cudaFilterModePoint;
    k<<<1, dim3(8, 8)>>>(d, c);
    printf("%d\n", cudaDeviceSynchronize());
    cudaMemcpy(h, d, 256, cudaMemcpyDeviceToHost);
    for (int i = 0; i < 16; ++i) printf("%g ", h[i]);
    puts("");
  }
  float4 hc[8];
  cudaMemcpy(hc, c, 128, cudaMemcpyDeviceToHost);
  for (int i = 0; i < 8; ++i) printf("%g,%g,%g,%g ", hc[i].x, hc[i].y, hc[i].z, hc[i].w);
  int hs[64];
  cudaMemcpyFromArray(hs, s, 0, 0, 256, cudaMemcpyDeviceToHost);
  float one = 1;
  int bits;
  memcpy(&bits, &one, 4);
  printf("\n%d\n", hs[1] == bits + 2);
  printf("%d %d\n", cudaUnbindTexture(tex), cudaUnbindTexture(lin));
}

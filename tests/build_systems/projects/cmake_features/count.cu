int main() {
  int count = 0;
  cudaGetDeviceCount(&count);
  return count < 1;
}

static_assert(__cplusplus / 100 % 100 == STANDARD, "the standard that was asked for");

__global__ void kernel(int* p) {
  auto add = [](int x) { return x + 1; };
  *p = add(*p);
}

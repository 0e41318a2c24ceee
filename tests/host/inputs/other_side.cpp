// The host compiler's own object: library types and an exception cross to the CUDA source's object and back.
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

int other_side(std::vector<std::string>& words, const std::function<int(int)>& call) {
  words.push_back("from the host compiler, longer than a small string holds");
  if (call(static_cast<int>(words.size())) != 4) return -1;
  throw std::runtime_error("thrown there");
}

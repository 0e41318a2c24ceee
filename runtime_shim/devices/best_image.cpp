// The image of a fat binary that fits a device best; among equals the first.
#include "devices/device.hpp"

namespace cw::fatbin {

const Image* best_image(const Vector<Image>& images, const Device& device) {
  const Image* best = nullptr;
  int best_rank = -1;
  for (const Image& image : images) {
    const int rank = device.rank(image);
    if (rank <= best_rank) continue;
    best = &image;
    best_rank = rank;
  }
  return best;
}

}  // namespace cw::fatbin

// What searching a bot's pages costs. One thread.
#pragma once

#include <cstddef>

namespace parley::bench {

struct PagesCost {
  std::size_t passages = 0;
  double load_ms = 0;    // to read, cut and index them
  double search_us = 0;  // one question of six words
};

PagesCost measure_pages(std::size_t passages);

}  // namespace parley::bench

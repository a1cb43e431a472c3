#include "connectors/gzip.h"

#include <algorithm>
#include <boost/algorithm/string.hpp>
#include <new>
#include <vector>
#include <zlib.h>

namespace parley::connectors {
namespace {

constexpr int kGzipWindow = 15 + 16;  // the largest window; 16 asks zlib for gzip's own header
constexpr int kDefaultMemory = 8;

/// "gzip;q=0" and "*;q=0.0" refuse.
bool is_refused(std::string_view parameters) {
  const auto quality = parameters.find("q=");
  return quality != std::string_view::npos &&
         parameters.find_first_of("123456789", quality) == std::string_view::npos;
}

}  // namespace

std::string gzip(std::string_view content) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindow, kDefaultMemory,
                   Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::bad_alloc();
  std::string packed(deflateBound(&stream, content.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));  // zlib does not write to it
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);  // ends at once: the bound is enough
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

bool accepts_gzip(std::string_view accept_encoding) {
  std::vector<std::string> codings;
  boost::split(codings, accept_encoding, boost::is_any_of(","));
  return std::any_of(codings.begin(), codings.end(), [](const std::string& coding) {
    const auto end = coding.find(';');
    const std::string name = boost::to_lower_copy(boost::trim_copy(coding.substr(0, end)));
    const bool gzip = name == "gzip" || name == "*";
    return gzip && (end == std::string::npos || !is_refused(std::string_view(coding).substr(end)));
  });
}

}  // namespace parley::connectors

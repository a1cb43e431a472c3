#include <fstream>

#include "bench/parts.h"

namespace parley::bench {

std::filesystem::path write_settings(const std::filesystem::path& folder, const std::string& bots,
                                     const std::string& bot) {
  const std::filesystem::path path = folder / "parley.yaml";
  std::ofstream(path) << "listen: 127.0.0.1:0\ndata: data\nbots: " << bots
                      << "\nchannels:\n  webchat:\n    bot: " << bot
                      << "\n    access: anonymous\n    origins: [self]\n"
                      << "log: {level: error}\nlimits:\n  messages_per_minute_max: 1000000\n"
                      << "  messages_per_minute_per_address_max: 1000000\n"
                      << "  conversations_per_minute_per_address_max: 1000000\n"
                      << "  connections_max: 19950\n  connections_per_address_max: 19950\n";
  return path;
}

}  // namespace parley::bench

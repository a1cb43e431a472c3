#include "connectors/random.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include "connectors/base64url.h"

namespace parley::connectors {
namespace {

constexpr std::size_t kSecretBytes = 32;

Error about(const std::filesystem::path& path, ErrorCode code, std::string_view problem) {
  std::string message = path.string();
  message += ": ";
  message += problem;
  return {code, std::move(message)};
}

Error system_error(const std::filesystem::path& path) {
  return about(path, ErrorCode::kUnavailable, std::strerror(errno));
}

Result<std::string> read_secret(const std::filesystem::path& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return system_error(path);
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return about(path, ErrorCode::kInvalid, "others may read this secret: chmod 600 it");
  std::ifstream stream(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  const std::size_t size = text.find_last_not_of('\n') + 1;
  if (size >= kSecretBytes) return text.substr(0, size);
  return about(path, ErrorCode::kInvalid,
               "not a secret of 32 bytes or more: remove it, and a new one is made");
}

}  // namespace

std::string random_text(std::size_t bytes) {
  std::string random(bytes, '\0');
  PARLEY_CHECK(RAND_bytes(reinterpret_cast<unsigned char*>(random.data()), static_cast<int>(bytes)) == 1);
  return to_base64url(random);
}

Result<std::string> secret_in_file(const std::filesystem::path& path) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return errno == EEXIST ? read_secret(path) : system_error(path);
  std::string text = random_text(kSecretBytes);
  text += '\n';
  const bool written =
      write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && fsync(file) == 0;
  close(file);
  if (!written) {
    unlink(path.c_str());
    return system_error(path);
  }
  return read_secret(path);
}

}  // namespace parley::connectors

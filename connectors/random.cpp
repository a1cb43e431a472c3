#include "connectors/random.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include "connectors/base64url.h"

namespace parley::connectors {
namespace {

constexpr std::size_t kSecretBytes = 32;

Error unusable(const std::filesystem::path& path, const std::string& what) {
  return {ErrorCode::kUnavailable, path.string() + ": " + what + ": " + std::strerror(errno)};
}

Result<std::string> read_secret(const std::filesystem::path& path) {
  struct stat about {};
  if (stat(path.c_str(), &about) != 0) return unusable(path, "can't be looked at");
  if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return Error{ErrorCode::kInvalid, path.string() + " holds a secret that others may read: chmod 600 it"};
  std::ifstream stream(path, std::ios::binary);
  std::string secret((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  while (!secret.empty() && secret.back() == '\n')
    secret.pop_back();
  if (secret.size() < kSecretBytes)
    return Error{ErrorCode::kInvalid, path.string() + " does not hold a secret of " +
                                          std::to_string(kSecretBytes) +
                                          " bytes or more: remove it, and a new one is made"};
  return secret;
}

}  // namespace

std::string random_text(std::size_t bytes) {
  std::string random(bytes, '\0');
  PARLEY_CHECK(RAND_bytes(reinterpret_cast<unsigned char*>(random.data()), static_cast<int>(bytes)) == 1);
  return to_base64url(random);
}

Result<std::string> secret_in_file(const std::filesystem::path& path) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return errno == EEXIST ? read_secret(path) : unusable(path, "can't be made");
  std::string text = random_text(kSecretBytes);
  text += '\n';
  const bool written =
      write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && fsync(file) == 0;
  close(file);
  if (!written) {
    unlink(path.c_str());
    return unusable(path, "can't be written");
  }
  return read_secret(path);
}

}  // namespace parley::connectors

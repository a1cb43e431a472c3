#include "intents/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace parley::intents {

Result<MappedFile> map_file(const std::filesystem::path& path) {
  const Error absent{ErrorCode::kNotFound, path.string() + " is not there or can't be read"};
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return absent;
  struct stat status {};
  const bool regular = ::fstat(file, &status) == 0 && S_ISREG(status.st_mode);
  const auto size = static_cast<std::size_t>(status.st_size);
  // An empty file can't be mapped, and holds nothing to map.
  void* const memory =
      regular && size > 0 ? ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0) : MAP_FAILED;
  ::close(file);
  if (regular && size == 0) return MappedFile{};
  if (memory == MAP_FAILED) return absent;
  const auto unmap = [size](const void* bytes) { ::munmap(const_cast<void*>(bytes), size); };
  return MappedFile{{static_cast<const char*>(memory), size}, std::shared_ptr<const void>(memory, unmap)};
}

}  // namespace parley::intents

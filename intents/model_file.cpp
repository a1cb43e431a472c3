#include "intents/model_file.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>
#include <openssl/sha.h>
#include <unistd.h>

namespace parley::intents {
namespace {

static_assert(std::endian::native == std::endian::little, "model files are written as memory holds them");

constexpr std::string_view kMagic = "PARLEYIM";
constexpr std::size_t kDigestBytes = SHA256_DIGEST_LENGTH;
constexpr std::size_t kHeaderBytes = kMagic.size() + 4 + 8 + kDigestBytes;
constexpr std::size_t kNamesMax = 100'000;  // intents or languages of one model

std::string digest_of(std::string_view bytes) {
  std::string digest(kDigestBytes, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

class Writer {
 public:
  template <typename T>
  void number(T value) {
    char raw[sizeof(T)];
    std::memcpy(raw, &value, sizeof(T));
    bytes_.append(raw, sizeof(T));
  }
  void text(std::string_view value) {
    number<std::uint64_t>(value.size());
    bytes_ += value;
  }
  void names(const std::vector<std::string>& values) {
    number<std::uint64_t>(values.size());
    for (const auto& value : values)
      text(value);
  }
  template <typename T>
  void array(const std::vector<T>& values) {
    number<std::uint64_t>(values.size());
    bytes_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// Reads what a Writer wrote; after the first thing that does not fit, everything is empty and ok() is false.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  bool ok() const { return ok_; }
  bool at_end() const { return ok_ && rest_.empty(); }

  template <typename T>
  T number() {
    T value{};
    const std::string_view raw = take(sizeof(T));
    if (ok_) std::memcpy(&value, raw.data(), sizeof(T));
    return value;
  }
  std::string text() { return std::string(take(number<std::uint64_t>())); }
  std::vector<std::string> names() {
    std::vector<std::string> values;
    const auto count = number<std::uint64_t>();
    if (count > kNamesMax) ok_ = false;
    for (std::uint64_t i = 0; ok_ && i < count; ++i)
      values.push_back(text());
    return values;
  }
  template <typename T>
  std::vector<T> array() {
    const auto count = number<std::uint64_t>();
    if (count > rest_.size() / sizeof(T)) ok_ = false;
    std::vector<T> values(ok_ ? count : 0);
    const std::string_view raw = take(values.size() * sizeof(T));
    if (ok_ && !raw.empty()) std::memcpy(values.data(), raw.data(), raw.size());
    return values;
  }

 private:
  std::string_view take(std::uint64_t count) {
    if (!ok_ || count > rest_.size()) {
      ok_ = false;
      return {};
    }
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }

  std::string_view rest_;
  bool ok_ = true;
};

bool is_consistent(const ClassifierModel& model) {
  const auto finite = [](double value) { return std::isfinite(value); };
  bool sound = !model.intents.empty() && !model.languages.empty() &&
               model.scales.size() == model.features() &&
               model.weights.size() == model.features() * model.columns();
  for (std::size_t i = 1; i < model.keys.size(); ++i)
    sound = sound && model.keys[i - 1] < model.keys[i];
  for (const float scale : model.scales)
    sound = sound && finite(scale);
  for (const double value : model.calibration.scope)
    sound = sound && finite(value);
  return sound && finite(model.calibration.sharpness) && finite(model.calibration.language_sharpness);
}

Error corrupt(const std::string& what) {
  return {ErrorCode::kCorrupt, "the model " + what + "; it has to be trained again"};
}

Result<ClassifierModel> model_from_payload(std::string_view payload, std::string_view corpus_digest) {
  Reader reader(payload);
  if (reader.text() != corpus_digest) return corrupt("belongs to other intents or vocabulary");
  ClassifierModel model;
  model.intents = reader.names();
  model.languages = reader.names();
  model.keys = reader.array<FeatureKey>();
  model.scales = reader.array<float>();
  model.weights = reader.array<std::int8_t>();
  model.calibration.sharpness = reader.number<double>();
  model.calibration.language_sharpness = reader.number<double>();
  for (double& value : model.calibration.scope)
    value = reader.number<double>();
  if (!reader.at_end() || !is_consistent(model)) return corrupt("is inconsistent");
  return model;
}

}  // namespace

std::string hex_digest(std::string_view bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (const char byte : digest_of(bytes)) {
    hex += kDigits[static_cast<unsigned char>(byte) >> 4];
    hex += kDigits[static_cast<unsigned char>(byte) & 15];
  }
  return hex;
}

std::string model_bytes(const ClassifierModel& model, std::string_view corpus_digest) {
  Writer payload;
  payload.text(corpus_digest);
  payload.names(model.intents);
  payload.names(model.languages);
  payload.array(model.keys);
  payload.array(model.scales);
  payload.array(model.weights);
  payload.number(model.calibration.sharpness);
  payload.number(model.calibration.language_sharpness);
  for (const double value : model.calibration.scope)
    payload.number(value);
  const std::string content = payload.take();
  Writer header;
  header.number(kModelFormat);
  header.number<std::uint64_t>(content.size());
  return std::string(kMagic) + header.take() + digest_of(content) + content;
}

Result<ClassifierModel> model_from_bytes(std::string_view bytes, std::string_view corpus_digest) {
  if (bytes.size() < kHeaderBytes || bytes.substr(0, kMagic.size()) != kMagic)
    return corrupt("is not a model file");
  Reader header(bytes.substr(kMagic.size()));
  const auto format = header.number<std::uint32_t>();
  const auto size = header.number<std::uint64_t>();
  if (format != kModelFormat)
    return corrupt("has format " + std::to_string(format) + ", not " + std::to_string(kModelFormat));
  const std::string_view payload = bytes.substr(kHeaderBytes);
  if (size != payload.size()) return corrupt("is cut off or too long");
  if (digest_of(payload) != bytes.substr(kHeaderBytes - kDigestBytes, kDigestBytes))
    return corrupt("is damaged");
  return model_from_payload(payload, corpus_digest);
}

Result<Done> write_model_file(const std::filesystem::path& path, const ClassifierModel& model,
                              std::string_view corpus_digest) {
  std::error_code error;
  std::filesystem::create_directories(path.parent_path(), error);
  const std::filesystem::path temporary = path.string() + "." + std::to_string(::getpid()) + ".new";
  std::ofstream file(temporary, std::ios::binary | std::ios::trunc);
  const std::string bytes = model_bytes(model, corpus_digest);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (file) std::filesystem::rename(temporary, path, error);
  if (file && !error) return Done{};
  std::filesystem::remove(temporary, error);
  return Error{ErrorCode::kUnavailable, "the model can't be written to " + path.string() +
                                            ": check that the folder may be written and has room"};
}

Result<ClassifierModel> read_model_file(const std::filesystem::path& path, std::string_view corpus_digest) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error) return Error{ErrorCode::kNotFound, path.string() + " is not there"};
  if (size > kModelFileMaxBytes) return corrupt("is too large").in(path.string());
  std::string bytes(size, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(bytes.data(), static_cast<std::streamsize>(size));
  if (!file) return Error{ErrorCode::kNotFound, path.string() + " can't be read"};
  auto model = model_from_bytes(bytes, corpus_digest);
  if (!model) return model.error().in(path.string());
  return model;
}

}  // namespace parley::intents

#include "intents/model_file.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>
#include <openssl/sha.h>
#include <unistd.h>

#include "intents/mapped_file.h"

namespace parley::intents {
namespace {

static_assert(std::endian::native == std::endian::little, "model files are written as memory holds them");

constexpr std::string_view kMagic = "PARLEYIM";
constexpr std::size_t kHeaderBytes = kMagic.size() + 3 * sizeof(std::uint64_t);
constexpr std::size_t kAlignment = 8;
constexpr std::size_t kNamesMax = 100'000;  // intents or languages of one model

/// Four sums side by side, each over every fourth word, so that the processor need not wait for one.
std::uint64_t checksum(std::string_view bytes) {
  std::array<std::uint64_t, 4> sums = {1, 2, 3, 4};
  const auto add = [&](std::size_t lane, std::uint64_t word) {
    sums[lane] = std::rotl((sums[lane] ^ word) * 0x9e3779b97f4a7c15ULL, 29);
  };
  std::array<std::uint64_t, 4> words{};
  while (bytes.size() >= sizeof(words)) {
    std::memcpy(words.data(), bytes.data(), sizeof(words));
    for (std::size_t lane = 0; lane < words.size(); ++lane)
      add(lane, words[lane]);
    bytes.remove_prefix(sizeof(words));
  }
  for (std::size_t i = 0; i < bytes.size(); ++i)
    add(i % sums.size(), static_cast<unsigned char>(bytes[i]) + 1U);
  for (std::size_t lane = 1; lane < sums.size(); ++lane)
    add(0, sums[lane]);
  return sums[0];
}

class Writer {
 public:
  void number(std::uint64_t value) { raw(&value, sizeof(value)); }
  void number(double value) { raw(&value, sizeof(value)); }
  void text(std::string_view value) {
    number(std::uint64_t{value.size()});
    raw(value.data(), value.size());
  }
  void names(const std::vector<std::string>& values) {
    number(std::uint64_t{values.size()});
    for (const auto& value : values)
      text(value);
  }
  template <typename T>
  void array(const Block<T>& values) {
    number(std::uint64_t{values.size()});
    raw(values.data(), values.size() * sizeof(T));
  }
  void rows(const ByteRows& rows) {
    array(rows.scales);
    array(rows.numbers);
  }
  std::string take() { return std::move(bytes_); }

 private:
  void raw(const void* from, std::size_t count) {
    bytes_.append(static_cast<const char*>(from), count);
    bytes_.resize((bytes_.size() + kAlignment - 1) / kAlignment * kAlignment);
  }

  std::string bytes_;
};

/// Reads what a Writer wrote; after the first thing that does not fit, everything is empty and ok() is false.
class Reader {
 public:
  Reader(std::string_view bytes, std::shared_ptr<const void> owner)
      : rest_(bytes), owner_(std::move(owner)) {}

  bool ok() const { return ok_; }
  bool at_end() const { return ok_ && rest_.empty(); }

  std::uint64_t number() { return number_of<std::uint64_t>(); }
  double real() { return number_of<double>(); }
  std::string text() { return std::string(take(number())); }
  std::vector<std::string> names() {
    std::vector<std::string> values;
    const auto count = number();
    if (count > kNamesMax) ok_ = false;
    for (std::uint64_t i = 0; ok_ && i < count; ++i)
      values.push_back(text());
    return values;
  }
  template <typename T>
  Block<T> array() {
    const auto count = number();
    if (count > rest_.size() / sizeof(T)) ok_ = false;
    const std::string_view raw = take(ok_ ? count * sizeof(T) : 0);
    return {std::span(reinterpret_cast<const T*>(raw.data()), raw.size() / sizeof(T)), owner_};
  }
  ByteRows rows(std::size_t width) {
    ByteRows rows{array<float>(), array<std::int8_t>(), width};
    for (const float scale : rows.scales)
      ok_ = ok_ && std::isfinite(scale);
    ok_ = ok_ && rows.numbers.size() == rows.scales.size() * width;
    return rows;
  }

 private:
  template <typename T>
  T number_of() {
    T value{};
    const std::string_view raw = take(sizeof(T));
    if (ok_) std::memcpy(&value, raw.data(), sizeof(T));
    return value;
  }
  std::string_view take(std::uint64_t count) {
    if (!ok_ || count > rest_.size()) {
      ok_ = false;
      return {};
    }
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(
        std::min<std::size_t>(rest_.size(), (count + kAlignment - 1) / kAlignment * kAlignment));
    return taken;
  }

  std::string_view rest_;
  std::shared_ptr<const void> owner_;
  bool ok_ = true;
};

/// Calls use(number) for every number of the calibration, in the order of the file.
template <typename CalibrationType, typename Use>
void each_number(CalibrationType& calibration, const Use& use) {
  use(calibration.sharpness);
  use(calibration.language_sharpness);
  for (auto& value : calibration.scope)
    use(value);
  use(calibration.asked_sharpness);
  use(calibration.network_sharpness);
  for (auto& value : calibration.asked_scope)
    use(value);
}

void write_network(const NetworkModel& network, Writer& writer) {
  writer.number(network.outputs);
  if (network.empty()) return;
  writer.array(network.tokens);
  writer.rows(network.embedding);
  writer.rows(network.wide);
  for (const ByteRows& filters : network.filters)
    writer.rows(filters);
  writer.array(network.filter_bias);
  writer.rows(network.output);
  writer.array(network.output_bias);
}

NetworkModel read_network(Reader& reader) {
  NetworkModel network;
  network.outputs = reader.number();
  if (network.empty()) return network;
  network.tokens = reader.array<FeatureKey>();
  network.embedding = reader.rows(kEmbedding);
  network.wide = reader.rows(kWide);
  for (std::size_t w = 0; w < kWidths.size(); ++w)
    network.filters[w] = reader.rows(kWidths[w] * kEmbedding);
  network.filter_bias = reader.array<float>();
  network.output = reader.rows(kHidden);
  network.output_bias = reader.array<float>();
  return network;
}

void write_vectors(const WordVectors& vectors, Writer& writer) {
  writer.number(std::uint64_t{vectors.dimensions()});
  writer.array(vectors.keys);
  writer.rows(vectors.rows);
}

WordVectors read_vectors(Reader& reader) {
  const std::uint64_t dimensions = reader.number();
  return {reader.array<FeatureKey>(), reader.rows(std::min<std::uint64_t>(dimensions, kVectorDimensionsMax))};
}

bool is_increasing(const Block<FeatureKey>& keys) {
  for (std::size_t i = 1; i < keys.size(); ++i)
    if (keys[i - 1] >= keys[i]) return false;
  return true;
}

bool is_consistent(const NetworkModel& network, const ClassifierModel& model) {
  if (network.empty()) return true;
  bool sound = network.outputs == model.none_column() + 1 && is_increasing(network.tokens) &&
               network.embedding.scales.size() == network.tokens.size() + 1 &&
               network.wide.scales.size() == model.features() && network.filter_bias.size() == kConvolved &&
               network.output.scales.size() == whole_panels(network.outputs) &&
               network.output_bias.size() == whole_panels(network.outputs);
  for (const ByteRows& filters : network.filters)
    sound = sound && filters.scales.size() == kChannels;
  for (const Block<float>* bias : {&network.filter_bias, &network.output_bias})
    for (const float value : *bias)
      sound = sound && std::isfinite(value);
  return sound;
}

bool is_consistent(const ClassifierModel& model) {
  bool sound = !model.intents.empty() && !model.languages.empty() && is_increasing(model.keys) &&
               model.weights.scales.size() == model.features() + model.vectors.dimensions() &&
               is_increasing(model.vectors.keys) &&
               model.vectors.keys.size() == model.vectors.rows.scales.size() &&
               is_consistent(model.network, model);
  each_number(model.calibration, [&](double value) { sound = sound && std::isfinite(value); });
  return sound;
}

Error corrupt(const std::string& what) {
  return {ErrorCode::kCorrupt, "the model " + what + "; it has to be trained again"};
}

Result<ClassifierModel> model_from_payload(Reader reader, std::string_view corpus_digest) {
  if (reader.text() != corpus_digest) return corrupt("belongs to other intents or vocabulary");
  ClassifierModel model;
  model.intents = reader.names();
  model.languages = reader.names();
  each_number(model.calibration, [&](double& value) { value = reader.real(); });
  model.keys = reader.array<FeatureKey>();
  if (!reader.ok()) return corrupt("is inconsistent");
  model.weights = reader.rows(model.columns());
  model.network = read_network(reader);
  if (reader.ok() && !reader.at_end()) model.vectors = read_vectors(reader);
  if (!reader.at_end() || !is_consistent(model)) return corrupt("is inconsistent");
  return model;
}

/// `bytes` begin at a multiple of kAlignment.
Result<ClassifierModel> model_of(std::string_view bytes, const std::shared_ptr<const void>& owner,
                                 std::string_view corpus_digest) {
  if (bytes.size() < kHeaderBytes || bytes.substr(0, kMagic.size()) != kMagic)
    return corrupt("is not a model file");
  Reader header(bytes.substr(kMagic.size(), kHeaderBytes - kMagic.size()), owner);
  const auto format = header.number();
  const auto size = header.number();
  const auto sum = header.number();
  if (format != kModelFormat)
    return corrupt("has format " + std::to_string(format) + ", not " + std::to_string(kModelFormat));
  const std::string_view payload = bytes.substr(kHeaderBytes);
  if (size != payload.size()) return corrupt("is cut off or too long");
  if (sum != checksum(payload)) return corrupt("is damaged");
  return model_from_payload({payload, owner}, corpus_digest);
}

}  // namespace

std::string hex_digest(std::string_view bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
  std::string hex;
  for (const unsigned char byte : digest) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

std::string model_bytes(const ClassifierModel& model, std::string_view corpus_digest) {
  Writer payload;
  payload.text(corpus_digest);
  payload.names(model.intents);
  payload.names(model.languages);
  each_number(model.calibration, [&](double value) { payload.number(value); });
  payload.array(model.keys);
  payload.rows(model.weights);
  write_network(model.network, payload);
  if (!model.vectors.empty()) write_vectors(model.vectors, payload);
  return sealed_model(payload.take());
}

std::string sealed_model(std::string_view payload) {
  Writer header;
  header.number(kModelFormat);
  header.number(std::uint64_t{payload.size()});
  header.number(checksum(payload));
  return std::string(kMagic) + header.take().append(payload);
}

Result<ClassifierModel> model_from_bytes(std::string_view bytes, std::string_view corpus_digest) {
  const auto copy = std::make_shared<const std::string>(bytes);
  return model_of(*copy, copy, corpus_digest);
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
  const auto file = map_file(path);
  if (!file) return file.error();
  if (file->bytes.size() > kModelFileMaxBytes) return corrupt("is too large").in(path.string());
  auto model = model_of(file->bytes, file->owner, corpus_digest);
  if (!model) return model.error().in(path.string());
  return model;
}

}  // namespace parley::intents

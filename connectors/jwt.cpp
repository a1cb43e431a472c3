#include "connectors/jwt.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/param_build.h>
#include <vector>

#include "connectors/base64url.h"
#include "engine/bounded_json.h"

namespace parley::connectors {

/// The keys of one algorithm.
class TokenVerifier::Keys {
 public:
  virtual ~Keys() = default;
  virtual std::string_view algorithm() const = 0;
  virtual bool good(std::string_view signed_part, std::string_view signature,
                    const std::string& key_id) const = 0;
};

namespace {

constexpr std::chrono::seconds kClockDifference{60};
constexpr int kRsaMinBits = 2048;
constexpr std::size_t kKeysMax = 16;

template <typename T, void (*kFree)(T*)>
struct Free {
  void operator()(T* pointer) const { kFree(pointer); }
};
using KeyPtr = std::shared_ptr<EVP_PKEY>;
using NumberPtr = std::unique_ptr<BIGNUM, Free<BIGNUM, BN_free>>;
using DigestPtr = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX, EVP_MD_CTX_free>>;
using KeyContextPtr = std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX, EVP_PKEY_CTX_free>>;
using BuilderPtr = std::unique_ptr<OSSL_PARAM_BLD, Free<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>>;
using ParametersPtr = std::unique_ptr<OSSL_PARAM, Free<OSSL_PARAM, OSSL_PARAM_free>>;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string hmac_sha256(std::string_view text, std::string_view secret) {
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned int size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), bytes_of(text), text.size(),
       reinterpret_cast<unsigned char*>(digest.data()), &size);
  digest.resize(size);
  return digest;
}

NumberPtr number_of(const Json& key, const char* name) {
  const auto found = key.find(name);
  if (found == key.end() || !found->is_string()) return nullptr;
  const auto bytes = from_base64url(found->get<std::string>());
  return bytes ? NumberPtr(BN_bin2bn(bytes_of(*bytes), static_cast<int>(bytes->size()), nullptr)) : nullptr;
}

KeyPtr rsa_key(const Json& key) {
  const NumberPtr modulus = number_of(key, "n"), exponent = number_of(key, "e");
  if (!modulus || !exponent || BN_num_bits(modulus.get()) < kRsaMinBits) return nullptr;
  const BuilderPtr builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
  const ParametersPtr parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  const KeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* made = nullptr;
  if (EVP_PKEY_fromdata_init(context.get()) <= 0 ||
      EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get()) <= 0)
    return nullptr;
  return KeyPtr(made, EVP_PKEY_free);
}

std::string text_of(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

/// The claim `name` in seconds since 1970, where it is a number; RFC 7519 allows fractions.
std::optional<TimePoint> time_of(const Json& claims, const char* name) {
  const auto found = claims.find(name);
  if (found == claims.end() || !found->is_number()) return std::nullopt;
  const double seconds = found->get<double>();
  if (!(seconds >= 0 && seconds < 1e11)) return std::nullopt;
  return TimePoint(std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000)));
}

}  // namespace

class HmacKeys final : public TokenVerifier::Keys {
 public:
  explicit HmacKeys(std::string secret) : secret_(std::move(secret)) {}
  std::string_view algorithm() const override { return "HS256"; }
  bool good(std::string_view signed_part, std::string_view signature, const std::string&) const override {
    const std::string expected = hmac_sha256(signed_part, secret_);
    return signature.size() == expected.size() &&
           CRYPTO_memcmp(signature.data(), expected.data(), expected.size()) == 0;
  }

 private:
  std::string secret_;
};

class RsaKeys final : public TokenVerifier::Keys {
 public:
  void add(std::string key_id, KeyPtr key) { keys_.emplace_back(std::move(key_id), std::move(key)); }
  bool empty() const { return keys_.empty(); }
  std::string_view algorithm() const override { return "RS256"; }
  bool good(std::string_view signed_part, std::string_view signature,
            const std::string& key_id) const override {
    for (const auto& [id, key] : keys_)
      if ((key_id.empty() || id == key_id) && signed_by(key.get(), signed_part, signature)) return true;
    return false;
  }

 private:
  static bool signed_by(EVP_PKEY* key, std::string_view signed_part, std::string_view signature) {
    const DigestPtr digest(EVP_MD_CTX_new());
    return EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
           EVP_DigestVerify(digest.get(), bytes_of(signature), signature.size(), bytes_of(signed_part),
                            signed_part.size()) == 1;
  }
  std::vector<std::pair<std::string, KeyPtr>> keys_;
};

std::string sign_token(const Json& claims, std::string_view secret) {
  static const std::string kHeader = to_base64url(R"({"alg":"HS256","typ":"JWT"})");
  const std::string signed_part = kHeader + "." + to_base64url(claims.dump());
  return signed_part + "." + to_base64url(hmac_sha256(signed_part, secret));
}

TokenVerifier TokenVerifier::hs256(std::string secret) {
  return TokenVerifier(std::make_shared<HmacKeys>(std::move(secret)));
}

Result<TokenVerifier> TokenVerifier::rs256(std::string_view jwks) {
  const auto parsed = parse_bounded_json(jwks);
  if (!parsed) return parsed.error();
  if (!parsed->is_object() || !parsed->contains("keys") || !parsed->at("keys").is_array())
    return Error{ErrorCode::kInvalid, "a key set is a JSON object with a list 'keys'"};
  auto keys = std::make_shared<RsaKeys>();
  for (const Json& key : parsed->at("keys")) {
    const bool for_signing = text_of(key, "use") != "enc";
    const std::string algorithm = text_of(key, "alg");
    if (text_of(key, "kty") != "RSA" || !for_signing || (!algorithm.empty() && algorithm != "RS256"))
      continue;
    KeyPtr made = rsa_key(key);
    if (!made)
      return Error{ErrorCode::kInvalid, "the RSA key '" + text_of(key, "kid") + "' is damaged or too short"};
    keys->add(text_of(key, "kid"), std::move(made));
  }
  if (keys->empty() || parsed->at("keys").size() > kKeysMax)
    return Error{ErrorCode::kInvalid,
                 "a key set holds 1 to " + std::to_string(kKeysMax) + " RSA keys for RS256"};
  return TokenVerifier(std::move(keys));
}

Result<Json> TokenVerifier::verify(std::string_view token) const {
  const auto bad = [](const char* why) { return Error{ErrorCode::kInvalid, why}; };
  if (token.size() > kTokenMaxBytes) return bad("the token is too long");
  const std::size_t first = token.find('.');
  const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos) return bad("the token is not a JSON Web Token");
  const auto header_text = from_base64url(token.substr(0, first));
  const auto signature = from_base64url(token.substr(second + 1));
  if (!header_text || !signature) return bad("the token is not a JSON Web Token");
  const auto header = parse_bounded_json(*header_text);
  if (!header || !header->is_object()) return bad("the token's header is not a JSON object");
  if (text_of(*header, "alg") != keys_->algorithm()) return bad("the token is signed with another algorithm");
  if (header->contains("crit")) return bad("the token asks for an extension that is not known here");
  if (!keys_->good(token.substr(0, second), *signature, text_of(*header, "kid")))
    return bad("the token's signature is not good");
  const auto payload = from_base64url(token.substr(first + 1, second - first - 1));
  auto claims = parse_bounded_json(payload.value_or(""));
  if (!claims || !claims->is_object()) return bad("the token's claims are not a JSON object");
  return claims;
}

Result<Done> check_token_times(const Json& claims, TimePoint now) {
  const auto expires = time_of(claims, "exp");
  if (!expires) return Error{ErrorCode::kInvalid, "the token has no time of expiry"};
  for (const char* name : {"nbf", "iat"}) {
    const auto from = time_of(claims, name);
    if (claims.contains(name) && !from) return Error{ErrorCode::kInvalid, "a time of the token is malformed"};
    if (from && *from > now + kClockDifference)
      return Error{ErrorCode::kInvalid, "the token is not valid yet"};
  }
  if (*expires <= now) return Error{ErrorCode::kDenied, "the token has expired"};
  return Done{};
}

}  // namespace parley::connectors

#include "connectors/static_files.h"

#include <functional>

#include "connectors/gzip.h"
#include "connectors/refusal.h"

namespace parley::connectors {
namespace {

struct FileType {
  std::string_view ending, type;
};

constexpr FileType kFileTypes[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".json", "application/json"},
    {".txt", "text/plain; charset=utf-8"},
    {".webmanifest", "application/manifest+json"},
};

// Images of https sites are let in because bots show pictures; ws: and wss: because older browsers do not
// count them under 'self'.
constexpr const char* kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; connect-src "
    "'self' ws: wss:; "
    "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

std::string_view type_of(std::string_view path) {
  for (const FileType& file : kFileTypes)
    if (path.ends_with(file.ending)) return file.type;
  return "application/octet-stream";
}

std::string tag_of(std::string_view content) {
  return '"' + std::to_string(std::hash<std::string_view>()(content)) + '"';
}

/// The files packed, made once: they are compiled in and never change.
const std::map<std::string_view, std::string>& packed_files() {
  static const auto kPacked = [] {
    std::map<std::string_view, std::string> packed;
    for (const auto& [path, content] : web_files())
      packed.emplace(path, gzip(content));
    return packed;
  }();
  return kPacked;
}

HttpResponse file_response(std::string_view path, const HttpRequest& request) {
  const bool packed = accepts_gzip(request.header("accept-encoding"));
  const std::string_view content = packed ? packed_files().at(path) : web_files().at(path);
  HttpResponse response;
  response.content_type = type_of(path);
  const std::string tag = tag_of(content);
  response.headers = {{"ETag", tag},
                      {"Cache-Control", "no-cache"},
                      {"Vary", "Accept-Encoding"},
                      {"Referrer-Policy", "no-referrer"}};
  if (packed) response.headers.emplace_back("Content-Encoding", "gzip");
  if (path.ends_with(".html")) {
    response.headers.emplace_back("Content-Security-Policy", kContentSecurityPolicy);
  } else {
    response.headers.emplace_back("Access-Control-Allow-Origin", "*");
    response.headers.emplace_back("Cross-Origin-Resource-Policy", "cross-origin");
  }
  if (request.header("if-none-match") == tag)
    response.status = 304;
  else
    response.body = content;
  return response;
}

}  // namespace

std::optional<HttpResponse> static_file(const HttpRequest& request) {
  constexpr std::string_view kFolder = "/web/";
  std::string_view path = request.path;
  if (path == "/")
    path = "index.html";
  else if (path.starts_with(kFolder))
    path.remove_prefix(kFolder.size());
  else
    return std::nullopt;
  const auto& files = web_files();
  const auto found = files.find(path);
  if (found == files.end()) return to_response(not_found("no such file"));
  if (request.method != "GET" && request.method != "HEAD")
    return HttpResponse{405, "", "text/plain", {{"Allow", "GET, HEAD"}}};
  return file_response(found->first, request);
}

}  // namespace parley::connectors

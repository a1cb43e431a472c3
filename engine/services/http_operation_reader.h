// Reads one operation of an HTTP service: its method and path, what it sends, and where the values of its
// rows stand in the reply.
//
// Arguments that path, query and headers do not use go into the body of a post, put or patch, and into the
// query of a get or delete, under their own names, unless `body` or `query` is written.
//
// Codes: `http-method`, `no-body`, `unused-parameter`, `bad-source`, `missing-returns`, `range`, and those of
// http_text_reader.h.
//
// Thread rule: one thread.
#pragma once

#include "config/yaml.h"
#include "engine/service_catalog.h"

namespace parley {

ServiceOperation read_http_operation(const config::Entry& entry);

}  // namespace parley

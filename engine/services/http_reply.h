// A reply's JSON as the typed rows that an operation promises.
//
// The list of `rows: many`, or the row of `rows: one`, stands at the operation's `from`; without one it is
// the whole reply, or the `items` of a page of ORDS (Oracle REST Data Services: {"items": [...], "hasMore":
// true, "links": [{"rel": "next", "href": "..."}]}). A value that is absent or null is null; one of another
// type than its column's makes the reply invalid. A timestamp may stand where a date is expected: its day is
// taken.
//
// Pure functions; any thread. Errors: kInvalid, kTooLarge; their message holds no value of the reply.
#pragma once

#include <string>

#include "engine/result.h"
#include "engine/service_catalog.h"
#include "engine/services/http_request.h"

namespace parley {

struct ReplyRows {
  Json rows = Json::array();
  std::string next;  // where the next page is, as the reply says it; empty: this was the last one
};

Result<ReplyRows> rows_of(const ServiceOperation& operation, const ServiceReply& reply);

/// The row of a reply that is an answer though its status is not 2xx: what can be found in it, which may be
/// nothing but the status.
Json row_of_refusal(const ServiceOperation& operation, const ServiceReply& reply);

}  // namespace parley

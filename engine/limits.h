// Every limit of the server, with its unit in its name. A limit without a test does not belong here.
// Those an operator may change have the same name in the settings file (config/settings.h), and these as
// defaults.
#pragma once

#include <chrono>
#include <cstddef>

namespace parley::limits {

using std::chrono::milliseconds;
using std::chrono::seconds;

// Text and JSON that arrive from outside.
inline constexpr std::size_t kMessageMaxBytes = 64 * 1024;  // one WebSocket message or HTTP body
inline constexpr std::size_t kTextMaxChars = 4'000;         // the text of one activity, in code points
inline constexpr std::size_t kJsonMaxDepth = 32;            // nesting of any JSON from outside
inline constexpr std::size_t kActivityIdMaxBytes = 128;     // a client's own id of an activity

// Connections.
inline constexpr std::size_t kHeaderMaxBytes = 8 * 1024;        // HTTP request line and headers
inline constexpr seconds kHandshakeTimeout{30};                 // from accept to the last byte of the header
inline constexpr seconds kIdleTimeout{300};                     // without a byte from the peer
inline constexpr seconds kPingInterval{30};                     // between pings on a quiet WebSocket
inline constexpr std::size_t kConnectionsMax = 15'000;          // in total; under the descriptor limit
inline constexpr std::size_t kConnectionsPerAddressMax = 100;   // from one IP address
inline constexpr std::size_t kMessagesPerMinuteMax = 100;       // from one person
inline constexpr std::size_t kControlFramesPerMinuteMax = 120;  // pings and pongs from one socket
inline constexpr std::size_t kFramesPerMessageMax = 64;         // fragments of one message
inline constexpr std::size_t kWriteQueueMaxBytes =
    256 * 1024;  // unsent bytes of one socket, then it is closed

// The engine.
inline constexpr std::size_t kShardQueueMax = 10'000;           // events waiting for one shard
inline constexpr std::size_t kConversationQueueMax = 64;        // events waiting for one conversation
inline constexpr std::size_t kCommitBatchMax = 256;             // turns in one transaction
inline constexpr std::size_t kHistoryPageMax = 500;             // activities in one read of the ledger
inline constexpr std::size_t kCachedConversationsMax = 10'000;  // states held in memory by one shard

// The dialogue.
inline constexpr std::size_t kStepsPerTurnMax = 200;    // steps that one event may execute
inline constexpr std::size_t kFlowDepthMax = 16;        // open flows of one conversation
inline constexpr std::size_t kEntitiesPerTextMax = 64;  // entities kept of one text
inline constexpr std::size_t kServiceRowsMax = 200;     // rows of one service result
inline constexpr milliseconds kServiceTimeout{5'000};   // of a call that names none
inline constexpr seconds kServiceTimeoutMax{60};        // the longest that a call may name

// Seed data of a service, run when its file is made and whenever it is checked.
inline constexpr seconds kSeedTimeout{10};

// Authoring files.
inline constexpr std::size_t kTextNestingMax = 8;              // {plural {...}} inside one another in one text
inline constexpr std::size_t kBranchNestingMax = 32;           // branches inside one another in one flow
inline constexpr std::size_t kFlowStepsMax = 5'000;            // steps of one flow
inline constexpr std::size_t kTranslationFileMaxBytes = 16 * 1024 * 1024;

// Expressions.
inline constexpr std::size_t kExpressionMaxBytes = 16 * 1024;  // source text of one expression
inline constexpr std::size_t kExpressionMaxDepth = 128;        // nesting of one expression
inline constexpr std::size_t kExpressionStepsMax = 100'000;    // evaluation steps of one expression

}  // namespace parley::limits

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
inline constexpr std::size_t kTextMaxChars = 4'000;         // of a text that is understood, in code points
inline constexpr std::size_t kJsonMaxDepth = 32;            // nesting of any JSON from outside
inline constexpr std::size_t kActivityIdMaxBytes = 128;     // a client's own id of an activity

// Connections.
inline constexpr std::size_t kHeaderMaxBytes = 8 * 1024;       // HTTP request line and headers
inline constexpr seconds kHandshakeTimeout{30};                // for one HTTP header, and for its body
inline constexpr seconds kIdleTimeout{300};                    // between two requests of a connection
inline constexpr seconds kPingInterval{30};                    // on a quiet WebSocket; silent for two: gone
inline constexpr seconds kHelloTimeout{10};                    // from the open native socket to its hello
inline constexpr seconds kMessageTimeout{30};                  // first to last frame of one message
inline constexpr seconds kCloseTimeout{5};                     // for the peer to answer a close
inline constexpr seconds kDrainTimeout{10};                    // for all sockets to close on stop
inline constexpr std::size_t kConnectionsMax = 15'000;         // in total; under the descriptor limit
inline constexpr std::size_t kConnectionsPerAddressMax = 100;  // from one IP address
inline constexpr std::size_t kMessagesPerMinuteMax = 100;      // from one person
inline constexpr std::size_t kMessagesPerMinutePerAddressMax = 1'000;     // from one IP address
inline constexpr std::size_t kConversationsPerMinutePerAddressMax = 300;  // begun from one IP address
inline constexpr std::size_t kControlFramesPerMinuteMax = 120;  // pings and the like from one socket
inline constexpr std::size_t kFramesPerMessageMax = 64;         // fragments of one message
inline constexpr std::size_t kWriteQueueMaxBytes = 256 * 1024;  // unsent to one socket, then it is closed

// Tokens.
inline constexpr std::chrono::minutes kTokenLifetime{30};        // of a token; the widget renews each 15
inline constexpr seconds kStreamTicketLifetime{60};              // of the ticket in a stream's address
inline constexpr std::chrono::hours kVisitorLifetime{24 * 180};  // of a visitor's proof of being the same

// The engine.
inline constexpr std::size_t kShardQueueMax = 10'000;           // events waiting for one shard
inline constexpr std::size_t kConversationQueueMax = 64;        // events waiting for one conversation
inline constexpr std::size_t kCommitBatchMax = 256;             // turns in one transaction
inline constexpr std::size_t kHistoryPageMax = 500;             // activities in one read of the ledger
inline constexpr std::size_t kCachedConversationsMax = 10'000;  // states held in memory by one shard
inline constexpr std::size_t kTimersAtOnceMax = 1'000;  // due timers on their way to their conversations
inline constexpr milliseconds kTimerLookPause{100};     // between looks at the clock

inline constexpr milliseconds kTypingPause{3'000};  // between signs of typing while a call is under way

// Events from outside (POST /v1/events).
inline constexpr std::size_t kEventNameMaxBytes = 64;
inline constexpr std::size_t kEventValueMaxBytes = 8 * 1024;  // of its JSON
inline constexpr std::size_t kPersonConversationsMax = 100;  // the newest of a person, that one event reaches

// The ledger.
inline constexpr milliseconds kLedgerBusyTimeout{5'000};  // for another process to let go of the file
inline constexpr milliseconds kLedgerCheckTime{2'000};  // of checking the file's structure when it is opened
inline constexpr milliseconds kLedgerRetryPause{500};   // between attempts to write after one has failed
inline constexpr int kLedgerCheckpointPages =
    1'000;  // of the write-ahead log, then it is moved into the file

// The dialogue.
inline constexpr std::size_t kStepsPerTurnMax = 200;     // steps that one event may execute
inline constexpr std::size_t kStepsAloneMax = 2'000;     // since a person or an event from outside acted last
inline constexpr std::size_t kWaitingFlowsMax = 16;      // of one conversation, for times and events
inline constexpr std::chrono::hours kWaitMax{400 * 24};  // the longest that a flow waits
inline constexpr std::size_t kCaseNameMaxBytes = 64;     // what happened, of a recovery case
inline constexpr std::size_t kCaseDetailMaxBytes = 4 * 1024;  // of its facts: with more, none are kept
inline constexpr std::chrono::minutes kAnswerGrace{5};   // that a flow whose wait is over lets a question be
inline constexpr std::size_t kSilenceReactionsMax = 10;  // of one question
inline constexpr std::size_t kFlowDepthMax = 16;         // open flows of one conversation
inline constexpr std::size_t kDialogueStateMaxBytes = 64 * 1024;  // JSON of one conversation's state
inline constexpr std::size_t kCallResultMaxBytes = 8 * 1024;  // JSON of one call's result that a flow keeps
inline constexpr std::size_t kOptionsPerQuestionMax = 24;     // choices offered at once, the rest left out
inline constexpr int kFailedAnswersMax = 3;                   // to one question, then a person is offered
inline constexpr std::size_t kEntitiesPerTextMax = 64;        // entities kept of one text
inline constexpr std::size_t kServiceRowsMax = 200;           // rows of one service result
inline constexpr milliseconds kServiceTimeout{5'000};         // of a call that names none
inline constexpr seconds kServiceTimeoutMax{60};              // the longest that a call may name

// Knowledge: the pages of a bot.
inline constexpr std::size_t kPageMaxBytes = 1024 * 1024;  // of one page
inline constexpr std::size_t kPagesMax = 5'000;            // of one bot
inline constexpr std::size_t kPassageMaxChars = 800;       // of one passage, in code points of its Markdown
inline constexpr std::size_t kSearchWordsMax = 64;         // different words of a text that are searched for
inline constexpr std::size_t kPassagesPerSearchMax = 5;    // given to a flow by one search

// Services.
inline constexpr std::size_t kServiceQueueMax = 1'000;           // calls waiting for one service
inline constexpr std::chrono::hours kServiceCallsKept{30 * 24};  // results of calls, for those tried again

// HTTP services.
inline constexpr std::size_t kServiceReplyMaxBytes = 1024 * 1024;  // body of one reply
inline constexpr std::size_t kServiceHeaderMaxBytes = 64 * 1024;   // headers of one reply
inline constexpr std::size_t kServicePagesMax = 50;                // replies that make up one result
inline constexpr std::size_t kServiceConnectionsMax = 32;          // to one host
inline constexpr int kServiceRetries = 2;                          // of an operation that names none
inline constexpr int kServiceRetriesMax = 5;                       // that an operation may name
inline constexpr int kServiceRedirectsMax = 5;                     // that a service may name
inline constexpr milliseconds kServiceRetryPause{200};             // before the first retry, then doubled
inline constexpr seconds kServiceRetryAfterMax{10};  // that a server may ask for; more: not tried again
inline constexpr int kCircuitFailuresMax = 5;        // calls of a service in a row, then it is left alone
inline constexpr seconds kCircuitPause{30};          // until one call may try a service that was left alone

// Seed data of a service, run when its file is made and whenever it is checked.
inline constexpr seconds kSeedTimeout{10};

// Authoring files.
inline constexpr std::size_t kTextNestingMax = 8;     // {plural {...}} inside one another in one text
inline constexpr std::size_t kBranchNestingMax = 32;  // branches inside one another in one flow
inline constexpr std::size_t kFlowStepsMax = 5'000;   // steps of one flow
inline constexpr std::size_t kTranslationFileMaxBytes = 16 * 1024 * 1024;

// Expressions.
inline constexpr std::size_t kExpressionMaxBytes = 16 * 1024;  // source text of one expression
inline constexpr std::size_t kExpressionMaxDepth = 128;        // nesting of one expression
inline constexpr std::size_t kExpressionStepsMax = 100'000;    // evaluation steps of one expression

}  // namespace parley::limits

// What the system says of a process, and of its own memory for sockets. Figures of a process that has gone
// are 0.
//
// Any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <sys/types.h>

namespace parley::test {

/// Resident memory, without what is shared with other processes' files.
std::size_t resident_bytes(pid_t process);
/// User and system time used so far.
std::chrono::milliseconds cpu_time(pid_t process);
std::size_t open_descriptors(pid_t process);
std::size_t threads(pid_t process);

/// Kernel memory in caches, in bytes: sockets and their buffers live there.
std::size_t kernel_slab_bytes();
/// Of these the bytes of objects in use, without pages that are kept empty; nullopt: only root may know.
std::optional<std::size_t> kernel_object_bytes();

}  // namespace parley::test

#include "tests/support/faulty_vfs.h"

#include <mutex>
#include <sqlite3.h>

namespace parley::test {
namespace {

struct Plan {
  std::mutex mutex;
  bool armed = false;
  Fault fault = Fault::kDiskFull;
  int left = 0;
  bool lasting = false;
  bool struck = false;
};

Plan& plan() {
  static Plan the_plan;
  return the_plan;
}

// SQLITE_OK, or the code that this operation is to fail with.
int verdict(bool sync) {
  Plan& now = plan();
  const std::lock_guard lock(now.mutex);
  if (!now.armed || sync != (now.fault == Fault::kSyncError)) return SQLITE_OK;
  if (now.left > 1) {
    --now.left;
    return SQLITE_OK;
  }
  now.struck = true;
  now.armed = now.lasting;
  if (now.fault == Fault::kSyncError) return SQLITE_IOERR_FSYNC;
  return now.fault == Fault::kDiskFull ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

// SQLite gives us memory for this and, right behind it, for the file of the layer below.
struct File {
  sqlite3_file base;
  sqlite3_file* below() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

sqlite3_vfs* system_vfs() {
  static sqlite3_vfs* const kVfs = sqlite3_vfs_find(nullptr);
  return kVfs;
}

sqlite3_file* below(sqlite3_file* file) {
  return reinterpret_cast<File*>(file)->below();
}

int close(sqlite3_file* f) {
  return below(f)->pMethods->xClose(below(f));
}
int read(sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
  return below(f)->pMethods->xRead(below(f), to, n, at);
}
int write(sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
  const int code = verdict(false);
  return code != SQLITE_OK ? code : below(f)->pMethods->xWrite(below(f), from, n, at);
}
int truncate(sqlite3_file* f, sqlite3_int64 size) {
  return below(f)->pMethods->xTruncate(below(f), size);
}
int sync(sqlite3_file* f, int flags) {
  const int code = verdict(true);
  return code != SQLITE_OK ? code : below(f)->pMethods->xSync(below(f), flags);
}
int file_size(sqlite3_file* f, sqlite3_int64* size) {
  return below(f)->pMethods->xFileSize(below(f), size);
}
int lock(sqlite3_file* f, int level) {
  return below(f)->pMethods->xLock(below(f), level);
}
int unlock(sqlite3_file* f, int level) {
  return below(f)->pMethods->xUnlock(below(f), level);
}
int check_lock(sqlite3_file* f, int* out) {
  return below(f)->pMethods->xCheckReservedLock(below(f), out);
}
int control(sqlite3_file* f, int op, void* arg) {
  return below(f)->pMethods->xFileControl(below(f), op, arg);
}
int sector_size(sqlite3_file* f) {
  return below(f)->pMethods->xSectorSize(below(f));
}
int traits(sqlite3_file* f) {
  return below(f)->pMethods->xDeviceCharacteristics(below(f));
}
int shm_map(sqlite3_file* f, int page, int size, int extend, void volatile** out) {
  return below(f)->pMethods->xShmMap(below(f), page, size, extend, out);
}
int shm_lock(sqlite3_file* f, int at, int n, int flags) {
  return below(f)->pMethods->xShmLock(below(f), at, n, flags);
}
void shm_barrier(sqlite3_file* f) {
  below(f)->pMethods->xShmBarrier(below(f));
}
int shm_unmap(sqlite3_file* f, int remove) {
  return below(f)->pMethods->xShmUnmap(below(f), remove);
}

const sqlite3_io_methods kMethods{2,        close,       read,       write,   truncate,    sync,   file_size,
                                  lock,     unlock,      check_lock, control, sector_size, traits, shm_map,
                                  shm_lock, shm_barrier, shm_unmap,  nullptr, nullptr};

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  const int code = system_vfs()->xOpen(system_vfs(), name, below(file), flags, out_flags);
  file->pMethods = below(file)->pMethods != nullptr ? &kMethods : nullptr;
  return code;
}

sqlite3_vfs make_vfs() {
  sqlite3_vfs vfs = *system_vfs();
  vfs.zName = "faulty";
  vfs.szOsFile += static_cast<int>(sizeof(File));
  vfs.pNext = nullptr;
  vfs.xOpen = open;
  return vfs;
}

}  // namespace

const std::string& faulty_vfs() {
  static const std::string kName = "faulty";
  static sqlite3_vfs vfs = make_vfs();
  static const int kRegistered = sqlite3_vfs_register(&vfs, 0);
  (void)kRegistered;
  return kName;
}

void break_disk(Fault fault, int nth, bool lasting) {
  Plan& now = plan();
  const std::lock_guard lock(now.mutex);
  now.armed = true;
  now.fault = fault;
  now.left = nth;
  now.lasting = lasting;
  now.struck = false;
}

bool heal_disk() {
  Plan& now = plan();
  const std::lock_guard lock(now.mutex);
  now.armed = false;
  return now.struck;
}

}  // namespace parley::test

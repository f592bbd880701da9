/* Stands between a process and its files: every change to a file below POWER_CUT_FOLDER is done
 * and written down in POWER_CUT_LOG, in one order for all threads. Nothing is synced for real:
 * what a sync would have kept is worked out from the log.
 *
 * A line for each change, `KIND OFFSET LENGTH PATH`, and after it LENGTH bytes:
 *   C created, W written, T cut to OFFSET, S synced, U unlinked, R renamed (the bytes: new path)
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DESCRIPTORS 4096

static pthread_mutex_t in_order = PTHREAD_MUTEX_INITIALIZER;
static char *path_of[DESCRIPTORS];
static int log_file = -1;
static const char *folder;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void must(int fine, const char *what) {
    if (!fine) {
        perror(what);
        abort();
    }
}

static void put(const void *bytes, size_t length) {
    static ssize_t (*real)(int, const void *, size_t);
    if (!real) real = REAL(write);
    must(real(log_file, bytes, length) == (ssize_t)length, "power cut log");
}

static void note(char kind, const char *path, off_t offset, const void *bytes, size_t length) {
    char line[PATH_MAX + 64];
    int n = snprintf(line, sizeof line, "%c %lld %zu %s\n", kind, (long long)offset, length, path);
    put(line, (size_t)n);
    if (length) put(bytes, length);
}

/* The path within the folder, "." for the folder itself, or NULL for what is not watched. The
 * shared memory of SQLite is rebuilt after a crash and not meant to survive. */
static const char *watched(const char *path) {
    size_t length = folder ? strlen(folder) : 0;
    if (!length || strncmp(path, folder, length)) return NULL;
    if (!path[length]) return ".";
    size_t whole = strlen(path);
    if (path[length] != '/' || (whole > 4 && !strcmp(path + whole - 4, "-shm"))) return NULL;
    return path + length + 1;
}

__attribute__((constructor)) static void start(void) {
    const char *log = getenv("POWER_CUT_LOG");
    if (!log) return;
    log_file = REAL(open)(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    must(log_file >= 0, "power cut log");
    folder = getenv("POWER_CUT_FOLDER");
}

static const char *of(int fd) {
    return fd >= 0 && fd < DESCRIPTORS ? path_of[fd] : NULL;
}

static int opened(int (*real)(int, const char *, int, ...), int at, const char *path, int flags,
                  mode_t mode) {
    const char *name = watched(path);
    if (!name) return real(at, path, flags, mode);
    pthread_mutex_lock(&in_order);
    int is_new = (flags & O_CREAT) && access(path, F_OK) != 0;
    int fd = real(at, path, flags, mode);
    if (fd >= 0) {
        must(fd < DESCRIPTORS, "too many files");
        path_of[fd] = strdup(name);
        if (is_new) note('C', name, 0, NULL, 0);
        if (flags & O_TRUNC) note('T', name, 0, NULL, 0);
    }
    pthread_mutex_unlock(&in_order);
    return fd;
}

static mode_t mode_of(int flags, va_list rest) {
    return flags & (O_CREAT | O_TMPFILE) ? (mode_t)va_arg(rest, int) : 0;
}

#define OPEN(name)                                              \
    int name(const char *path, int flags, ...) {                \
        va_list rest;                                           \
        va_start(rest, flags);                                  \
        mode_t mode = mode_of(flags, rest);                     \
        va_end(rest);                                           \
        return opened(REAL(openat), AT_FDCWD, path, flags, mode); \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                            \
    int name(int at, const char *path, int flags, ...) {        \
        va_list rest;                                           \
        va_start(rest, flags);                                  \
        mode_t mode = mode_of(flags, rest);                     \
        va_end(rest);                                           \
        return opened(REAL(openat), at, path, flags, mode);     \
    }
OPENAT(openat)
OPENAT(openat64)

static ssize_t written(int fd, const void *bytes, size_t length, off_t offset, int is_here) {
    const char *path = of(fd);
    if (!path) {
        return is_here ? REAL(write)(fd, bytes, length) : REAL(pwrite)(fd, bytes, length, offset);
    }
    pthread_mutex_lock(&in_order);
    if (is_here) {
        int at_end = fcntl(fd, F_GETFL) & O_APPEND;
        offset = lseek(fd, 0, at_end ? SEEK_END : SEEK_CUR);
    }
    ssize_t done = is_here ? REAL(write)(fd, bytes, length)
                           : REAL(pwrite)(fd, bytes, length, offset);
    if (done > 0) note('W', path, offset, bytes, (size_t)done);
    pthread_mutex_unlock(&in_order);
    return done;
}

ssize_t write(int fd, const void *bytes, size_t length) { return written(fd, bytes, length, 0, 1); }
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) {
    return written(fd, bytes, length, offset, 0);
}
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
    return written(fd, bytes, length, offset, 0);
}

static int cut(int fd, off_t length) {
    pthread_mutex_lock(&in_order);
    int failed = REAL(ftruncate)(fd, length);
    if (!failed && of(fd)) note('T', of(fd), length, NULL, 0);
    pthread_mutex_unlock(&in_order);
    return failed;
}
int ftruncate(int fd, off_t length) { return cut(fd, length); }
int ftruncate64(int fd, off64_t length) { return cut(fd, length); }

static int synced(int fd, int (*real)(int)) {
    if (!of(fd)) return real(fd);
    pthread_mutex_lock(&in_order);
    note('S', of(fd), 0, NULL, 0);
    pthread_mutex_unlock(&in_order);
    return 0;
}
int fsync(int fd) { return synced(fd, REAL(fsync)); }
int fdatasync(int fd) { return synced(fd, REAL(fdatasync)); }

int unlink(const char *path) {
    pthread_mutex_lock(&in_order);
    int failed = REAL(unlink)(path);
    if (!failed && watched(path)) note('U', watched(path), 0, NULL, 0);
    pthread_mutex_unlock(&in_order);
    return failed;
}

int rename(const char *from, const char *to) {
    pthread_mutex_lock(&in_order);
    int failed = REAL(rename)(from, to);
    if (!failed && watched(from) && watched(to)) {
        note('R', watched(from), 0, watched(to), strlen(watched(to)));
    }
    pthread_mutex_unlock(&in_order);
    return failed;
}

int close(int fd) {
    if (!of(fd)) return REAL(close)(fd);
    pthread_mutex_lock(&in_order);
    free(path_of[fd]);
    path_of[fd] = NULL;
    int failed = REAL(close)(fd);
    pthread_mutex_unlock(&in_order);
    return failed;
}

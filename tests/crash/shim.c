/* Stands between a process and its C library, under Python and every library it loads.

   Takes a plan from `crash_plan`; makes the Nth call of one kind below a folder fail with an error number, once or from
   then on, or kills the process there; and writes every such call down, with its path, where a log is asked for. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { ONCE = 0, EVER = 1, KILLED = 2 };

static char below[PATH_MAX], wanted[32];
static int log_to = -1, nth, number, how, is_laid;
static atomic_int seen;

void crash_plan(const char *folder, const char *log, const char *call, int at, int error, int manner) {
    snprintf(below, sizeof below, "%s", folder);
    snprintf(wanted, sizeof wanted, "%s", call);
    log_to = *log ? (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    nth = at;
    number = error;
    how = manner;
    seen = 0;
    is_laid = 1;
}

/* Gives 1 where the call is to fail, with errno set. */
static int fails(const char *call, const char *path, const char *target) {
    char line[2 * PATH_MAX + 64];
    if (!is_laid || !path || strncmp(path, below, strlen(below))) return 0;
    if (log_to >= 0) {
        int size = snprintf(line, sizeof line, "%s\t%s\t%s\n", call, path, target ? target : "");
        syscall(SYS_write, log_to, line, (size_t)size);
    }
    if (strcmp(call, wanted)) return 0;
    int here = ++seen;
    if (here < nth || (how != EVER && here > nth)) return 0;
    if (how == KILLED) syscall(SYS_kill, getpid(), SIGKILL);
    errno = number;
    return 1;
}

static int fails_on(const char *call, int handle) {
    char link[64], path[PATH_MAX];
    if (!is_laid) return 0;
    int before = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t size = readlink(link, path, sizeof path - 1);
    errno = before;
    if (size < 0) return 0;
    path[size] = 0;
    return fails(call, path, NULL);
}

#define REAL(name) ({ static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name); real; })

#define OPENING(name) \
    int name(const char *path, int flags, ...) { \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        if (flags & O_CREAT && fails("open", path, NULL)) return -1; \
        return REAL(name)(path, flags, mode); \
    }
OPENING(open)
OPENING(open64)

#define OPENING_AT(name) \
    int name(int at, const char *path, int flags, ...) { \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        if (flags & O_CREAT && fails("open", path, NULL)) return -1; \
        return REAL(name)(at, path, flags, mode); \
    }
OPENING_AT(openat)
OPENING_AT(openat64)

ssize_t write(int handle, const void *data, size_t size) {
    return fails_on("write", handle) ? -1 : REAL(write)(handle, data, size);
}
ssize_t writev(int handle, const struct iovec *parts, int count) {
    return fails_on("write", handle) ? -1 : REAL(writev)(handle, parts, count);
}
ssize_t pwrite(int handle, const void *data, size_t size, off_t at) {
    return fails_on("write", handle) ? -1 : REAL(pwrite)(handle, data, size, at);
}
ssize_t pwrite64(int handle, const void *data, size_t size, off64_t at) {
    return fails_on("write", handle) ? -1 : REAL(pwrite64)(handle, data, size, at);
}
int fsync(int handle) { return fails_on("fsync", handle) ? -1 : REAL(fsync)(handle); }
int fdatasync(int handle) { return fails_on("fsync", handle) ? -1 : REAL(fdatasync)(handle); }
int rename(const char *from, const char *to) { return fails("rename", from, to) ? -1 : REAL(rename)(from, to); }
int renameat(int at, const char *from, int there, const char *to) {
    return fails("rename", from, to) ? -1 : REAL(renameat)(at, from, there, to);
}
int symlink(const char *to, const char *path) { return fails("symlink", path, to) ? -1 : REAL(symlink)(to, path); }
int link(const char *from, const char *to) { return fails("link", to, from) ? -1 : REAL(link)(from, to); }

"""Numbers of the system calls that a candidate may use, for the two architectures that are supported."""

AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

# Freely allowed: computing, memory, time, threads' own needs, reading and writing what is open or may be opened.
ALLOWED = {
    "x86_64": {
        "read": 0, "write": 1, "futex": 202, "mmap": 9, "munmap": 11, "brk": 12, "madvise": 28, "mremap": 25,
        "mprotect": 10, "clock_gettime": 228, "readv": 19, "writev": 20, "pread64": 17, "pwrite64": 18, "lseek": 8,
        "close": 3, "fstat": 5, "newfstatat": 262, "stat": 4, "lstat": 6, "statx": 332, "getdents64": 217,
        "rt_sigaction": 13, "rt_sigprocmask": 14, "rt_sigreturn": 15, "rt_sigpending": 127, "rt_sigsuspend": 130,
        "rt_sigtimedwait": 128, "sigaltstack": 131, "restart_syscall": 219, "exit": 60, "exit_group": 231,
        "preadv": 295, "pwritev": 296, "preadv2": 327, "pwritev2": 328, "close_range": 436, "statfs": 137,
        "fstatfs": 138, "access": 21, "faccessat": 269, "faccessat2": 439, "readlink": 89, "readlinkat": 267,
        "getcwd": 79, "chdir": 80, "fchdir": 81, "umask": 95, "ftruncate": 77, "fsync": 74, "fdatasync": 75,
        "flock": 73, "fadvise64": 221, "dup": 32, "dup2": 33, "dup3": 292, "pipe": 22, "pipe2": 293, "eventfd": 284,
        "eventfd2": 290, "epoll_create": 213, "epoll_create1": 291, "epoll_ctl": 233, "epoll_wait": 232,
        "epoll_pwait": 281, "epoll_pwait2": 441, "poll": 7, "ppoll": 271, "select": 23, "pselect6": 270,
        "mincore": 27, "msync": 26, "membarrier": 324, "get_mempolicy": 239, "pause": 34, "alarm": 37,
        "getitimer": 36, "setitimer": 38, "nanosleep": 35, "clock_nanosleep": 230, "clock_getres": 229,
        "gettimeofday": 96, "time": 201, "times": 100, "getpid": 39, "gettid": 186, "getppid": 110, "getuid": 102,
        "geteuid": 107, "getgid": 104, "getegid": 108, "getresuid": 118, "getresgid": 120, "getgroups": 115,
        "getpgrp": 111, "getpgid": 121, "getsid": 124, "getpriority": 140, "getrusage": 98, "getrlimit": 97,
        "uname": 63, "sysinfo": 99, "getcpu": 309, "getrandom": 318, "futex_waitv": 449, "set_robust_list": 273,
        "get_robust_list": 274, "set_tid_address": 218, "rseq": 334, "arch_prctl": 158, "sched_yield": 24,
        "sched_getaffinity": 204, "sched_getparam": 143, "sched_getscheduler": 145, "sched_get_priority_max": 146,
        "sched_get_priority_min": 147, "unlink": 87, "unlinkat": 263,
    },
    "aarch64": {
        "read": 63, "write": 64, "futex": 98, "mmap": 222, "munmap": 215, "brk": 214, "madvise": 233, "mremap": 216,
        "mprotect": 226, "clock_gettime": 113, "readv": 65, "writev": 66, "pread64": 67, "pwrite64": 68, "lseek": 62,
        "close": 57, "fstat": 80, "newfstatat": 79, "statx": 291, "getdents64": 61, "rt_sigaction": 134,
        "rt_sigprocmask": 135, "rt_sigreturn": 139, "rt_sigpending": 136, "rt_sigsuspend": 133, "rt_sigtimedwait": 137,
        "sigaltstack": 132, "restart_syscall": 128, "exit": 93, "exit_group": 94, "preadv": 69, "pwritev": 70,
        "preadv2": 286, "pwritev2": 287, "close_range": 436, "statfs": 43, "fstatfs": 44, "faccessat": 48,
        "faccessat2": 439, "readlinkat": 78, "getcwd": 17, "chdir": 49, "fchdir": 50, "umask": 166, "ftruncate": 46,
        "fsync": 82, "fdatasync": 83, "flock": 32, "fadvise64": 223, "dup": 23, "dup3": 24, "pipe2": 59,
        "eventfd2": 19, "epoll_create1": 20, "epoll_ctl": 21, "epoll_pwait": 22, "epoll_pwait2": 441, "ppoll": 73,
        "pselect6": 72, "mincore": 232, "msync": 227, "membarrier": 283, "get_mempolicy": 236, "getitimer": 102,
        "setitimer": 103, "nanosleep": 101, "clock_nanosleep": 115, "clock_getres": 114, "gettimeofday": 169,
        "times": 153, "getpid": 172, "gettid": 178, "getppid": 173, "getuid": 174, "geteuid": 175, "getgid": 176,
        "getegid": 177, "getresuid": 148, "getresgid": 150, "getgroups": 158, "getpgid": 155, "getsid": 156,
        "getpriority": 141, "getrusage": 165, "getrlimit": 163, "uname": 160, "sysinfo": 179, "getcpu": 168,
        "getrandom": 278, "futex_waitv": 449, "set_robust_list": 99, "get_robust_list": 100, "set_tid_address": 96,
        "rseq": 293, "sched_yield": 124, "sched_getaffinity": 123, "sched_getparam": 121, "sched_getscheduler": 120,
        "sched_get_priority_max": 125, "sched_get_priority_min": 126, "unlinkat": 35,
    },
}

# Allowed under conditions on their arguments, or answered specially.
CONDITIONAL = {
    "x86_64": {"open": 2, "openat": 257, "clone": 56, "clone3": 435, "ioctl": 16, "fcntl": 72},
    "aarch64": {"openat": 56, "clone": 220, "clone3": 435, "ioctl": 29, "fcntl": 25},
}

# What the helper needs for itself and for putting up a candidate's walls; a candidate loses it.
HELPER = {
    "x86_64": {
        "kill": 62, "tgkill": 234, "wait4": 61, "waitid": 247, "pidfd_open": 434, "socketpair": 53, "sendto": 44,
        "recvfrom": 45, "setsid": 112, "setgroups": 116, "setresuid": 117, "setresgid": 119, "capset": 126, "prctl": 157,
        "prlimit64": 302, "setrlimit": 160, "rmdir": 84, "seccomp": 317, "landlock_restrict_self": 446,
    },
    "aarch64": {
        "kill": 129, "tgkill": 131, "wait4": 260, "waitid": 95, "pidfd_open": 434, "socketpair": 199, "sendto": 206,
        "recvfrom": 207, "setsid": 157, "setgroups": 159, "setresuid": 147, "setresgid": 149, "capset": 91, "prctl": 167,
        "prlimit64": 261, "setrlimit": 164, "seccomp": 277, "landlock_restrict_self": 446,
    },
}

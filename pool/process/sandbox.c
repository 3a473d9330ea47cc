/*
 * A seccomp filter (an allow list of system calls) and resource limits. The
 * limits also apply where the kernel has no seccomp.
 */
#include "pool/process/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IN_USE false
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define IN_USE false
#endif
#endif
#ifndef IN_USE
#define IN_USE true
#endif

/* System calls that are allowed with any arguments: those that parsing needs,
 * for memory and the time, and those of abort(), so that a failed assertion is
 * reported as such. mimalloc calls getcpu on machines with several NUMA
 * nodes. */
static const int allowed[] = {
	SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk),
	SCMP_SYS(futex), SCMP_SYS(getcpu),
	SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(time),
	SCMP_SYS(exit), SCMP_SYS(exit_group),
	SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(restart_syscall), SCMP_SYS(getpid), SCMP_SYS(gettid),
};

/* System calls that are allowed if the argument with number arg, in the bits of
 * mask, has this value. For a descriptor only the low 32 bits are compared,
 * because the kernel uses no others. */
static const struct {
	int call;
	unsigned arg;
	scmp_datum_t mask, value;
} restricted[] = {
	{SCMP_SYS(read), 0, UINT32_MAX, SANDBOX_SOCKET},
	{SCMP_SYS(write), 0, UINT32_MAX, SANDBOX_SOCKET},
	{SCMP_SYS(write), 0, UINT32_MAX, STDERR_FILENO},
	{SCMP_SYS(writev), 0, UINT32_MAX, SANDBOX_SOCKET},
	{SCMP_SYS(writev), 0, UINT32_MAX, STDERR_FILENO},
	{SCMP_SYS(mprotect), 2, PROT_EXEC, 0},
};

static bool is_under_valgrind(void)
{
	const char *preload = getenv("LD_PRELOAD");

	return preload && strstr(preload, "/vgpreload");
}

/* Returns the current size of the address space in bytes; 0: unknown. */
static uint64_t address_space(void)
{
	char text[64];
	uint64_t pages = 0;
	const int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	ssize_t len;

	if (fd < 0)
		return 0;
	len = read(fd, text, sizeof(text) - 1);
	close(fd);
	if (len <= 0)
		return 0;
	text[len] = '\0';
	if (sscanf(text, "%" SCNu64, &pages) != 1)
		return 0;
	return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static void limit_memory(uint64_t memory)
{
	const uint64_t now = address_space();
	struct rlimit limit;

	if (!now || memory > RLIM_INFINITY - now ||
	    getrlimit(RLIMIT_AS, &limit) || limit.rlim_cur < now + memory)
		return;
	limit.rlim_cur = now + memory;
	limit.rlim_max = limit.rlim_cur;
	(void)setrlimit(RLIMIT_AS, &limit);
}

/* Disables core dumps: a page that crashes the parser should not write a
 * gigabyte to the disk. The limit is 1, not 0: a core dump that is piped to a
 * program is written at any limit other than 1 (core(5)). */
static void disable_core_dumps(void)
{
	const struct rlimit limit = {1, 1};

	(void)setrlimit(RLIMIT_CORE, &limit);
}

/* Adds the allowed system calls to the filter. Returns 0, or -errno as
 * libseccomp does. */
static int add_rules(scmp_filter_ctx filter)
{
	int error = 0;

	for (size_t i = 0; !error && i < sizeof(allowed) / sizeof(*allowed);
	     i++)
		error = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
	for (size_t i = 0;
	     !error && i < sizeof(restricted) / sizeof(*restricted); i++)
		error = seccomp_rule_add(filter, SCMP_ACT_ALLOW,
			restricted[i].call, 1,
			SCMP_CMP(restricted[i].arg, SCMP_CMP_MASKED_EQ,
				 restricted[i].mask, restricted[i].value));
	/* mmap() is allowed for memory, but not for code or files. */
	if (!error)
		error = seccomp_rule_add(filter, SCMP_ACT_ALLOW,
			SCMP_SYS(mmap), 2,
			SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
			SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS,
				MAP_ANONYMOUS));
	if (!error)
		error = seccomp_rule_add(filter, SCMP_ACT_ALLOW,
			SCMP_SYS(tgkill), 1,
			SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid()));
	return error;
}

/* Forbids new descriptors and processes; open descriptors stay open. The filter
 * allows neither open() nor fork() anyway; the limits are for kernels without
 * seccomp. */
static void limit_descriptors_and_processes(void)
{
	const struct rlimit none = {0, 0};

	(void)setrlimit(RLIMIT_NOFILE, &none);
	(void)setrlimit(RLIMIT_NPROC, &none);
}

static int install_filter(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int error;

	if (!filter)
		return ENOMEM;
	error = add_rules(filter);
	/* Loading the filter sets no_new_privs, too, by libseccomp's
	 * default. */
	if (!error)
		error = seccomp_load(filter);
	seccomp_release(filter);
	return -error;
}

int sandbox_enter(uint64_t memory)
{
	if (!IN_USE || is_under_valgrind())
		return SANDBOX_UNSUPPORTED;
	/* Sets TZ, because glibc checks /etc/localtime at each use if TZ is not
	 * set. */
	if (!getenv("TZ"))
		setenv("TZ", ":/etc/localtime", 1);
	tzset();
	disable_core_dumps();
	limit_memory(memory);
	limit_descriptors_and_processes();
	return install_filter();
}

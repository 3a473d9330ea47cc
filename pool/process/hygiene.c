/* Set-up of zygotes and workers, before they do anything else. The reasons are
 * in pool/process/hygiene.h and pool/process/zygote.h. */
#include "pool/process/hygiene.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

/* close_range() exists since Linux 5.9. */
void process_close_from(int first)
{
	const long most = sysconf(_SC_OPEN_MAX);

	if (!close_range((unsigned)first, ~0U, 0))
		return;
	for (int fd = first; fd < most; fd++)
		close(fd);
}

void process_ignore_signals(void)
{
	static const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT,
				      SIGPIPE};
	sigset_t none;

	for (size_t i = 0; i < sizeof(ignored) / sizeof(*ignored); i++)
		signal(ignored[i], SIG_IGN);
	sigemptyset(&none);
	/* The signals were blocked until now. Signals that arrived meanwhile
	 * are discarded, because the signals are ignored. */
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Asks the kernel to kill this process with its parent, and then checks the
 * parent, which may have died before the request. */
void process_die_with(pid_t parent)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(0);
}

static bool is_kept(const char *variable)
{
	static const char *const begins[] = {
		"LD_", "TZ=", "TZDIR=", "GLIBC_TUNABLES=", "MALLOC_",
		"MIMALLOC_", "ASAN_", "LSAN_", "TSAN_", "UBSAN_",
	};

	for (size_t i = 0; i < sizeof(begins) / sizeof(*begins); i++)
		if (!strncmp(variable, begins[i], strlen(begins[i])))
			return true;
	return false;
}

void process_filter_environment(char **list)
{
	for (char **v = environ; *v; v++)
		if (is_kept(*v))
			*list++ = *v;
	*list = NULL;
}

/* Overwrites copies of the environment on the stack: the C library's string
 * functions leave the bytes that they have read in vector registers, and the
 * dynamic linker saves these registers on the stack when it resolves a
 * function. */
__attribute__((noinline)) static void scrub_stack(void)
{
	size_t (*volatile length)(const char *) = strlen;
	int (*volatile compare)(const char *, const char *, size_t) = strncmp;
	char block[64 << 10];

	memset(block, 'x', sizeof(block));
	block[sizeof(block) - 1] = '\0';
	(void)length(block);
	(void)compare(block, block + 1, sizeof(block) - 1);
	explicit_bzero(block, sizeof(block));
}

void process_wipe_secrets(char **argv)
{
	for (char **word = argv[0] ? argv + 1 : argv; *word; word++)
		explicit_bzero(*word, strlen(*word));
	for (char **v = environ; *v; v++)
		if (!is_kept(*v))
			explicit_bzero(*v, strlen(*v));
	process_filter_environment(environ);
	scrub_stack();
}

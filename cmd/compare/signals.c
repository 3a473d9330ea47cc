#include "cmd/compare/signals.h"

#include <poll.h>
#include <stddef.h>

static volatile sig_atomic_t caught;
static sigset_t before;

static void on_end(int signal)
{
	caught = signal;
}

/* Only to end a ppoll(): what is ignored does not. */
static void on_child(int signal)
{
	(void)signal;
}

static const struct {
	int signal;
	void (*handler)(int);
} rows[] = {
	{SIGINT, on_end}, {SIGTERM, on_end}, {SIGHUP, on_end},
	{SIGCHLD, on_child},
};

enum { ROWS = sizeof(rows) / sizeof(*rows) };

void compare_signals_open(void)
{
	sigset_t held;

	sigemptyset(&held);
	for (size_t i = 0; i < ROWS; i++) {
		struct sigaction action = {.sa_handler = rows[i].handler};
		struct sigaction old;

		sigaction(rows[i].signal, NULL, &old);
		/* nohup(1) */
		if (rows[i].signal == SIGHUP && old.sa_handler == SIG_IGN)
			continue;
		sigemptyset(&action.sa_mask);
		sigaddset(&held, rows[i].signal);
		sigaction(rows[i].signal, &action, NULL);
	}
	sigprocmask(SIG_BLOCK, &held, &before);
}

void compare_signals_close(void)
{
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	signal(SIGCHLD, SIG_DFL);
	sigprocmask(SIG_SETMASK, &before, NULL);
}

int compare_end_signal(void)
{
	return caught;
}

const sigset_t *compare_signals_saved(void)
{
	return &before;
}

void compare_wait(int fd, msec time)
{
	const struct timespec limit = {
		.tv_sec = (time_t)(time / 1e3),
		.tv_nsec = (long)(fmod(time, 1e3) * 1e6),
	};
	struct pollfd poll = {.fd = fd, .events = POLLIN};

	ppoll(&poll, 1, time < MSEC_NEVER ? &limit : NULL, &before);
}

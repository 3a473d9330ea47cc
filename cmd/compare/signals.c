/* Signals are blocked except inside ppoll(), which unblocks them and waits in
 * one step, so that none is lost between a check and the wait. */
#include "cmd/compare/signals.h"

#include <poll.h>
#include <stddef.h>

static volatile sig_atomic_t end_signal;
static sigset_t saved_mask;

static void on_end(int signal)
{
	end_signal = signal;
}

/* Does nothing, but lets SIGCHLD end a ppoll(); an ignored signal would not. */
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
	sigset_t blocked;

	sigemptyset(&blocked);
	for (size_t i = 0; i < ROWS; i++) {
		struct sigaction action = {.sa_handler = rows[i].handler};
		struct sigaction old;

		sigaction(rows[i].signal, NULL, &old);
		/* nohup(1) makes the program ignore SIGHUP: keep ignoring
		 * it. */
		if (rows[i].signal == SIGHUP && old.sa_handler == SIG_IGN)
			continue;
		sigemptyset(&action.sa_mask);
		sigaddset(&blocked, rows[i].signal);
		sigaction(rows[i].signal, &action, NULL);
	}
	sigprocmask(SIG_BLOCK, &blocked, &saved_mask);
}

void compare_signals_close(void)
{
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	signal(SIGCHLD, SIG_DFL);
	sigprocmask(SIG_SETMASK, &saved_mask, NULL);
}

int compare_end_signal(void)
{
	return end_signal;
}

const sigset_t *compare_signals_saved(void)
{
	return &saved_mask;
}

void compare_wait(int fd, msec time)
{
	const struct timespec limit = {
		.tv_sec = (time_t)(time / 1e3),
		.tv_nsec = (long)(fmod(time, 1e3) * 1e6),
	};
	struct pollfd poll = {.fd = fd, .events = POLLIN};

	ppoll(&poll, 1, time < MSEC_NEVER ? &limit : NULL, &saved_mask);
}

/* A signal handler that wakes the loop through an eventfd. */
#include "cmd/engine/signals.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

/* A second signal within this time, in ms, belongs to the same interruption:
 * timeout(1) sends its signal to the program, and then to the program's process
 * group. */
enum { SAME_INTERRUPTION = 200 };

static volatile sig_atomic_t caught;
static struct timespec caught_at;
static bool at_terminal;	/* standard error is a terminal */
static int wake_up = -1;
static struct loop *owner;
static void (*callback)(void *ctx);
static void *callback_ctx;

/* Returns the time since the first signal, in ms. */
static long since_caught(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - caught_at.tv_sec) * 1000 +
	       (now.tv_nsec - caught_at.tv_nsec) / 1000000;
}

static void on_signal(int signal)
{
	const uint64_t one = 1;
	const int saved = errno;

	if (caught && since_caught() < SAME_INTERRUPTION)
		return;
	if (caught) {
		/* End the line of the progress display, or the line in which
		 * the terminal echoes the key (^C), so that the prompt gets a
		 * line of its own. */
		if (at_terminal)
			(void)!write(STDERR_FILENO, "\n", 1);
		_exit(128 + signal);
	}
	clock_gettime(CLOCK_MONOTONIC, &caught_at);
	caught = signal;
	(void)!write(wake_up, &one, sizeof(one));
	errno = saved;
}

static void on_wake_up(void *ctx, int fd, int events)
{
	uint64_t count;

	(void)ctx;
	(void)events;
	(void)!read(fd, &count, sizeof(count));
	callback(callback_ctx);
}

int signals_open(struct loop *loop, void (*on_stop)(void *ctx), void *ctx)
{
	struct sigaction action = {.sa_handler = on_signal,
				   .sa_flags = SA_RESTART};

	signal(SIGPIPE, SIG_IGN);
	at_terminal = isatty(STDERR_FILENO);
	wake_up = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (wake_up < 0)
		return -1;
	owner = loop;
	callback = on_stop;
	callback_ctx = ctx;
	if (loop_watch(loop, wake_up, LOOP_READ, on_wake_up, NULL))
		return -1;
	sigemptyset(&action.sa_mask);
	sigaddset(&action.sa_mask, SIGINT);
	sigaddset(&action.sa_mask, SIGTERM);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	return 0;
}

void signals_wake(void)
{
	const uint64_t one = 1;

	(void)!write(wake_up, &one, sizeof(one));
}

void signals_close(void)
{
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	if (wake_up < 0)
		return;
	loop_unwatch(owner, wake_up);
	close(wake_up);
	wake_up = -1;
}

int signals_caught(void)
{
	return caught;
}

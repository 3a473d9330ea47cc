/* The listener is opened before the fork, so that the program knows its port. A
 * pipe tells the program when the child is ready to serve. */
#include "cmd/workload/process.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmd/workload/server.h"
#include "pool/process/hygiene.h"

/* Descriptors of the child. Its standard streams are /dev/null, so that no
 * connection gets the number of a standard stream and receives messages meant
 * for that stream. */
enum { LISTENER = 3, READY = 4, FIRST_FREE = 5 };

/* Length of the queue for clients that connect at once, thousands of them; the
 * kernel limits it to somaxconn. */
enum { BACKLOG = 16384 };

/* Time in msec that a client may take. It is longer than any run, because a
 * mode that makes one request at a time leaves other connections idle. */
static const msec client_timeout = 60e3;

/* --- The child ------------------------------------------------------------ */

/* Gives the two descriptors their numbers, makes /dev/null the standard streams
 * and closes all other descriptors. Both are copied to high numbers first,
 * because one descriptor may have the number that the other one is to get. */
static void keep_only(int listener, int ready)
{
	const int high_listener = fcntl(listener, F_DUPFD, FIRST_FREE);
	const int high_ready = fcntl(ready, F_DUPFD, FIRST_FREE);
	const int null = open("/dev/null", O_RDWR);

	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		dup2(null, fd);
	dup2(high_listener, LISTENER);
	dup2(high_ready, READY);
	process_close_from(FIRST_FREE);
}

static void raise_descriptor_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit))
		return;
	limit.rlim_cur = limit.rlim_max;
	(void)setrlimit(RLIMIT_NOFILE, &limit);
}

static _Noreturn void serve(int listener, int ready, pid_t parent)
{
	struct loop *loop;

	process_die_with(parent);
	process_ignore_signals();
	keep_only(listener, ready);
	raise_descriptor_limit();
	loop = loop_open(LOOP_EPOLL);
	if (!loop || !workload_server_open(loop, LISTENER, client_timeout) ||
	    write(READY, "", 1) != 1)
		_exit(EXIT_FAILURE);
	close(READY);
	for (;;)
		loop_step(loop, MSEC_NEVER);
}

/* --- The program ---------------------------------------------------------- */

/* Listens on a port of 127.0.0.1 that the kernel chooses. */
static int listen_on_free_port(unsigned *port)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t len = sizeof(address);
	const int fd = socket(AF_INET,
			      SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return -1;
	if (bind(fd, (struct sockaddr *)&address, len) ||
	    listen(fd, BACKLOG) ||
	    getsockname(fd, (struct sockaddr *)&address, &len)) {
		const int error = errno;

		close(fd);
		errno = error;
		return -1;
	}
	*port = ntohs(address.sin_port);
	return fd;
}

/* Reads until the child has closed its end of the pipe. Returns 0 if the child
 * has sent a byte before, which means that it is ready to serve. */
static int wait_until_ready(int ready)
{
	size_t bytes = 0;
	char byte;
	ssize_t n;

	while ((n = read(ready, &byte, 1)) == 1 || (n < 0 && errno == EINTR))
		bytes += n == 1;
	return bytes ? 0 : -1;
}

/* Returns the pid of the server; or -1 with errno. */
static pid_t start_server(int listener)
{
	const pid_t parent = getpid();
	int ready[2];
	pid_t pid;

	if (pipe2(ready, O_CLOEXEC))
		return -1;
	pid = fork();
	if (pid == 0)
		serve(listener, ready[1], parent);
	close(ready[1]);
	if (pid > 0 && wait_until_ready(ready[0])) {
		workload_process_stop(pid);
		pid = -1;
		errno = ECHILD;
	}
	close(ready[0]);
	return pid;
}

pid_t workload_process_start(unsigned *port, struct buf *why)
{
	const int listener = listen_on_free_port(port);
	const pid_t pid = listener < 0 ? -1 : start_server(listener);

	if (pid < 0)
		buf_addf(why, "the workload's server cannot be started: %s",
			 strerror(errno));
	if (listener >= 0)
		close(listener);
	return pid;
}

void workload_process_stop(pid_t pid)
{
	/* The child has not been reaped, so its pid cannot have been reused. */
	kill(pid, SIGKILL);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		continue;
}

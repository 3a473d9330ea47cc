/* cmd/workload/workload.c: the lists and the server of a workload, which leave
 * nothing behind. */
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "cmd/workload/workload.h"

static struct workload *start(const char *name)
{
	struct buf why = {0};
	struct workload *w = workload_start(name, &why);

	if (!w)
		fail_msg("%s: %s", name, buf_cstr(&why));
	assert_int_equal(why.len, 0);
	return w;
}

/* Reads line n of the list, without its line end. */
static void read_url(const struct workload *w, unsigned n, char *line, int size)
{
	FILE *f = fopen(workload_list(w), "r");

	assert_non_null(f);
	do {
		assert_non_null(fgets(line, size, f));
	} while (n--);
	line[strcspn(line, "\n")] = '\0';
	fclose(f);
}

static int connect_to(unsigned port)
{
	const struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
		.sin_port = htons((in_port_t)port),
	};
	const int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (!connect(fd, (const struct sockaddr *)&address, sizeof(address)))
		return fd;
	close(fd);
	return -1;
}

static unsigned port_of(const struct workload *w)
{
	char line[256];

	read_url(w, 0, line, sizeof(line));
	return (unsigned)strtoul(strchr(line + 7, ':') + 1, NULL, 10);
}

/* Requests url, one of those in the workload's list. Returns the HTTP
 * status. */
static unsigned ask(const char *url)
{
	char text[512], answer[16] = {0};
	const char *port = strchr(url + 7, ':') + 1;
	const int fd = connect_to((unsigned)strtoul(port, NULL, 10));
	const int len = snprintf(text, sizeof(text), "HEAD %s HTTP/1.0\r\n\r\n",
				 strchr(url + 7, '/'));

	assert_true(fd >= 0);
	assert_int_equal(send(fd, text, (size_t)len, 0), len);
	assert_int_equal(recv(fd, answer, 12, MSG_WAITALL), 12);
	close(fd);
	return (unsigned)strtoul(answer + 9, NULL, 10);
}

static void server_answers_what_the_list_asks_for(void **state)
{
	(void)state;
	for (const struct workload_row *row = workloads; row->name; row++) {
		struct workload *w = start(row->name);
		char line[256];

		assert_ptr_equal(workload_row(w), row);
		assert_int_equal(access(workload_list(w), R_OK), 0);
		for (unsigned n = 0; n < 8; n++) {
			read_url(w, n, line, sizeof(line));
			if (ask(line) != 200)
				fail_msg("%s: %s", row->name, line);
		}
		workload_stop(w);
	}
}

static void delays_and_bounds_are_those_of_the_list(void **state)
{
	(void)state;
	for (const struct workload_row *row = workloads; row->name; row++) {
		struct workload *w = start(row->name);
		FILE *f = fopen(workload_list(w), "r");
		double sum = 0, longest = 0;
		char line[256];

		while (fgets(line, sizeof(line), f)) {
			const char *delay = strstr(line, "/delay/");
			const double ms = delay ? strtod(delay + 7, NULL) : 0;

			sum += ms;
			longest = ms > longest ? ms : longest;
		}
		fclose(f);
		assert_true(workload_minimum_time(row, 1) == sum);
		assert_true(workload_minimum_time(row, 1000000) == longest);
		workload_stop(w);
	}
	assert_true(workload_minimum_time(&workloads[0], 1) > 1000);
}

static void calls_of_sqlite8_take_50_to_300_ms(void **state)
{
	struct workload *w = start("sqlite8");
	bool least = false, most = false;

	(void)state;
	for (unsigned n = 0; n < 8; n++) {
		char line[256];

		read_url(w, n, line, sizeof(line));
		least |= strstr(line, "/delay/50/") != NULL;
		most |= strstr(line, "/delay/300/") != NULL;
	}
	assert_true(least && most);
	workload_stop(w);
}

static void apis_are_ten_hosts_each_with_its_own_delay(void **state)
{
	struct workload *w = start("api");
	char delays[10][16] = {0};

	(void)state;
	for (unsigned n = 0; n < 40; n++) {
		char line[256], *delay, *end;
		unsigned host;

		read_url(w, n, line, sizeof(line));
		host = (unsigned)(line[7] - 'a');
		assert_true(host < 10);
		assert_memory_equal(line + 8, ".localhost:", 11);
		delay = strstr(line, "/delay/") + 7;
		end = strchr(delay, '/');
		*end = '\0';
		if (*delays[host])
			assert_string_equal(delays[host], delay);
		memcpy(delays[host], delay, strlen(delay) + 1);
	}
	for (int i = 0; i < 10; i++)
		for (int j = 0; j < i; j++)
			assert_string_not_equal(delays[i], delays[j]);
	workload_stop(w);
}

static void unknown_names_are_refused(void **state)
{
	struct buf why = {0};

	(void)state;
	assert_null(workload_start("nothing", &why));
	assert_non_null(strstr(buf_cstr(&why), "sqlite8, "));
	assert_non_null(strstr(buf_cstr(&why), "api"));
	buf_release(&why);
	workload_stop(NULL);
}

/* Counts the descriptors of a process. *others becomes the number of those
 * whose link does not begin with an allowed text. */
static size_t descriptors(pid_t pid, size_t *others)
{
	char path[64], entry[320], target[256];
	const struct dirent *e;
	size_t count = 0;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/fd", (int)pid);
	dir = opendir(path);
	assert_non_null(dir);
	*others = 0;
	while ((e = readdir(dir))) {
		ssize_t n;

		snprintf(entry, sizeof(entry), "%s/%s", path, e->d_name);
		n = readlink(entry, target, sizeof(target) - 1);
		if (n < 0)
			continue;
		target[n] = '\0';
		count++;
		*others += strcmp(target, "/dev/null") &&
			   strncmp(target, "socket:", 7) &&
			   strcmp(target, "anon_inode:[eventpoll]");
	}
	closedir(dir);
	return count;
}

static pid_t only_child(void)
{
	char path[64];
	pid_t pid = 0;
	FILE *f;
	int children = 0, child;

	snprintf(path, sizeof(path), "/proc/self/task/%d/children",
		 (int)getpid());
	f = fopen(path, "r");
	if (!f)
		skip();		/* the kernel lacks CONFIG_PROC_CHILDREN */
	while (fscanf(f, "%d", &child) == 1) {
		pid = child;
		children++;
	}
	fclose(f);
	return children == 1 ? pid : -children;
}

static void stop_leaves_no_process(void **state)
{
	size_t others;
	const size_t before = descriptors(getpid(), &others);
	struct workload *w = start("sqlite8");
	const unsigned port = port_of(w);
	char *path = strdup(workload_list(w));

	(void)state;
	assert_true(only_child() > 0);
	workload_stop(w);
	assert_int_equal(only_child(), 0);
	assert_int_equal(waitpid(-1, NULL, 0), -1);
	assert_int_equal(errno, ECHILD);
	assert_int_equal(connect_to(port), -1);
	assert_int_equal(access(path, F_OK), -1);
	assert_int_equal(descriptors(getpid(), &others), before);
	free(path);
}

static void server_has_no_descriptor_of_the_program(void **state)
{
	int ends[2];
	struct workload *w;
	size_t others, count;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	w = start("sqlite8");
	/* Expected are the standard streams, the listening socket, and the
	 * loop. */
	count = descriptors(only_child(), &others);
	assert_int_equal(count, 5);
	assert_int_equal(others, 0);
	close(ends[0]);
	close(ends[1]);
	workload_stop(w);
}

static void two_can_run_at_once(void **state)
{
	struct workload *one = start("cpu"), *two = start("io");

	(void)state;
	assert_int_not_equal(port_of(one), port_of(two));
	assert_string_not_equal(workload_list(one), workload_list(two));
	workload_stop(one);
	assert_true(port_of(two) > 0);
	workload_stop(two);
}

/* Adopts the processes that the dead program leaves, to check that they end. */
static void server_dies_with_the_program(void **state)
{
	int ends[2];
	unsigned port;
	pid_t pid;

	(void)state;
	assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		port = port_of(start("sqlite8"));
		(void)!write(ends[1], &port, sizeof(port));
		for (;;)
			pause();
	}
	assert_int_equal(read(ends[0], &port, sizeof(port)), sizeof(port));
	kill(pid, SIGKILL);
	alarm(120);		/* end the test if it hangs */
	while (waitpid(-1, NULL, 0) > 0)
		continue;
	alarm(0);
	assert_int_equal(connect_to(port), -1);
	close(ends[0]);
	close(ends[1]);
}

static void interrupts_reach_only_the_program(void **state)
{
	struct workload *w = start("sqlite8");
	char line[256];

	(void)state;
	kill(only_child(), SIGINT);
	kill(only_child(), SIGTERM);
	read_url(w, 0, line, sizeof(line));
	assert_int_equal(ask(line), 200);
	workload_stop(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(server_answers_what_the_list_asks_for),
		cmocka_unit_test(delays_and_bounds_are_those_of_the_list),
		cmocka_unit_test(calls_of_sqlite8_take_50_to_300_ms),
		cmocka_unit_test(apis_are_ten_hosts_each_with_its_own_delay),
		cmocka_unit_test(unknown_names_are_refused),
		cmocka_unit_test(stop_leaves_no_process),
		cmocka_unit_test(server_has_no_descriptor_of_the_program),
		cmocka_unit_test(two_can_run_at_once),
		cmocka_unit_test(server_dies_with_the_program),
		cmocka_unit_test(interrupts_reach_only_the_program),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

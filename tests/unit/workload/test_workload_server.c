/*
 * cmd/workload/server.c, over real sockets. The test is the client, and runs
 * the server's loop while it waits for data.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "cmd/workload/pages.h"
#include "cmd/workload/server.h"
#include "tests/unit/patience.h"

#define GET(path) "GET " path " HTTP/1.1\r\nHost: a\r\n\r\n"

static const msec long_time = 600e3;

struct fixture {
	struct loop *loop;
	struct workload_server *server;
	int listener;
	struct sockaddr_in address;
};

static void open_server(struct fixture *f, msec patience)
{
	socklen_t len = sizeof(f->address);

	*f = (struct fixture){
		.loop = loop_open(LOOP_EPOLL),
		.listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0),
		.address = {.sin_family = AF_INET,
			    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)},
	};
	assert_int_equal(bind(f->listener, (struct sockaddr *)&f->address,
			      len), 0);
	assert_int_equal(listen(f->listener, 4096), 0);
	getsockname(f->listener, (struct sockaddr *)&f->address, &len);
	f->server = workload_server_open(f->loop, f->listener, patience);
	assert_non_null(f->server);
}

static void close_server(struct fixture *f)
{
	workload_server_close(f->server);
	loop_close(f->loop);
	close(f->listener);
}

static void step(struct fixture *f)
{
	loop_step(f->loop, clock_now() + 5);
}

static int open_client(struct fixture *f)
{
	const int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_int_equal(connect(fd, (struct sockaddr *)&f->address,
				 sizeof(f->address)), 0);
	return fd;
}

static void send_text(int fd, const char *text)
{
	assert_int_equal(send(fd, text, strlen(text), MSG_NOSIGNAL),
			 strlen(text));
}

/* Returns 1 if data was received, 0 if there is none yet, -1 at the end. */
static int receive(int fd, struct buf *in)
{
	char *to = buf_reserve(in, 65536);
	const ssize_t n = recv(fd, to, 65536, MSG_DONTWAIT);

	if (n < 0 && errno == EAGAIN)
		return 0;
	if (n <= 0)
		return -1;
	in->len += (size_t)n;
	return 1;
}

/* Receives until `in` has len bytes. */
static void receive_bytes(struct fixture *f, int fd, struct buf *in, size_t len)
{
	struct patience p = {0};

	while (in->len < len) {
		const int came = receive(fd, in);

		assert_true(came >= 0);
		assert_true(patience_lasts(&p, in->len));
		if (!came)
			step(f);
	}
}

/* Receives until the server has closed the connection. */
static void receive_all(struct fixture *f, int fd, struct buf *in)
{
	struct patience p = {0};
	int came;

	while ((came = receive(fd, in)) >= 0) {
		assert_true(patience_lasts(&p, in->len));
		if (!came)
			step(f);
	}
}

static void wait_for_count(struct fixture *f, size_t count)
{
	struct patience p = {0};

	while (workload_server_count(f->server) != count) {
		assert_true(patience_lasts(&p,
					   workload_server_count(f->server)));
		step(f);
	}
}

static bool begins_with(struct buf *in, const char *text)
{
	return !strncmp(buf_cstr(in), text, strlen(text));
}

/* Receives a response. Returns its header, to be freed; in is empty
 * afterwards. */
static char *receive_answer(struct fixture *f, int fd, struct buf *in,
			    struct buf *body)
{
	size_t head_len, len, need = 1;
	char *head;

	do {
		receive_bytes(f, fd, in, need);
		need = in->len + 1;
	} while (!strstr(buf_cstr(in), "\r\n\r\n"));
	head_len = (size_t)(strstr(buf_cstr(in), "\r\n\r\n") + 4 - in->data);
	head = xmemdup(in->data, head_len);
	len = strtoul(strstr(head, "Content-Length: ") + 16, NULL, 10);
	receive_bytes(f, fd, in, head_len + len);
	assert_int_equal(in->len, head_len + len);
	buf_clear(body);
	buf_add(body, in->data + head_len, len);
	buf_clear(in);
	return head;
}

static void pages_come_whole_over_one_connection(void **state)
{
	const struct workload_kind *k = workload_kind_find("page");
	struct buf in = {0}, body = {0};
	struct fixture f;
	int fd;

	(void)state;
	open_server(&f, long_time);
	fd = open_client(&f);
	for (unsigned n = 0; n < k->count; n++) {
		struct buf page = {0};
		char *text = xasprintf(GET("/page/%u"), n);
		char *head;

		send_text(fd, text);
		head = receive_answer(&f, fd, &in, &body);
		assert_non_null(strstr(head, "HTTP/1.1 200 OK\r\n"));
		assert_non_null(strstr(head, "Content-Type: text/html"));
		k->write(&page, n);
		assert_int_equal(page.len, body.len);
		assert_memory_equal(page.data, body.data, page.len);
		buf_release(&page);
		free(head);
		free(text);
	}
	assert_int_equal(workload_server_count(f.server), 1);
	close(fd);
	wait_for_count(&f, 0);
	buf_release(&in);
	buf_release(&body);
	close_server(&f);
}

static void answers_are_held_back_as_long_as_the_path_says(void **state)
{
	struct buf in = {0}, body = {0};
	struct fixture f;
	msec begin, took;
	int fd;

	(void)state;
	open_server(&f, long_time);
	fd = open_client(&f);
	begin = clock_now();
	send_text(fd, GET("/delay/80/small/1"));
	free(receive_answer(&f, fd, &in, &body));
	took = clock_now() - begin;
	assert_true(took >= 80);
	close(fd);
	buf_release(&in);
	buf_release(&body);
	close_server(&f);
}

static void head_has_the_length_and_no_body(void **state)
{
	struct buf in = {0}, body = {0};
	struct fixture f;
	int fd;

	(void)state;
	open_server(&f, long_time);
	fd = open_client(&f);
	send_text(fd, "HEAD /page/1 HTTP/1.1\r\n\r\n"
		      "GET /nowhere HTTP/1.1\r\nConnection: close\r\n\r\n");
	receive_all(&f, fd, &in);
	assert_true(begins_with(&in, "HTTP/1.1 200 OK\r\n"));
	assert_non_null(strstr(buf_cstr(&in), "\r\n\r\nHTTP/1.1 404 Not Found"
					      "\r\n"));
	assert_non_null(strstr(buf_cstr(&in), "Connection: close\r\n"));
	close(fd);
	buf_release(&in);
	buf_release(&body);
	close_server(&f);
}

static void raise_limit(void)
{
	struct rlimit limit;

	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	if (limit.rlim_max < 2200)
		skip();
}

static void a_thousand_connections_wait_at_once(void **state)
{
	enum { CLIENTS = 1000 };
	int fds[CLIENTS];
	struct buf in = {0}, body = {0};
	struct fixture f;

	(void)state;
	raise_limit();
	open_server(&f, long_time);
	for (int i = 0; i < CLIENTS; i++) {
		fds[i] = open_client(&f);
		send_text(fds[i], GET("/delay/300/small/5"));
		if (i % 50 == 0)
			step(&f);
	}
	wait_for_count(&f, CLIENTS);
	for (int i = 0; i < CLIENTS; i++)
		free(receive_answer(&f, fds[i], &in, &body));
	for (int i = 0; i < CLIENTS; i++)
		close(fds[i]);
	wait_for_count(&f, 0);
	buf_release(&in);
	buf_release(&body);
	close_server(&f);
}

static void garbage_gets_an_error_and_harms_no_other_client(void **state)
{
	struct buf in = {0}, body = {0};
	struct fixture f;
	int good, bad;

	(void)state;
	open_server(&f, long_time);
	good = open_client(&f);
	bad = open_client(&f);
	send_text(good, GET("/delay/30/small/1"));
	send_text(bad, "\x16\x03\x01 this is no HTTP\r\n\r\n and never was");
	receive_all(&f, bad, &in);
	assert_true(begins_with(&in, "HTTP/1.1 400 Bad Request\r\n"));
	buf_clear(&in);
	free(receive_answer(&f, good, &in, &body));
	close(good);
	close(bad);
	wait_for_count(&f, 0);
	buf_release(&in);
	buf_release(&body);
	close_server(&f);
}

static void endless_head_is_refused(void **state)
{
	struct buf in = {0}, text = {0};
	struct fixture f;
	int fd;

	(void)state;
	open_server(&f, long_time);
	fd = open_client(&f);
	buf_addstr(&text, "GET /small/1 HTTP/1.1\r\n");
	while (text.len < 100000)
		buf_addstr(&text, "X-Field: and so on\r\n");
	send_text(fd, buf_cstr(&text));
	receive_all(&f, fd, &in);
	assert_true(begins_with(&in, "HTTP/1.1 431 "));
	close(fd);
	wait_for_count(&f, 0);
	buf_release(&in);
	buf_release(&text);
	close_server(&f);
}

static void request_may_come_a_byte_at_a_time(void **state)
{
	static const char text[] = GET("/small/7");
	struct buf in = {0}, body = {0};
	struct fixture f;
	int fd;

	(void)state;
	open_server(&f, long_time);
	fd = open_client(&f);
	for (const char *p = text; *p; p++) {
		assert_int_equal(send(fd, p, 1, MSG_NOSIGNAL), 1);
		loop_step(f.loop, clock_now());
	}
	free(receive_answer(&f, fd, &in, &body));
	assert_non_null(strstr(buf_cstr(&body), "<title>Page 7</title>"));
	close(fd);
	buf_release(&in);
	buf_release(&body);
	close_server(&f);
}

static void slow_clients_are_disconnected(void **state)
{
	enum { CLIENTS = 3 };
	int fds[CLIENTS];
	const int little = 4096;
	struct buf in = {0};
	struct fixture f;

	(void)state;
	open_server(&f, 100);
	for (int i = 0; i < CLIENTS; i++)
		fds[i] = open_client(&f);
	/* Clients that send nothing, stop in the middle of a request, or do not
	 * read. */
	send_text(fds[1], "GET /small/1 HT");
	setsockopt(fds[2], SOL_SOCKET, SO_RCVBUF, &little, sizeof(little));
	for (int i = 0; i < 60; i++)
		send_text(fds[2], GET("/page/15"));
	wait_for_count(&f, CLIENTS);
	wait_for_count(&f, 0);
	receive_all(&f, fds[0], &in);
	assert_int_equal(in.len, 0);
	for (int i = 0; i < CLIENTS; i++)
		close(fds[i]);
	buf_release(&in);
	close_server(&f);
}

static void large_answers_wait_for_their_reader(void **state)
{
	enum { PAGES = 60 };
	struct buf in = {0}, page = {0};
	struct fixture f;
	int fd;

	(void)state;
	open_server(&f, long_time);
	workload_kind_find("page")->write(&page, 15);
	fd = open_client(&f);
	for (int i = 0; i < PAGES; i++)
		send_text(fd, GET("/page/15"));
	/* Send more than the buffers of a socket hold. */
	for (int i = 0; i < 20; i++)
		loop_step(f.loop, clock_now() + 1);
	receive_bytes(&f, fd, &in, PAGES * page.len);
	assert_int_equal(workload_server_count(f.server), 1);
	close(fd);
	wait_for_count(&f, 0);
	buf_release(&in);
	buf_release(&page);
	close_server(&f);
}

static void client_that_disconnects_early_is_removed(void **state)
{
	struct fixture f;
	int closed, reset;

	(void)state;
	open_server(&f, long_time);
	closed = open_client(&f);
	reset = open_client(&f);
	send_text(closed, GET("/delay/20000/small/1"));
	send_text(reset, GET("/delay/20000/small/1"));
	wait_for_count(&f, 2);
	close(closed);
	setsockopt(reset, SOL_SOCKET, SO_LINGER,
		   &(struct linger){.l_onoff = 1}, sizeof(struct linger));
	close(reset);
	wait_for_count(&f, 0);
	close_server(&f);
}

static void closing_disconnects_waiting_clients(void **state)
{
	struct buf in = {0};
	struct fixture f;
	int fd;

	(void)state;
	open_server(&f, long_time);
	fd = open_client(&f);
	send_text(fd, GET("/delay/20000/small/1"));
	wait_for_count(&f, 1);
	close_server(&f);
	assert_int_equal(recv(fd, buf_reserve(&in, 1), 1, 0) > 0, 0);
	close(fd);
	buf_release(&in);
}

static void connections_beyond_the_limit_wait_for_a_place(void **state)
{
	enum { CLIENTS = 60, LIMIT = 40 };
	struct rlimit before, few;
	int fds[CLIENTS];
	struct buf in = {0}, body = {0};
	struct fixture f;

	(void)state;
	getrlimit(RLIMIT_NOFILE, &before);
	few = before;
	few.rlim_cur = LIMIT;
	setrlimit(RLIMIT_NOFILE, &few);
	open_server(&f, long_time);
	setrlimit(RLIMIT_NOFILE, &before);
	for (int i = 0; i < CLIENTS; i++) {
		fds[i] = open_client(&f);
		send_text(fds[i], GET("/small/1"));
	}
	for (int i = 0; i < 20; i++)
		loop_step(f.loop, clock_now() + 1);
	assert_true(workload_server_count(f.server) < LIMIT);
	for (int i = 0; i < CLIENTS; i++) {
		free(receive_answer(&f, fds[i], &in, &body));
		close(fds[i]);
	}
	wait_for_count(&f, 0);
	buf_release(&in);
	buf_release(&body);
	close_server(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_come_whole_over_one_connection),
		cmocka_unit_test(
			answers_are_held_back_as_long_as_the_path_says),
		cmocka_unit_test(head_has_the_length_and_no_body),
		cmocka_unit_test(a_thousand_connections_wait_at_once),
		cmocka_unit_test(
			garbage_gets_an_error_and_harms_no_other_client),
		cmocka_unit_test(endless_head_is_refused),
		cmocka_unit_test(request_may_come_a_byte_at_a_time),
		cmocka_unit_test(slow_clients_are_disconnected),
		cmocka_unit_test(large_answers_wait_for_their_reader),
		cmocka_unit_test(client_that_disconnects_early_is_removed),
		cmocka_unit_test(closing_disconnects_waiting_clients),
		cmocka_unit_test(
			connections_beyond_the_limit_wait_for_a_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * test-server: a loopback server that follows scripts (in the language of
 * script.h), including odd and hostile ones.
 *
 *	test-server [--tls CERT KEY] [--log FILE] DIR...
 *
 * Listens on free ports of 127.0.0.0/8, prints them as one line "A B C D E F G"
 * (two origins over http, one over https; then four for behaviours that begin
 * with the connection; C is 0 without --tls), and ends when its standard input
 * does. A behaviour is looked up in the DIRs in turn, and a certificate NAME as
 * NAME.pem and NAME.key in the folder of CERT. --log writes a line per request:
 * the port's letter, method, target.
 *
 * One process, one epoll loop; of the program that it tests, it deliberately
 * uses only buffers and the heap.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uthash.h>

#include "base/mem.h"
#include "tests/server/conn.h"
#include "tests/server/script.h"
#include "tests/server/tls.h"

/* A behaviour that was loaded, or that could not be loaded. */
struct entry {
	UT_hash_handle hh;
	char *name;
	struct script *script;	/* NULL if there is no such behaviour */
	bool broken;		/* the file exists but cannot be read */
};

/* Counts the requests for a path. */
struct count {
	UT_hash_handle hh;
	char *target;
	unsigned asked;
};

struct server {
	int epoll;
	int listeners[PORTS];
	SSL_CTX *tls;
	char *certs;		/* folder of the certificates */
	struct ports ports;
	char **dirs;
	FILE *log;
	struct entry *entries;
	struct count *counts;
	struct heap sleepers;
	char asking;		/* letter of the port the request came to */
};

/* The target of an epoll event; a listener is recognised by its address in
 * struct server. */
struct watched {
	struct conn *conn;
	char letter;
	bool writing;
	struct heap_node node;
};

static const char not_found[] =
	"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\n"
	"Content-Length: 18\r\n\r\nno such behaviour\n";
static const char broken[] =
	"HTTP/1.1 599 Broken Script\r\nContent-Length: 0\r\n\r\n";

static const struct section *fixed(const char *bytes, size_t len)
{
	static struct op op = {.kind = OP_SEND, .times = 1};
	static struct section section = {.ops = &op, .len = 1};

	op.bytes.data = (char *)(uintptr_t)bytes;
	op.bytes.len = len;
	return &section;
}

static _Noreturn void die(const char *what)
{
	fprintf(stderr, "test-server: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* --- Choice of the script that answers ------------------------------------ */

static void load(struct server *s, struct entry *e)
{
	for (char **dir = s->dirs; *dir && !e->script && !e->broken; dir++) {
		char *path = xasprintf("%s/%s", *dir, e->name);
		char *error;

		e->script = script_load(path, &s->ports, &error);
		if (error) {
			fprintf(stderr, "test-server: %s\n", error);
			e->broken = true;
		}
		free(error);
		free(path);
	}
}

static struct entry *find_entry(struct server *s, const char *name)
{
	struct entry *e;

	HASH_FIND_STR(s->entries, name, e);
	if (e)
		return e;
	e = xcalloc(1, sizeof(*e));
	e->name = xstrdup(name);
	load(s, e);
	HASH_ADD_KEYPTR(hh, s->entries, e->name, strlen(e->name), e);
	return e;
}

static unsigned count_up(struct server *s, const char *target)
{
	struct count *c;

	HASH_FIND_STR(s->counts, target, c);
	if (!c) {
		c = xcalloc(1, sizeof(*c));
		c->target = xstrdup(target);
		HASH_ADD_KEYPTR(hh, s->counts, c->target, strlen(c->target),
				c);
	}
	return ++c->asked;
}

/* Returns "name" for "/name/more?query" and for "http://host/name" (a request
 * to a proxy), and "" if the target has no name. */
static char *behaviour_name(const char *target)
{
	const char *host = strstr(target, "://");
	size_t len;

	if (*target != '/' && host)
		target = host + 3 + strcspn(host + 3, "/");
	if (*target == '/')
		target++;
	len = strcspn(target, "/?");
	if (*target == '.' || len > 100)
		len = 0;
	return xmemdup(target, len);
}

static const struct section *look_up(void *ctx, const char *method,
				     const char *target)
{
	struct server *s = ctx;
	char *name = behaviour_name(target);
	const struct section *section = NULL;
	const struct entry *e = NULL;
	unsigned asked = 1;

	if (s->log)
		fprintf(s->log, "%c %s %s\n", s->asking, method, target);
	if (*name)
		e = find_entry(s, name);
	free(name);
	if (e && e->broken)
		return fixed(broken, sizeof(broken) - 1);
	if (!e || !e->script)
		return fixed(not_found, sizeof(not_found) - 1);
	if (e->script->counted)
		asked = count_up(s, target);
	section = script_section(e->script, asked);
	return section ? section : fixed(broken, sizeof(broken) - 1);
}

/* Returns the section of a script that runs when a connection to that port
 * begins. */
static const struct section *look_up_port(struct server *s, int which)
{
	static struct op close_it = {.kind = OP_CLOSE};
	static const struct section unknown = {.ops = &close_it, .len = 1};
	const char name[] = {(char)('A' + which), '\0'};
	const struct section *section = NULL;
	const struct entry *e = find_entry(s, name);

	if (e->script)
		section = script_section(e->script, count_up(s, name));
	return section ? section : &unknown;
}

/* --- Connections ---------------------------------------------------------- */

static bool sooner(const struct heap_node *a, const struct heap_node *b)
{
	return heap_entry(a, struct watched, node)->conn->wake <
	       heap_entry(b, struct watched, node)->conn->wake;
}

static void drop(struct server *s, struct watched *w)
{
	heap_remove(&s->sleepers, &w->node);
	conn_free(w->conn);
	free(w);
}

static void go_on(struct server *s, struct watched *w)
{
	struct conn *c = w->conn;

	heap_remove(&s->sleepers, &w->node);
	s->asking = w->letter;
	conn_go_on(c, clock_now(), look_up, s);
	if (c->state == CONN_OVER) {
		drop(s, w);
		return;
	}
	if (c->wake != MSEC_NEVER)
		heap_push(&s->sleepers, &w->node);
	if (c->want_write != w->writing) {
		struct epoll_event ev = {.data.ptr = w};

		w->writing = c->want_write;
		ev.events = EPOLLIN | (w->writing ? (uint32_t)EPOLLOUT : 0u);
		epoll_ctl(s->epoll, EPOLL_CTL_MOD, c->fd, &ev);
	}
}

static struct conn *begin(struct server *s, int which, int fd)
{
	const struct section *first;
	SSL_CTX *tls = NULL;
	struct conn *c;

	if (which < PORT_OWN)
		return conn_new(fd, which == PORT_TLS ? s->tls : NULL, NULL);
	first = look_up_port(s, which);
	if (first->len && first->ops[0].kind == OP_TLS)
		tls = tls_named(s->certs, &first->ops[0].bytes);
	c = conn_new(fd, tls, first);
	SSL_CTX_free(tls);
	return c;
}

/* Returns true for connections from this machine: from 127.0.0.0/8, whose
 * addresses tests use as hosts, and from addresses that a test adds in a
 * network namespace of its own. Others are refused. */
static bool is_local(int fd, const struct sockaddr_in *peer)
{
	struct sockaddr_in own;
	socklen_t len = sizeof(own);

	if (ntohl(peer->sin_addr.s_addr) >> 24 == 127)
		return true;
	return getsockname(fd, (struct sockaddr *)&own, &len) == 0 &&
	       own.sin_addr.s_addr == peer->sin_addr.s_addr;
}

static void take_connections(struct server *s, int which)
{
	struct sockaddr_in peer;
	socklen_t len = sizeof(peer);
	const int one = 1;
	int fd;

	while ((fd = accept4(s->listeners[which], (struct sockaddr *)&peer,
			     &len, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
		struct epoll_event ev = {.events = EPOLLIN};
		struct watched *w;

		if (!is_local(fd, &peer)) {
			close(fd);
			continue;
		}
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
		w = xcalloc(1, sizeof(*w));
		w->letter = (char)('A' + which);
		w->conn = begin(s, which, fd);
		ev.data.ptr = w;
		if (epoll_ctl(s->epoll, EPOLL_CTL_ADD, fd, &ev) < 0)
			drop(s, w);
		else if (which >= PORT_OWN)
			go_on(s, w);
	}
}

static void wake_sleepers(struct server *s)
{
	const msec now = clock_now();
	struct heap_node *n;

	while ((n = heap_first(&s->sleepers)) != NULL) {
		struct watched *w = heap_entry(n, struct watched, node);

		if (w->conn->wake > now)
			break;
		go_on(s, w);
	}
}

static int until_next(const struct server *s)
{
	const struct heap_node *n = heap_first(&s->sleepers);
	msec wait;

	if (!n)
		return -1;
	wait = heap_entry(n, struct watched, node)->conn->wake - clock_now();
	return wait <= 0 ? 0 : (int)wait + 1;
}

/* Handles a batch of events. Returns false when standard input has ended. */
static bool turn(struct server *s)
{
	struct epoll_event events[64];
	const int n = epoll_wait(s->epoll, events, 64, until_next(s));
	bool going = true;

	for (int i = 0; i < n; i++) {
		char *at = events[i].data.ptr;
		const char *first = (char *)s->listeners;
		char byte;

		if (at == (char *)s)
			going = read(STDIN_FILENO, &byte, 1) > 0;
		else if (at >= first && at < first + sizeof(s->listeners))
			take_connections(s, (int)((int *)(void *)at -
						  s->listeners));
		else
			go_on(s, (struct watched *)(void *)at);
	}
	wake_sleepers(s);
	return going;
}

/* --- Start ---------------------------------------------------------------- */

static int listen_on(struct server *s, int which)
{
	struct sockaddr_in addr = {.sin_family = AF_INET};
	struct epoll_event ev = {.events = EPOLLIN};
	socklen_t len = sizeof(addr);
	const int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK |
			      SOCK_CLOEXEC, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&addr, len) < 0 ||
	    listen(fd, 8192) < 0 ||
	    getsockname(fd, (struct sockaddr *)&addr, &len) < 0)
		die("cannot listen");
	s->listeners[which] = fd;
	ev.data.ptr = &s->listeners[which];
	epoll_ctl(s->epoll, EPOLL_CTL_ADD, fd, &ev);
	return ntohs(addr.sin_port);
}

static void raise_descriptors(void)
{
	struct rlimit limit;

	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

static void watch_stdin(struct server *s)
{
	struct epoll_event ev = {.events = EPOLLIN, .data.ptr = s};

	/* epoll refuses files and /dev/null; in that case a signal ends the
	 * server. */
	epoll_ctl(s->epoll, EPOLL_CTL_ADD, STDIN_FILENO, &ev);
}

static void read_arguments(struct server *s, char **argv)
{
	argv++;
	while (*argv && **argv == '-') {
		if (strcmp(*argv, "--tls") == 0 && argv[1] && argv[2]) {
			s->tls = tls_new(argv[1], argv[2]);
			s->certs = dirname(argv[1]);
			argv += 3;
		} else if (strcmp(*argv, "--log") == 0 && argv[1]) {
			s->log = fopen(argv[1], "we");
			if (!s->log)
				die(argv[1]);
			setvbuf(s->log, NULL, _IOLBF, 0);
			argv += 2;
		} else {
			fprintf(stderr, "test-server: %s?\n", *argv);
			exit(2);
		}
	}
	s->dirs = argv;
}

static void release(struct server *s)
{
	struct entry *e, *next_entry;
	struct count *c, *next_count;

	HASH_ITER(hh, s->entries, e, next_entry) {
		HASH_DEL(s->entries, e);
		script_free(e->script);
		free(e->name);
		free(e);
	}
	HASH_ITER(hh, s->counts, c, next_count) {
		HASH_DEL(s->counts, c);
		free(c->target);
		free(c);
	}
	heap_release(&s->sleepers);
	if (s->log)
		fclose(s->log);
	SSL_CTX_free(s->tls);
}

int main(int argc, char **argv)
{
	static struct server s = {.sleepers.before = sooner};

	(void)argc;
	signal(SIGPIPE, SIG_IGN);
	signal(SIGUSR1, conn_hold_no_more);
	raise_descriptors();
	read_arguments(&s, argv);
	s.epoll = epoll_create1(EPOLL_CLOEXEC);
	for (int i = 0; i < PORTS; i++)
		if (i != PORT_TLS || s.tls)
			s.ports.port[i] = listen_on(&s, i);
	watch_stdin(&s);
	for (int i = 0; i < PORTS; i++)
		printf("%d%c", s.ports.port[i], i < PORTS - 1 ? ' ' : '\n');
	fflush(stdout);
	while (turn(&s))
		;
	release(&s);
	/* Leave open connections to the kernel, which closes them. */
	_exit(0);
}

/* Opens and drives a c-ares channel: sockets, timer, servers, and the names of
 * the search list. */
#include "fetch/dns/channel.h"

#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

#include "base/mem.h"

enum {
	/* Bytes of the socket's receive buffer: it should hold a burst of
	 * replies, as far as the kernel permits. */
	RECEIVE_BUFFER = 1 << 20,
	/* Time-out of the first round through the servers, in msec; c-ares
	 * doubles it for each further round. With one server it gives up after
	 * 1.4 + 2.8 + 5.6 s, in time to report that before --connect-timeout
	 * (10 s) expires; if the first server is dead, the next is asked after
	 * 1.4 s. A late answer still counts. */
	TIMEOUT = 1400,
	TRIES = 3,
};

/* Interval of the timer for time-outs, in msec. No query times out sooner than
 * this after it was sent (some versions of c-ares subtract up to half of the
 * time-out at random). So a timer that is already set is early enough for a new
 * query. */
#define TICK (TIMEOUT / 2.0)

static void on_socket(void *ctx, int fd, int events)
{
	struct channel *c = ctx;
	const bool readable = events & (LOOP_READ | LOOP_ERROR);

	ares_process_fd(c->ares, readable ? fd : ARES_SOCKET_BAD,
			events & LOOP_WRITE ? fd : ARES_SOCKET_BAD);
	c->on_progress(c->ctx);
}

/* Called by c-ares when it opens a socket, wants other events of a socket, or
 * (readable and writable both 0) is about to close one. */
static void on_socket_state(void *ctx, ares_socket_t fd, int readable,
			    int writable)
{
	struct channel *c = ctx;

	/* If the socket cannot be watched, the queries on it time out. */
	if (readable || writable)
		(void)loop_watch(c->loop, fd,
				 (readable ? LOOP_READ : 0) |
				 (writable ? LOOP_WRITE : 0), on_socket, c);
	else
		loop_unwatch(c->loop, fd);
}

static void on_tick(void *ctx, msec now)
{
	struct channel *c = ctx;
	struct timeval left;

	ares_process_fd(c->ares, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
	c->ticking = ares_timeout(c->ares, NULL, &left) != NULL;
	if (c->ticking) {
		const msec wait = (msec)left.tv_sec * 1e3 +
				  (msec)left.tv_usec / 1e3 + 1;

		loop_set_timer(c->loop, &c->tick,
			       now + (wait < TICK ? wait : TICK));
	}
	c->on_progress(c->ctx);
}

static int open_ares(struct channel *c, const char *servers, int flags)
{
	struct ares_options options = {
		.flags = flags,
		.timeout = TIMEOUT,
		.tries = TRIES,
		.socket_receive_buffer_size = RECEIVE_BUFFER,
		.sock_state_cb = on_socket_state,
		.sock_state_cb_data = c,
	};
	int status = ares_init_options(&c->ares, &options,
				       ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS |
				       ARES_OPT_TRIES | ARES_OPT_SOCK_RCVBUF |
				       ARES_OPT_SOCK_STATE_CB);

	if (status != ARES_SUCCESS)
		return status;
	if (servers)
		status = ares_set_servers_ports_csv(c->ares, servers);
	if (status != ARES_SUCCESS)
		ares_destroy(c->ares);
	return status;
}

static size_t count_servers(const struct channel *c)
{
	struct ares_addr_port_node *servers = NULL;
	size_t n = 0;

	if (ares_get_servers_ports(c->ares, &servers) != ARES_SUCCESS)
		return 0;
	for (struct ares_addr_port_node *s = servers; s; s = s->next)
		n++;
	ares_free_data(servers);
	return n;
}

/* Opens the channel with flags that fit the number of servers. With several,
 * c-ares skips a server that fails or refuses and asks the next. With only one,
 * c-ares would ask the same server three times in a row and lose the reason of
 * the failure; NOCHECKRESP makes it accept the answer. */
static int open_fitting(struct channel *c, const char *servers)
{
	const int status = open_ares(c, servers, 0);

	if (status != ARES_SUCCESS || count_servers(c) > 1)
		return status;
	ares_destroy(c->ares);
	return open_ares(c, servers, ARES_FLAG_NOCHECKRESP);
}

int channel_open(struct channel *c, struct loop *loop, const char *servers,
		 char **why)
{
	int status, mask;

	c->loop = loop;
	c->tick = (struct loop_timer){.on_due = on_tick, .ctx = c};
	c->ticking = false;
	ares_library_init_mem(ARES_LIB_INIT_ALL, xmalloc, free, xrealloc);
	if (servers && !*servers)
		status = ARES_EBADSTR;
	else
		status = open_fitting(c, servers);
	if (status != ARES_SUCCESS) {
		*why = servers ? xasprintf("--dns-servers %s: must be IP[:PORT]"
					   " or [IPV6]:PORT, with commas",
					   servers)
			       : xasprintf("the resolver cannot start: %s",
					   ares_strerror(status));
		ares_library_cleanup();
		return -1;
	}
	c->search = (struct ares_options){0};
	if (ares_save_options(c->ares, &c->search, &mask) != ARES_SUCCESS)
		c->search = (struct ares_options){.ndots = 1};
	return 0;
}

void channel_close(struct channel *c)
{
	loop_set_timer(c->loop, &c->tick, MSEC_NEVER);
	ares_destroy(c->ares);
	ares_destroy_options(&c->search);
	ares_library_cleanup();
}

bool channel_candidate(const struct channel *c, const char *name, unsigned n,
		       struct buf *candidate)
{
	const unsigned domains = (unsigned)c->search.ndomains;
	const size_t len = strlen(name);
	unsigned as_is = 0;
	int dots = 0;

	buf_addstr(candidate, name);
	if (len && name[len - 1] == '.')
		return n == 0;
	for (const char *p = name; *p; p++)
		dots += *p == '.';
	if (dots < c->search.ndots)
		as_is = domains;
	if (n == as_is)
		return true;
	if (n > domains)
		return false;
	buf_addf(candidate, ".%s", c->search.domains[n - (n > as_is)]);
	return true;
}

void channel_query_sent(struct channel *c)
{
	if (c->ticking)
		return;
	c->ticking = true;
	loop_set_timer(c->loop, &c->tick, loop_now(c->loop) + TICK);
}

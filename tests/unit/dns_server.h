/*
 * A DNS server on 127.0.0.1, on the test's own loop. The beginning of the name
 * that is looked up selects the answer:
 *	ok      192.0.2.1 and 2001:db8::1, TTL 60
 *	alias   the same behind a CNAME
 *	many    40 A records, no AAAA; over TCP, as UDP has no room for them
 *	v4, v6  only that one
 *	empty   no record of either type
 *	nx, servfail, refused, formerr
 *	silent  nothing, until dns_server_release()
 *	half    A at once, for AAAA nothing
 *	torn    bytes that are no answer
 * Anything else is NXDOMAIN.
 */
#ifndef TESTS_DNS_SERVER_H
#define TESTS_DNS_SERVER_H

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <assert.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "pool/loop.h"

struct dns_query {
	unsigned char bytes[512];
	size_t len;
	char name[256];
	unsigned type;
	struct sockaddr_in from;
	bool tcp;
};

enum { HELD_MAX = 700 };

struct dns_server {
	struct loop *loop;
	int fd, listener;
	int tcp;		/* descriptor of a connection, one at a time;
				 * -1: none */
	char address[40];	/* address for --dns-servers */
	unsigned queries, a, aaaa, over_tcp;
	char last[256];		/* the name of the last query */
	bool refuses;		/* every query is refused */
	bool released;
	struct dns_query held[HELD_MAX];
	unsigned held_len;
};

static inline void dns_put(struct buf *b, unsigned n)
{
	buf_addch(b, (char)(n >> 8));
	buf_addch(b, (char)(n & 255));
}

/* Appends a record of the name in the question (0xc00c), or of the name at
 * owner. */
static inline void dns_record(struct buf *b, unsigned owner, unsigned type,
			      const void *data, size_t len)
{
	dns_put(b, 0xc000 + owner);
	dns_put(b, type);
	dns_put(b, ns_c_in);
	dns_put(b, 0);
	dns_put(b, 60);
	dns_put(b, (unsigned)len);
	buf_add(b, data, len);
}

static inline unsigned dns_answers(struct buf *b, const struct dns_query *q,
				   unsigned owner)
{
	static const unsigned char v4[4] = {192, 0, 2, 1};
	static const unsigned char v6[16] = {0x20, 1, 0xd, 0xb8, [15] = 1};
	const bool a = q->type == ns_t_a;

	if (!strncmp(q->name, "empty", 5) ||
	    (a && !strncmp(q->name, "v6", 2)) ||
	    (!a && (!strncmp(q->name, "v4", 2) ||
		    !strncmp(q->name, "many", 4))))
		return 0;
	if (a)
		dns_record(b, owner, ns_t_a, v4, 4);
	else
		dns_record(b, owner, ns_t_aaaa, v6, 16);
	if (strncmp(q->name, "many", 4))
		return 1;
	for (unsigned char i = 2; i <= 40; i++) {
		const unsigned char more[4] = {192, 0, 2, i};

		dns_record(b, owner, ns_t_a, more, 4);
	}
	return 40;
}

static inline unsigned dns_rcode(const struct dns_server *s, const char *name)
{
	static const struct {
		const char *prefix;
		unsigned code;
	} codes[] = {
		{"ok", 0}, {"alias", 0}, {"many", 0}, {"v4", 0}, {"v6", 0},
		{"empty", 0}, {"silent", 0}, {"half", 0}, {"servfail", 2},
		{"refused", 5}, {"formerr", 1},
	};

	if (s->refuses)
		return 5;
	for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++)
		if (!strncmp(name, codes[i].prefix, strlen(codes[i].prefix)))
			return codes[i].code;
	return 3;
}

static inline void dns_send(const struct dns_server *s,
			    const struct dns_query *q, const struct buf *b)
{
	struct buf framed = {0};

	if (!q->tcp) {
		(void)!sendto(s->fd, b->data, b->len, 0,
			      (const void *)&q->from, sizeof(q->from));
		return;
	}
	dns_put(&framed, (unsigned)b->len);
	buf_add(&framed, b->data, b->len);
	(void)!send(s->tcp, framed.data, framed.len, MSG_NOSIGNAL);
	buf_release(&framed);
}

static inline void dns_reply(const struct dns_server *s,
			     const struct dns_query *q)
{
	const bool truncated = !q->tcp && q->type == ns_t_a &&
			       !strncmp(q->name, "many", 4);
	const unsigned rcode = dns_rcode(s, q->name);
	struct buf b = {0};
	unsigned n = 0, owner = 12;

	buf_add(&b, q->bytes, q->len);
	b.data[2] = (char)(truncated ? 0x83 : 0x81);
	b.data[3] = (char)(0x80 | rcode);
	if (!strncmp(q->name, "alias", 5)) {
		static const char target[] = "\4real\4test";

		dns_record(&b, 12, ns_t_cname, target, sizeof(target));
		owner = (unsigned)(q->len + 12);
		n++;
	}
	if (rcode == 0 && !truncated)
		n += dns_answers(&b, q, owner);
	b.data[7] = (char)n;
	if (!strncmp(q->name, "torn", 4)) {
		memset(b.data + 6, 0xff, b.len - 6);
		memcpy(b.data + 4, q->bytes + 4, 2);
		memcpy(b.data + 12, q->bytes + 12, q->len - 12);
		b.data[3] = (char)0x80;
	}
	dns_send(s, q, &b);
	buf_release(&b);
}

static inline void dns_read_question(struct dns_query *q)
{
	size_t at = 12, to = 0;

	while (at < q->len && q->bytes[at]) {
		const size_t len = q->bytes[at++];

		assert(at + len < q->len && to + len + 1 < sizeof(q->name));
		memcpy(q->name + to, q->bytes + at, len);
		to += len;
		q->name[to++] = '.';
		at += len;
	}
	q->name[to ? to - 1 : 0] = '\0';
	q->type = q->bytes[at + 2];
}

static inline void dns_handle(struct dns_server *s, struct dns_query *q)
{
	if (q->len < 17)
		return;
	dns_read_question(q);
	s->queries++;
	s->a += q->type == ns_t_a;
	s->aaaa += q->type == ns_t_aaaa;
	s->over_tcp += q->tcp;
	memcpy(s->last, q->name, sizeof(s->last));
	if (!strncmp(q->name, "half", 4) && q->type == ns_t_aaaa)
		return;
	if (!s->released && !strncmp(q->name, "silent", 6)) {
		assert(s->held_len < HELD_MAX);
		s->held[s->held_len++] = *q;
		return;
	}
	dns_reply(s, q);
}

static inline void dns_on_query(void *ctx, int fd, int events)
{
	struct dns_query q = {0};
	socklen_t from_len = sizeof(q.from);
	const ssize_t len = recvfrom(fd, q.bytes, sizeof(q.bytes), 0,
				     (struct sockaddr *)&q.from, &from_len);

	(void)events;
	q.len = len > 0 ? (size_t)len : 0;
	dns_handle(ctx, &q);
}

static inline void dns_on_tcp(void *ctx, int fd, int events)
{
	struct dns_server *s = ctx;
	struct dns_query q = {.tcp = true};
	unsigned char len[2];

	(void)events;
	if (recv(fd, len, 2, MSG_WAITALL) != 2) {
		loop_unwatch(s->loop, fd);
		close(fd);
		s->tcp = -1;
		return;
	}
	q.len = (size_t)(len[0] << 8 | len[1]);
	assert(q.len <= sizeof(q.bytes));
	assert(recv(fd, q.bytes, q.len, MSG_WAITALL) == (ssize_t)q.len);
	dns_handle(s, &q);
}

static inline void dns_on_connection(void *ctx, int fd, int events)
{
	struct dns_server *s = ctx;

	(void)events;
	assert(s->tcp < 0);
	s->tcp = accept(fd, NULL, NULL);
	assert(s->tcp >= 0);
	assert(loop_watch(s->loop, s->tcp, LOOP_READ, dns_on_tcp, s) == 0);
}

/* Answers the queries that were held back. Later queries are answered at
 * once. */
static inline void dns_server_release(struct dns_server *s)
{
	for (unsigned i = 0; i < s->held_len; i++)
		dns_reply(s, &s->held[i]);
	s->held_len = 0;
	s->released = true;
}

static inline int dns_bind(int type, struct sockaddr_in *a)
{
	const int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0);
	socklen_t len = sizeof(*a);

	assert(fd >= 0);
	assert(bind(fd, (void *)a, len) == 0);
	assert(getsockname(fd, (void *)a, &len) == 0);
	return fd;
}

static inline void dns_server_open(struct dns_server *s, struct loop *loop)
{
	struct sockaddr_in a = {.sin_family = AF_INET};

	memset(s, 0, sizeof(*s));
	s->loop = loop;
	s->tcp = -1;
	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	s->listener = dns_bind(SOCK_STREAM, &a);
	s->fd = dns_bind(SOCK_DGRAM, &a);
	assert(listen(s->listener, 8) == 0);
	snprintf(s->address, sizeof(s->address), "127.0.0.1:%u",
		 ntohs(a.sin_port));
	assert(loop_watch(loop, s->fd, LOOP_READ, dns_on_query, s) == 0);
	assert(loop_watch(loop, s->listener, LOOP_READ, dns_on_connection,
			  s) == 0);
}

static inline void dns_server_close(struct dns_server *s)
{
	const int fds[] = {s->fd, s->listener, s->tcp};

	for (int i = 0; i < 3; i++) {
		if (fds[i] < 0)
			continue;
		loop_unwatch(s->loop, fds[i]);
		close(fds[i]);
	}
}

#endif

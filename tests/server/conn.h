/*
 * One connection of the test server: reads a request, does what its script
 * says, reads the next. Nothing here waits; the server asks for events.
 */
#ifndef TESTS_SERVER_CONN_H
#define TESTS_SERVER_CONN_H

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/heap.h"
#include "tests/server/script.h"

/* Where the request's parts are in conn->in; offsets, as it may move. */
struct incoming {
	size_t method_len;	/* method begins at 0 */
	size_t target, target_len;
	size_t fields;		/* begin of the header lines */
	size_t body, body_len;
};

enum conn_state {
	CONN_HANDSHAKE,
	CONN_REQUEST,
	CONN_ANSWER,
	CONN_OVER,		/* to be freed */
};

struct conn {
	int fd;
	SSL *ssl;		/* NULL: cleartext */
	enum conn_state state;
	bool want_write;
	bool continued;		/* 100 Continue was sent for this request */

	struct buf in;
	struct incoming request;
	bool head_only;

	const struct section *section;	/* borrowed */
	size_t op;
	bool op_begun;
	size_t sent;		/* of the op's bytes */
	uint64_t times;		/* left of the op */
	struct buf made;	/* echo's answer */
	unsigned drip, drip_ms;	/* 0: as fast as it goes */

	msec wake;		/* in the server's heap while it sleeps */
	struct heap_node node;
};

/* The script for a request, chosen by the server; borrowed. NULL: none. */
typedef const struct section *conn_lookup(void *ctx, const char *method,
					  const char *target);

/* tls NULL: cleartext. first: what is done before any request is read; NULL:
 * nothing. Both are borrowed. */
struct conn *conn_new(int fd, SSL_CTX *tls, const struct section *first);
void conn_free(struct conn *conn);

/* The descriptor is ready, or conn->wake has come: goes on as far as it can.
 * Afterwards state, want_write and wake (MSEC_NEVER: no alarm) are right. */
void conn_go_on(struct conn *conn, msec now, conn_lookup *lookup, void *ctx);

/* echo.c: the request as a JSON answer; names as in the script. */
void echo_write(struct buf *out, const struct buf *in,
		const struct incoming *request, const struct buf *names);

#endif

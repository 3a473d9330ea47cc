/*
 * A connection of the test server: it reads a request, follows the script for
 * it, and reads the next one. No function blocks; the server waits for the
 * events.
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

/* The parts of a request, as offsets in conn->in, because the buffer may
 * move. */
struct incoming {
	size_t method_len;	/* the method begins at offset 0 */
	size_t target, target_len;
	size_t fields;		/* offset of the header lines */
	size_t body, body_len;
};

enum conn_state {
	CONN_HANDSHAKE,
	CONN_REQUEST,
	CONN_ANSWER,
	CONN_OVER,		/* the connection is to be freed */
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

	const struct section *section;	/* the script's section that is being
					 * followed; borrowed */
	size_t op;
	bool op_begun;
	size_t sent;		/* number of the operation's bytes that were
				 * sent */
	uint64_t times;		/* number of repetitions of the operation that
				 * are left */
	struct buf made;	/* response of the directive echo */
	unsigned drip, drip_ms;	/* bytes at a time, and msec between; 0: as fast
				 * as possible */

	msec wake;		/* in the server's heap of timers while the
				 * connection sleeps */
	struct heap_node node;
};

/* A signal handler: ends all holds of responses, now and from now on. */
void conn_hold_no_more(int number);

/* Returns the section of the script for a request, borrowed; NULL if there is
 * none. */
typedef const struct section *conn_lookup(void *ctx, const char *method,
					  const char *target);

/* Creates a connection. tls NULL: cleartext. first: the script that runs before
 * any request is read; NULL if there is none. Both are borrowed. */
struct conn *conn_new(int fd, SSL_CTX *tls, const struct section *first);
void conn_free(struct conn *conn);

/* Called when the descriptor is ready or the time conn->wake is reached.
 * Continues as far as possible, then sets state, want_write and wake
 * (MSEC_NEVER: no timer). */
void conn_go_on(struct conn *conn, msec now, conn_lookup *lookup, void *ctx);

/* echo.c: appends the request as JSON. names: headers to show, as in the
 * script. */
void echo_write(struct buf *out, const struct buf *in,
		const struct incoming *request, const struct buf *names);

#endif

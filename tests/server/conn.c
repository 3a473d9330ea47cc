#include "tests/server/conn.h"

#include <ctype.h>
#include <errno.h>
#include <openssl/err.h>
#include <signal.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"

enum {
	MAX_HEAD = 1 << 20,
	MAX_REQUEST = 64 << 20,
	ONE_TURN = 256 << 10,	/* bytes sent before other connections have
				 * their turn */
};

enum step { GO_ON, WAIT, OVER };

/* Time in msec between two checks whether a held response may continue. */
static const msec hold_interval = 5;

static volatile sig_atomic_t hold_is_over;

void conn_hold_no_more(int number)
{
	(void)number;
	hold_is_over = 1;
}

struct conn *conn_new(int fd, SSL_CTX *tls, const struct section *first)
{
	struct conn *c = xcalloc(1, sizeof(*c));

	c->fd = fd;
	c->wake = MSEC_NEVER;
	c->section = first;
	c->state = first ? CONN_ANSWER : CONN_REQUEST;
	if (tls) {
		c->state = CONN_HANDSHAKE;
		c->ssl = SSL_new(tls);
		SSL_set_fd(c->ssl, fd);
		SSL_set_accept_state(c->ssl);
	}
	return c;
}

void conn_free(struct conn *c)
{
	if (c->ssl)
		SSL_free(c->ssl);
	close(c->fd);
	buf_release(&c->in);
	buf_release(&c->made);
	free(c);
}

/* --- Bytes: > 0, 0 when there is nothing to do now, -1 when it is over ---- */

static int ssl_result(struct conn *c, int result)
{
	if (result > 0)
		return result;
	switch (SSL_get_error(c->ssl, result)) {
	case SSL_ERROR_WANT_WRITE:
		c->want_write = true;
		return 0;
	case SSL_ERROR_WANT_READ:
		return 0;
	default:
		ERR_clear_error();
		return -1;
	}
}

static ssize_t read_some(struct conn *c)
{
	char *to = buf_reserve(&c->in, 65536);
	ssize_t n;

	if (c->ssl) {
		n = ssl_result(c, SSL_read(c->ssl, to, 65536));
	} else {
		n = read(c->fd, to, 65536);
		if (n == 0)
			return -1;
		if (n < 0)
			return errno == EAGAIN || errno == EINTR ? 0 : -1;
	}
	if (n > 0)
		c->in.len += (size_t)n;
	return n;
}

static ssize_t write_some(struct conn *c, const char *data, size_t len)
{
	ssize_t n;

	if (len > ONE_TURN)
		len = ONE_TURN;
	if (c->ssl)
		return ssl_result(c, SSL_write(c->ssl, data, (int)len));
	n = send(c->fd, data, len, MSG_NOSIGNAL);
	if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
		c->want_write = true;
		return 0;
	}
	return n < 0 ? -1 : n;
}

/* --- A request ------------------------------------------------------------ */

static bool find_field(const struct conn *c, const char *name, char *value,
		       size_t size)
{
	const char *p = c->in.data + c->request.fields;
	const char *end = c->in.data + c->request.body;
	const size_t len = strlen(name);

	while (p < end) {
		const char *stop = memmem(p, (size_t)(end - p), "\r\n", 2);

		if (!stop || stop == p)
			return false;
		if ((size_t)(stop - p) > len && p[len] == ':' &&
		    strncasecmp(p, name, len) == 0) {
			size_t n;

			p += len + 1;
			while (*p == ' ')
				p++;
			n = stop > p ? (size_t)(stop - p) : 0;
			if (n >= size)
				n = size - 1;
			memcpy(value, p, n);
			value[n] = '\0';
			return true;
		}
		p = stop + 2;
	}
	return false;
}

/* Reads "METHOD TARGET HTTP/1.x". Returns false if the line has another
 * form. */
static bool read_request_line(struct conn *c, size_t len)
{
	const char *line = c->in.data;
	const char *first = memchr(line, ' ', len);
	const char *last = memrchr(line, ' ', len);

	if (!first || last == first || last[1] != 'H')
		return false;
	c->request.method_len = (size_t)(first - line);
	c->request.target = c->request.method_len + 1;
	c->request.target_len = (size_t)(last - first) - 1;
	return true;
}

/* Reads a request. Returns GO_ON if it is complete. */
static enum step read_request(struct conn *c)
{
	static const char more[] = "HTTP/1.1 100 Continue\r\n\r\n";
	char value[64];
	const char *end, *line_end;

	if (!c->in.len)
		return WAIT;
	if (!isupper((unsigned char)*c->in.data))
		return OVER;	/* not HTTP; perhaps a TLS handshake */
	end = memmem(c->in.data, c->in.len, "\r\n\r\n", 4);
	if (!end)
		return c->in.len > MAX_HEAD ? OVER : WAIT;
	line_end = memmem(c->in.data, c->in.len, "\r\n", 2);
	c->request = (struct incoming){0};
	if (!read_request_line(c, (size_t)(line_end - c->in.data)))
		return OVER;
	c->request.fields = (size_t)(line_end - c->in.data) + 2;
	c->request.body = (size_t)(end - c->in.data) + 4;
	if (find_field(c, "content-length", value, sizeof(value)))
		c->request.body_len = strtoull(value, NULL, 10);
	if (c->request.body_len > MAX_REQUEST)
		return OVER;
	if (c->in.len - c->request.body >= c->request.body_len)
		return GO_ON;
	if (!c->continued && find_field(c, "expect", value, sizeof(value))) {
		c->continued = true;
		if (write_some(c, more, sizeof(more) - 1) < 0)
			return OVER;
	}
	return WAIT;
}

static void begin_answer(struct conn *c, conn_lookup *lookup, void *ctx)
{
	char *method = xmemdup(c->in.data, c->request.method_len);
	char *target = xmemdup(c->in.data + c->request.target,
			       c->request.target_len);

	c->section = lookup(ctx, method, target);
	c->head_only = strcmp(method, "HEAD") == 0;
	c->state = CONN_ANSWER;
	c->op = 0;
	c->op_begun = false;
	c->drip = 0;
	free(method);
	free(target);
}

static void end_answer(struct conn *c)
{
	const size_t used = c->request.body + c->request.body_len;

	memmove(c->in.data, c->in.data + used, c->in.len - used);
	c->in.len -= used;
	c->request = (struct incoming){0};
	c->continued = false;
	c->state = CONN_REQUEST;
}

/* --- The answer, an operation at a time ----------------------------------- */

static enum step send_bytes(struct conn *c, const struct buf *bytes,
			    size_t head_len, msec now)
{
	const size_t len = c->head_only && head_len ? head_len : bytes->len;
	size_t turn = 0;

	while (c->times) {
		size_t left = len - c->sent;
		ssize_t n = 0;

		if (c->drip && left > c->drip)
			left = c->drip;
		if (left)
			n = write_some(c, bytes->data + c->sent, left);
		if (n < 0)
			return OVER;
		if (n == 0 && left)
			return WAIT;
		c->sent += (size_t)n;
		turn += (size_t)n;
		if (c->sent == len) {
			c->sent = 0;
			c->times--;
		}
		if (c->drip) {
			c->wake = now + c->drip_ms;
			return WAIT;
		}
		if (turn >= ONE_TURN && c->times) {
			c->want_write = true;
			return WAIT;
		}
	}
	return GO_ON;
}

/* Closes the connection in such a way that all bytes sent arrive before the
 * end. */
static enum step finish(struct conn *c)
{
	if (c->ssl)
		SSL_shutdown(c->ssl);
	shutdown(c->fd, SHUT_WR);
	return OVER;
}

static enum step reset(struct conn *c)
{
	const struct linger now = {.l_onoff = 1, .l_linger = 0};

	setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
	return OVER;
}

static void begin_op(struct conn *c, const struct op *op, msec now)
{
	c->op_begun = true;
	c->sent = 0;
	c->times = op->times;
	switch (op->kind) {
	case OP_ECHO:
		buf_clear(&c->made);
		echo_write(&c->made, &c->in, &c->request, &op->bytes);
		break;
	case OP_SLEEP:
		c->wake = now + op->ms;
		break;
	case OP_DRIP:
		c->drip = op->count;
		c->drip_ms = op->ms;
		break;
	default:
		break;
	}
}

static enum step hold(struct conn *c, msec now)
{
	if (hold_is_over)
		return GO_ON;
	c->wake = now + hold_interval;
	return WAIT;
}

static enum step run_op(struct conn *c, const struct op *op, msec now)
{
	if (!c->op_begun)
		begin_op(c, op, now);
	if (c->wake > now && c->wake != MSEC_NEVER)
		return WAIT;
	c->wake = MSEC_NEVER;
	switch (op->kind) {
	case OP_SEND:
		return send_bytes(c, &op->bytes, op->head_len, now);
	case OP_ECHO:
		return send_bytes(c, &c->made, 0, now);
	case OP_CLOSE:
		return finish(c);
	case OP_RESET:
		return reset(c);
	case OP_STALL:
		return WAIT;
	case OP_HOLD:
		return hold(c, now);
	case OP_READ:
		return c->in.len > c->request.body + c->request.body_len
			       ? GO_ON : WAIT;
	case OP_SLEEP:
	case OP_DRIP:
	case OP_TLS:
		return GO_ON;
	}
	return OVER;
}

static enum step answer(struct conn *c, msec now)
{
	if (!c->section)
		return OVER;
	while (c->op < c->section->len) {
		const enum step step = run_op(c, &c->section->ops[c->op], now);

		if (step != GO_ON)
			return step;
		c->op++;
		c->op_begun = false;
	}
	end_answer(c);
	return GO_ON;
}

static enum step handshake(struct conn *c)
{
	const int result = ssl_result(c, SSL_accept(c->ssl));

	if (result <= 0)
		return result < 0 ? OVER : WAIT;
	c->state = c->section ? CONN_ANSWER : CONN_REQUEST;
	return GO_ON;
}

/* Reads also while a response is being sent, because only reading shows that
 * the client has disconnected. */
static enum step take_in(struct conn *c)
{
	ssize_t n;

	while ((n = read_some(c)) > 0)
		if (c->in.len > 2 * (size_t)MAX_REQUEST)
			return OVER;
	return n < 0 ? OVER : GO_ON;
}

void conn_go_on(struct conn *c, msec now, conn_lookup *lookup, void *ctx)
{
	enum step step = GO_ON;

	c->want_write = false;
	if (c->state == CONN_HANDSHAKE)
		step = handshake(c);
	if (step == GO_ON)
		step = take_in(c);
	while (step == GO_ON) {
		if (c->state == CONN_REQUEST) {
			step = read_request(c);
			if (step == GO_ON)
				begin_answer(c, lookup, ctx);
		} else {
			step = answer(c, now);
		}
	}
	if (step == OVER)
		c->state = CONN_OVER;
}

/* The window is moved only when it is full, so that a byte is copied about once
 * at most. */
#include "cmd/warc/reader/raw.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

enum { WINDOW = 4 * RAW_KEPT };

/* Drops bytes that need not be kept, if the next read would not fit into the
 * window. */
static void make_room(struct raw *r)
{
	size_t drop = r->at > RAW_KEPT ? r->at - RAW_KEPT : 0;

	if (r->bytes.len + RAW_READ <= WINDOW)
		return;
	if (r->mark > r->base + drop)
		drop = r->mark < raw_offset(r) ? (size_t)(r->mark - r->base)
					       : r->at;
	memmove(r->bytes.data, r->bytes.data + drop, r->bytes.len - drop);
	r->bytes.len -= drop;
	r->base += drop;
	r->at -= drop;
}

/* Waits until the descriptor has bytes. Returns false if the reader is to
 * stop. */
static bool wait_for_bytes(struct raw *r)
{
	struct pollfd fds[2] = {
		{.fd = r->fd, .events = POLLIN},
		{.fd = r->stop, .events = POLLIN},
	};

	while (r->stop >= 0) {
		if (poll(fds, 2, -1) < 0 && errno == EINTR)
			continue;
		if (fds[1].revents)
			return false;
		if (fds[0].revents)
			return true;
	}
	return true;
}

static bool is_closing(const struct raw *r)
{
	return r->closing && atomic_load_explicit(r->closing,
						  memory_order_relaxed);
}

/* Reads the bytes that follow those in memory. */
static ssize_t read_next(const struct raw *r, char *to, size_t len)
{
	return r->is_file ? pread(r->fd, to, len,
				  (off_t)(r->base + r->bytes.len))
			  : read(r->fd, to, len);
}

/* Reads up to room bytes, and appends them to a buffer. */
static void read_more(struct raw *r, struct buf *to, size_t room)
{
	const uint64_t left = r->end - (r->base + r->bytes.len);
	const size_t want = left < room ? (size_t)left : room;
	ssize_t len = 0;

	if (want && wait_for_bytes(r) && !is_closing(r)) {
		buf_reserve(to, room);
		len = read_next(r, to->data + to->len, want);
	}
	if (len < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (len < 0)
		r->error = errno;
	if (len <= 0)
		r->ended = true;
	else
		to->len += (size_t)len;
}

bool raw_fill(struct raw *r, size_t len)
{
	while (r->bytes.len - r->at < len && !r->ended) {
		make_room(r);
		read_more(r, &r->bytes, RAW_READ);
	}
	return r->bytes.len - r->at >= len;
}

size_t raw_read_past(struct raw *r, struct buf *to, size_t room)
{
	const size_t before = to->len;

	r->base = raw_offset(r);
	r->bytes.len = r->at = 0;
	while (to->len == before && !r->ended)
		read_more(r, to, room);
	r->base += to->len - before;
	return to->len - before;
}

void raw_rewind(struct raw *r, uint64_t offset)
{
	if (offset >= raw_offset(r))
		return;
	r->at = offset > r->base ? (size_t)(offset - r->base) : 0;
}

void raw_release(struct raw *r)
{
	buf_release(&r->bytes);
}

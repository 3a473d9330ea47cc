#include "cmd/fleet_worker/packing.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"

/* Longest number: 20 digits, or a time with its fraction. */
enum { NUMBER_MAX = 32 };

void packing_add(struct buf *out, char tag, struct slice value)
{
	buf_addch(out, tag);
	buf_add_uint(out, value.len);
	buf_addch(out, ':');
	buf_add(out, value.p, value.len);
}

int packing_next(struct slice *rest, char *tag, struct slice *value)
{
	const char *p = rest->p, *end = bytes_end(rest->p, rest->len);
	size_t len = 0;

	if (!rest->len)
		return 0;
	*tag = *p++;
	if (p >= end || *p == ':')
		return -1;
	while (p < end && *p >= '0' && *p <= '9' && len <= rest->len)
		len = len * 10 + (size_t)(*p++ - '0');
	if (p >= end || *p != ':' || len > (size_t)(end - p - 1))
		return -1;
	*value = (struct slice){p + 1, len};
	*rest = (struct slice){p + 1 + len, (size_t)(end - p - 1) - len};
	return 1;
}

static void add_number(struct buf *out, char tag, const char *text)
{
	packing_add(out, tag, (struct slice){text, strlen(text)});
}

static void add_uint(struct buf *out, char tag, uint64_t n)
{
	char text[NUMBER_MAX];

	snprintf(text, sizeof(text), "%" PRIu64, n);
	if (n)
		add_number(out, tag, text);
}

static void add_msec(struct buf *out, char tag, msec time)
{
	char text[NUMBER_MAX];

	/* Leave out times that "%.3f" would write as 0. */
	if (!(time >= 0.0005) || time >= 1e15)
		return;
	snprintf(text, sizeof(text), "%.3f", time);
	add_number(out, tag, text);
}

static void add_member(struct buf *out, const struct packed_member *m,
		       const void *at)
{
	const char *text;
	const struct buf *bytes;
	char number[NUMBER_MAX];

	switch (m->kind) {
	case PACKED_TEXT:
		text = *(char *const *)at;
		if (text)
			add_number(out, m->tag, text);
		break;
	case PACKED_BYTES:
		bytes = at;
		if (bytes->len)
			packing_add(out, m->tag,
				    (struct slice){bytes->data, bytes->len});
		break;
	case PACKED_BOOL:
		add_uint(out, m->tag, *(const bool *)at);
		break;
	case PACKED_INT:
		snprintf(number, sizeof(number), "%d", *(const int *)at);
		if (*(const int *)at)
			add_number(out, m->tag, number);
		break;
	case PACKED_UNSIGNED:
		add_uint(out, m->tag, *(const unsigned *)at);
		break;
	case PACKED_UINT64:
		add_uint(out, m->tag, *(const uint64_t *)at);
		break;
	case PACKED_SIZE:
		add_uint(out, m->tag, *(const size_t *)at);
		break;
	case PACKED_MSEC:
		add_msec(out, m->tag, *(const msec *)at);
		break;
	}
}

void packing_add_members(struct buf *out, const struct packed_member *members,
			 const void *from)
{
	for (const struct packed_member *m = members; m->tag; m++)
		add_member(out, m, (const char *)from + m->at);
}

/* Reads a whole number between least and most. */
static int read_number(struct slice value, long long least,
		       unsigned long long most, unsigned long long *n)
{
	char text[NUMBER_MAX];
	char *end;

	if (!value.len || value.len >= sizeof(text))
		return -1;
	memcpy(text, value.p, value.len);
	text[value.len] = '\0';
	errno = 0;
	if (text[0] == '-') {
		const long long negative = strtoll(text, &end, 10);

		*n = (unsigned long long)negative;
		return errno || *end || negative < least ? -1 : 0;
	}
	if (text[0] < '0' || text[0] > '9')
		return -1;
	*n = strtoull(text, &end, 10);
	return errno || *end || *n > most ? -1 : 0;
}

static int read_msec(struct slice value, msec *to)
{
	char text[NUMBER_MAX];
	char *end;
	double time;

	if (!value.len || value.len >= sizeof(text))
		return -1;
	memcpy(text, value.p, value.len);
	text[value.len] = '\0';
	time = strtod(text, &end);
	if (*end || !(time >= 0) || time >= 1e15)
		return -1;
	*to = time;
	return 0;
}

static int set_text(struct slice value, char **to)
{
	if (value.len && memchr(value.p, '\0', value.len))
		return -1;
	free(*to);
	*to = xmemdup(value.p, value.len);
	return 0;
}

static int set_member(const struct packed_member *m, struct slice value,
		      void *at)
{
	unsigned long long n;

	switch (m->kind) {
	case PACKED_TEXT:
		return set_text(value, at);
	case PACKED_BYTES:
		buf_clear(at);
		buf_add(at, value.p, value.len);
		return 0;
	case PACKED_MSEC:
		return read_msec(value, at);
	case PACKED_BOOL:
		if (read_number(value, 0, 1, &n))
			return -1;
		*(bool *)at = n;
		return 0;
	case PACKED_INT:
		if (read_number(value, INT_MIN, INT_MAX, &n))
			return -1;
		*(int *)at = (int)(long long)n;
		return 0;
	case PACKED_UNSIGNED:
		if (read_number(value, 0, UINT_MAX, &n))
			return -1;
		*(unsigned *)at = (unsigned)n;
		return 0;
	case PACKED_UINT64:
		if (read_number(value, 0, UINT64_MAX, &n))
			return -1;
		*(uint64_t *)at = n;
		return 0;
	case PACKED_SIZE:
		if (read_number(value, 0, SIZE_MAX, &n))
			return -1;
		*(size_t *)at = (size_t)n;
		return 0;
	}
	return -1;
}

int packing_set_member(const struct packed_member *members, char tag,
		       struct slice value, void *to)
{
	for (const struct packed_member *m = members; m->tag; m++)
		if (m->tag == tag)
			return set_member(m, value, (char *)to + m->at)
				       ? -1 : 1;
	return 0;
}

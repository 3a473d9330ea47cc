#include "cmd/warc/writer/record.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/timestamp.h"

void warc_id_new(char id[static WARC_ID_SIZE])
{
	unsigned char b[16];
	char *at = id;

	/* Requests of up to 256 bytes are not interrupted (getrandom(2)). */
	if (getrandom(b, sizeof(b), 0) != sizeof(b))
		mem_exhausted();
	b[6] = (b[6] & 0x0f) | 0x40;
	b[8] = (b[8] & 0x3f) | 0x80;
	at += snprintf(at, WARC_ID_SIZE, "<urn:uuid:");
	for (unsigned i = 0; i < sizeof(b); i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*at++ = '-';
		*at++ = "0123456789abcdef"[b[i] >> 4];
		*at++ = "0123456789abcdef"[b[i] & 15];
	}
	memcpy(at, ">", 2);
}

void warc_record_begin(struct warc_record *r, enum warc_type type,
		       const char *id, int64_t date)
{
	*r = (struct warc_record){0};
	buf_addstr(&r->header, "WARC/1.1\r\n");
	warc_record_field(r, "WARC-Type", warc_type_name(type));
	warc_record_field(r, "WARC-Record-ID", id);
	buf_addstr(&r->header, "WARC-Date: ");
	timestamp_add(&r->header, date);
	buf_addstr(&r->header, "\r\n");
}

void warc_record_field(struct warc_record *r, const char *name,
		       const char *value)
{
	const size_t before = r->header.len + strlen(name);

	buf_addstr(&r->header, name);
	buf_addstr(&r->header, ": ");
	buf_addstr(&r->header, value);
	for (size_t i = before; i < r->header.len; i++)
		if (r->header.data[i] == '\r' || r->header.data[i] == '\n')
			r->header.data[i] = ' ';
	buf_addstr(&r->header, "\r\n");
}

void warc_record_end(struct warc_record *r, struct slice head,
		     struct slice body)
{
	buf_addstr(&r->header, "Content-Length: ");
	buf_add_uint(&r->header, head.len + body.len);
	buf_addstr(&r->header, "\r\n\r\n");
	r->parts[0] = (struct slice){r->header.data, r->header.len};
	r->parts[1] = head;
	r->parts[2] = body;
	r->parts[3] = (struct slice){"\r\n\r\n", 4};
}

uint64_t warc_record_bytes(const struct warc_record *r)
{
	uint64_t bytes = 0;

	for (unsigned i = 0; i < WARC_RECORD_PARTS; i++)
		bytes += r->parts[i].len;
	return bytes;
}

void warc_record_release(struct warc_record *r)
{
	buf_release(&r->header);
	*r = (struct warc_record){0};
}

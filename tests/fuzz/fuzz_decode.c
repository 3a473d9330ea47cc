/*
 * Decodes any bytes. The first byte selects the codings, the rest is the body.
 * The result must not exceed the limit, and there must be a message if and only
 * if the result is an error. The check of a body that arrives in pieces may
 * report the body as too large only if decoding fails, too.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/job/headers.h"
#include "base/job/job.h"
#include "parse/bomb.h"
#include "parse/config.h"
#include "parse/encoding/content_coding.h"
#include "parse/encoding/gunzip.h"

enum { MAX_BYTES = 1 << 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const lists[] = {
	"gzip", "deflate", "br", "zstd", "gzip, gzip", "br,deflate",
	"identity", "zstd, gzip, br",
};

/* Returns true if the body is reported as too large while it arrives. */
static bool is_bomb(const struct job *job, size_t piece)
{
	/* A configuration with which gzip files are unpacked whatever they
	 * contain. */
	static const struct parse_config config = {
		.type = MEDIA_HTML, .max_filesize = MAX_BYTES,
	};
	const struct buf *body = &job->res.body;
	void *own = bomb_check.open(&config, job);
	enum body_state state = BODY_FINE;
	char *message = NULL;

	if (!own)
		return false;
	for (size_t len = 0; len < body->len && state == BODY_FINE;) {
		len = body->len - len < piece ? body->len : len + piece;
		do
			state = bomb_check.scan(own, (struct slice){
					body->data, len}, &message);
		while (state == BODY_BUSY);
	}
	if ((state == BODY_TOO_LARGE) != (message != NULL))
		abort();
	free(message);
	bomb_check.close(own);
	return state == BODY_TOO_LARGE;
}

/* Decodes a file as parse/reader.c does. */
static enum err decode_file(struct buf *body)
{
	char *message = NULL;
	enum err err = ERR_NONE;

	if (body->len && gunzip_is_packed((struct slice){body->data,
							 body->len}))
		err = decode_body(body, (struct slice){"gzip", 4}, MAX_BYTES,
				  &message);
	free(message);
	return err;
}

static void check_arrival(const char *list, const uint8_t *data, size_t size)
{
	struct job *job = job_new();
	struct buf line = {0};
	struct buf body = {0};
	char *message = NULL;
	enum err err;

	buf_addf(&line, "Content-Encoding: %s", list);
	headers_add_line(&job->res.headers, line.data, line.len);
	buf_add(&job->res.body, data, size);
	if (size >= 4 && is_bomb(job, 1 + data[0] % 64)) {
		buf_add(&body, data, size);
		err = decode_body(&body, (struct slice){list, strlen(list)},
				  MAX_BYTES, &message);
		if (!err && !decode_file(&body))
			abort();
	}
	free(message);
	buf_release(&body);
	buf_release(&line);
	job_free(job);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const size_t count = sizeof(lists) / sizeof(lists[0]);
	struct buf body = {0};
	const char *list;
	char *message;
	enum err err;

	if (!size)
		return 0;
	list = lists[data[0] % count];
	buf_add(&body, data + 1, size - 1);
	buf_shrink(&body);
	err = decode_body(&body, (struct slice){list, strlen(list)},
			  MAX_BYTES, &message);
	if (body.len > MAX_BYTES || (err && body.len) || !err != !message)
		abort();
	if (err && err != ERR_DECODE && err != ERR_TOO_LARGE)
		abort();
	/* Also use the bytes as the list of codings. */
	free(message);
	buf_release(&body);
	check_arrival(list, data + 1, size - 1);
	buf_add(&body, "x", 1);
	decode_body(&body, (struct slice){(const char *)data, size},
		    MAX_BYTES, &message);
	free(message);
	buf_release(&body);
	return 0;
}

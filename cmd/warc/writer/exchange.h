/* Makes the two records of an exchange. */
#ifndef CMD_WARC_WRITER_EXCHANGE_H
#define CMD_WARC_WRITER_EXCHANGE_H

#include "cmd/warc/config.h"
#include "cmd/warc/writer/digest.h"
#include "cmd/warc/writer/record.h"

struct job;

struct warc_original;

/* Kinds of the second record of an exchange. */
enum warc_answer {
	WARC_ANSWER_RESPONSE,
	WARC_ANSWER_IDENTICAL,		/* a revisit: the archive has the
					 * payload already */
	WARC_ANSWER_NOT_MODIFIED,	/* a revisit: the status is 304, for a
					 * conditional request */
};

/* The two records of an exchange, and the blocks that they borrow. */
struct warc_exchange {
	const struct job *job;	/* borrowed; its body, too */
	struct buf request_block, head;
	struct warc_record request, response;
	char id[WARC_ID_SIZE];	/* id of the second record */
	enum warc_answer answer;
	bool may_be_original;	/* later revisit records may refer to the
				 * response */
	struct warc_digest payload;
};

/* The data with which records are made; borrowed. */
struct warc_maker {
	const struct warc_config *config;
	EVP_MD_CTX *digest;
	/* Finds the record that first stored the payload. Returns true and sets
	 * *original, which the caller releases, if there is such a record.
	 * NULL: all payloads are stored. */
	bool (*find)(void *ctx, const char *payload,
		     struct warc_original *original);
	void *ctx;
};

/* Adds the digest of a record's block, which has two parts. */
void warc_maker_add_digest(const struct warc_maker *m, struct warc_record *r,
			   struct slice head, struct slice body);

/* Makes the records of the job's exchange. */
void warc_exchange_make(struct warc_exchange *x, const struct warc_maker *m,
			const struct job *job);
void warc_exchange_release(struct warc_exchange *x);

/* Returns true if the body is compressed already, so that compressing it again
 * would only take time. */
bool warc_exchange_is_packed(const struct warc_exchange *x);

#endif

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
	WARC_ANSWER_IDENTICAL,		/* a revisit: the payload is known */
	WARC_ANSWER_NOT_MODIFIED,	/* a revisit: 304 for a conditional
					 * request */
};

/* The records, and the blocks that they borrow. */
struct warc_exchange {
	const struct job *job;	/* borrowed, with its body */
	struct buf request_block, head;
	struct warc_record request, response;
	char id[WARC_ID_SIZE];	/* of the response */
	enum warc_answer answer;
	bool may_be_original;	/* later revisits may refer to the response */
	struct warc_digest payload;
};

/* What records are made with; borrowed. */
struct warc_maker {
	const struct warc_config *config;
	const EVP_MD *md;
	EVP_MD_CTX *digest;
	/* Finds the record that has the payload already. Returns true if there
	 * is one, and sets *original, which the caller releases. NULL: payloads
	 * are stored each time. */
	bool (*find)(void *ctx, const char *payload,
		     struct warc_original *original);
	void *ctx;
};

/* Adds a digest of the parts to a record. */
void warc_maker_add_digest(const struct warc_maker *m, struct warc_record *r,
			   const char *name, const struct slice *parts,
			   unsigned count);

/* Makes the records of the job's exchange. */
void warc_exchange_make(struct warc_exchange *x, const struct warc_maker *m,
			const struct job *job);
void warc_exchange_release(struct warc_exchange *x);

/* Returns true if the body is compressed already, so that compressing it again
 * would only take time. */
bool warc_exchange_is_packed(const struct warc_exchange *x);

#endif

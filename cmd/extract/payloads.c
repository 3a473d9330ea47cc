/* A place is one number, made of the number of the archive and the offset. */
#include "cmd/extract/payloads.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/job/headers.h"
#include "cmd/warc/reader/recognise.h"
#include "cmd/warc/reader/response.h"

enum { OFFSET_BITS = 44, SOURCES_MAX = 1 << 20 };

static const uint64_t offset_max = (UINT64_C(1) << OFFSET_BITS) - 1;

static bool find_digest(const struct record *record, struct slice *digest)
{
	return headers_get(&record->headers, "warc-payload-digest", digest) &&
	       digest->len;
}

void payloads_note(struct payloads *p, const struct record *response,
		   size_t source)
{
	struct slice digest;
	unsigned long place;

	if (source >= SOURCES_MAX || response->offset > offset_max ||
	    p->places.count >= PAYLOADS_MAX || !find_digest(response, &digest))
		return;
	place = (unsigned long)source << OFFSET_BITS | response->offset;
	digest_set_add(&p->places, digest, &place);
}

/* Returns the job of the next record if it is a response with that digest;
 * otherwise NULL. Only the next record is read, because a search through a
 * member with many records would be repeated for each revisit. */
static struct job *next_response(struct records *r, struct slice digest,
				 const char *name, uint64_t max)
{
	struct slice found;

	if (records_next(r) != RECORD_FOUND ||
	    r->record.type != WARC_RESPONSE ||
	    !find_digest(&r->record, &found) || !slice_equal(found, digest))
		return NULL;
	return response_job(&r->record, name, max);
}

/* Opens an archive again, so that reading does not move the first
 * descriptor. */
static int open_again(const char *name)
{
	return open(!strcmp(name, "-") ? "/proc/self/fd/0" : name,
		    O_RDONLY | O_CLOEXEC);
}

/* Returns the job of the response at the offset, or NULL. */
static struct job *read_response(const char *name, uint64_t offset,
				 struct slice digest, uint64_t max)
{
	struct raw raw = {
		.fd = open_again(name),
		.stop = -1,
		.base = offset,
		.end = UINT64_MAX,
	};
	struct records r = {0};
	struct job *job = NULL;

	if (raw.fd < 0)
		return NULL;
	if (lseek(raw.fd, (off_t)offset, SEEK_SET) >= 0 &&
	    !records_open(&r, &raw, archive_usual_packing(name),
			  max ? max + RESPONSE_HEAD_MAX : UINT64_MAX))
		job = next_response(&r, digest, name, max);
	records_release(&r);
	close(raw.fd);
	return job;
}

bool payloads_restore(struct payloads *p, const struct record *revisit,
		      uint64_t max, struct job *job)
{
	unsigned long place = 0;
	struct slice digest;
	struct job *first = NULL;

	if (find_digest(revisit, &digest) &&
	    digest_set_has(&p->places, digest) &&
	    digest_set_add(&p->places, digest, &place))
		first = read_response(p->sources->items[place >> OFFSET_BITS],
				      place & offset_max, digest, max);
	if (!first || first->err) {
		job_free(first);
		return false;
	}
	buf_release(&job->res.body);
	job->res.body = buf_take(&first->res.body);
	job->res.is_decoded = first->res.is_decoded;
	job->res.head_only = first->res.head_only;
	job_free(first);
	return true;
}

void payloads_release(struct payloads *p)
{
	digest_set_release(&p->places);
}

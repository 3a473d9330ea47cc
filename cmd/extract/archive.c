/*
 * The thread and the loop share a locked list. To wake the other thread is
 * expensive, so each is woken only when there is enough to do: the loop for
 * WAKE_JOBS jobs, the thread when half of the list is free.
 */
#include "cmd/extract/archive.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/job/headers.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/thread.h"
#include "cmd/extract/archive_item.h"
#include "cmd/extract/segments.h"
#include "cmd/warc/reader/recognise.h"
#include "cmd/warc/reader/records.h"
#include "cmd/warc/reader/response.h"

enum {
	WAKE_JOBS = 8,
};

struct archive {
	struct archive_config config;
	struct loop *loop;
	pthread_t thread;
	int wake;		/* eventfd that wakes the loop */
	int stop;		/* eventfd that ends a wait for bytes from a
				 * pipe */
	atomic_bool closing;

	/* For the thread only, until the archive has ended. */
	struct segments *segments;	/* NULL: records reads the archive */
	struct records records;
	struct archive_item item;	/* item that `records` has found */
	struct archive_counts counts;
	struct buf head_uri;	/* WARC-Target-URI of the record before this
				 * one, if that was a HEAD request */
	bool is_pipe;

	/* Protects the members below. */
	pthread_mutex_t lock;
	pthread_cond_t room;
	struct job_list jobs;
	size_t waiting, bytes;	/* number of jobs in the list, and their total
				 * size */
	bool loop_waits;	/* the loop has found the list empty */
	bool thread_waits;
	bool ended;
};

static bool is_full(const struct archive *a, unsigned part)
{
	return a->waiting >= ARCHIVE_JOBS / part ||
	       a->bytes >= ARCHIVE_BYTES / part;
}

/* Wakes the loop if it waits for a job. Called with the lock held. */
static void wake_loop(struct archive *a)
{
	const uint64_t one = 1;

	if (!a->loop_waits)
		return;
	a->loop_waits = false;
	/* Ignore the result: the write only fails if the counter is near its
	 * maximum. */
	(void)!write(a->wake, &one, sizeof(one));
}

/* Adds a job to the list, and waits while the list is full. */
static void give_job(struct archive *a, struct job *job)
{
	pthread_mutex_lock(&a->lock);
	TAILQ_INSERT_TAIL(&a->jobs, job, link);
	a->waiting++;
	a->bytes += archive_job_size(job);
	if (a->is_pipe || a->waiting >= WAKE_JOBS || is_full(a, 2))
		wake_loop(a);
	while (is_full(a, 1) && !atomic_load(&a->closing)) {
		a->thread_waits = true;
		pthread_cond_wait(&a->room, &a->lock);
	}
	a->thread_waits = false;
	pthread_mutex_unlock(&a->lock);
}

/* Counts a damaged place, and logs the first ones. Ignores the place at which
 * archive_close() has stopped the reader. */
static void note_damage(struct archive *a, const struct archive_item *item)
{
	if (atomic_load(&a->closing))
		return;
	if (++a->counts.damaged <= ARCHIVE_NOTES)
		log_warn("%.200s: damaged at byte %llu: %s", a->config.name,
			 (unsigned long long)item->damage, item->why);
	if (a->counts.damaged == ARCHIVE_NOTES)
		log_warn("%.200s: further damage is counted, but not shown",
			 a->config.name);
}

static bool find_uri(const struct record *record, struct slice *uri)
{
	return headers_get(&record->headers, "warc-target-uri", uri) &&
	       uri->len;
}

/* Marks the job as the response to a HEAD request, if the record before it is
 * this request: the response's header alone does not show it. */
static void mark_head(const struct archive *a, const struct record *record,
		      struct job *job)
{
	struct slice uri;

	if (find_uri(record, &uri) &&
	    slice_equal(uri, slice_of(&a->head_uri)) && !job->err &&
	    !job->res.body.len)
		job->res.head_only = true;
}

static void note_head(struct archive *a, const struct archive_item *item)
{
	struct slice uri;

	buf_clear(&a->head_uri);
	if (item->is_head && find_uri(&item->record, &uri))
		buf_add(&a->head_uri, uri.p, uri.len);
}

/* Takes the job of a record. Returns NULL if the record is not a response, or
 * its body is not known. */
static struct job *take_job(struct archive *a, struct archive_item *item)
{
	const struct archive_config *c = &a->config;
	const struct record *record = &item->record;
	struct job *job = item->job;

	item->job = NULL;
	if (!job)
		return NULL;
	if (record->type == WARC_RESPONSE) {
		mark_head(a, record, job);
		if (!a->is_pipe && !job->err)
			payloads_note(c->payloads, record, c->source);
		return job;
	}
	if (job->res.status == 304 ||
	    payloads_restore(c->payloads, record, c->max_body, job))
		return job;
	a->counts.lost_revisits++;
	job_free(job);
	return NULL;
}

static void use_record(struct archive *a, struct archive_item *item)
{
	struct job *job = take_job(a, item);

	if (job) {
		a->counts.responses++;
		give_job(a, job);
	} else {
		a->counts.others[item->record.type]++;
	}
	note_head(a, item);
}

/* Returns the next item of the archive, or NULL at the end of the archive. */
static struct archive_item *next_item(struct archive *a)
{
	enum record_event event;

	if (a->segments)
		return segments_next(a->segments);
	event = records_next(&a->records);
	if (event == RECORD_END)
		return NULL;
	archive_item_set(&a->item, event, &a->records, a->config.name,
			 a->config.max_body);
	return &a->item;
}

/* Logs that the archive could not be read to its end. */
static void note_error(struct archive *a)
{
	const int error = a->segments ? segments_error(a->segments)
				      : a->records.members.raw.error;

	if (!error)
		return;
	a->counts.damaged++;
	log_warn("%.200s: cannot be read: %s", a->config.name, strerror(error));
}

/* Moves the descriptor to the end of the file, where a single reader leaves it:
 * the program that started this one may read on. */
static void skip_read_part(const struct archive *a)
{
	if (a->segments)
		(void)lseek(a->config.fd, 0, SEEK_END);
}

static void *read_archive(void *arg)
{
	struct archive *a = arg;
	struct archive_item *item;

	while (!atomic_load(&a->closing) && (item = next_item(a)) != NULL)
		if (item->event == RECORD_FOUND)
			use_record(a, item);
		else
			note_damage(a, item);
	if (!atomic_load(&a->closing)) {
		note_error(a);
		skip_read_part(a);
	}
	pthread_mutex_lock(&a->lock);
	a->ended = true;
	wake_loop(a);
	pthread_mutex_unlock(&a->lock);
	return NULL;
}

static void on_wake(void *ctx, int fd, int events)
{
	struct archive *a = ctx;
	uint64_t count;

	(void)events;
	(void)!read(fd, &count, sizeof(count));
	a->config.on_ready(a->config.ctx);
}

/* Returns the offset at which the archive begins in its file: standard input
 * may have been read in part by another program. */
static uint64_t first_offset(const struct archive *a)
{
	const off_t at = a->is_pipe ? 0 : lseek(a->config.fd, 0, SEEK_CUR);
	const off_t start = (off_t)a->config.start->len;

	return at > start ? (uint64_t)(at - start) : 0;
}

static bool is_gzip_at(int fd, uint64_t offset)
{
	char magic[UNPACK_MAGIC];
	const ssize_t len = pread(fd, magic, sizeof(magic), (off_t)offset);

	return len > 0 && packing_of((struct slice){magic, (size_t)len}) ==
				  PACKING_GZIP;
}

/* Starts threads that read parts of the archive, if there can be some. */
static void open_segments(struct archive *a)
{
	const struct archive_config *c = &a->config;
	const uint64_t from = first_offset(a);
	struct stat is;

	if (a->is_pipe || fstat(c->fd, &is) || !is_gzip_at(c->fd, from))
		return;
	a->segments = segments_open(&(struct segments_config){
		.name = c->name,
		.fd = c->fd,
		.closing = &a->closing,
		.from = from,
		.size = (uint64_t)is.st_size,
		.max_body = c->max_body,
		.threads = c->threads,
	});
	if (a->segments)
		buf_release(c->start);
}

/* Prepares to read with one reader. Returns -1 if there is no memory. */
static int open_records(struct archive *a)
{
	const uint64_t max = a->config.max_body;
	struct raw raw = {
		.base = first_offset(a),
		.fd = a->config.fd,
		.closing = &a->closing,
		.stop = a->is_pipe ? a->stop : -1,
		.end = UINT64_MAX,
		.bytes = buf_take(a->config.start),
	};

	return records_open(&a->records, &raw,
			    archive_usual_packing(a->config.name),
			    max ? max + RESPONSE_HEAD_MAX : UINT64_MAX);
}

static bool is_pipe(int fd)
{
	struct stat is;

	return fstat(fd, &is) || !S_ISREG(is.st_mode);
}

struct archive *archive_open(struct loop *loop,
			     const struct archive_config *config)
{
	struct archive *a = xcalloc(1, sizeof(*a));
	int err = 0;

	a->config = *config;
	a->loop = loop;
	a->is_pipe = is_pipe(config->fd);
	TAILQ_INIT(&a->jobs);
	pthread_mutex_init(&a->lock, NULL);
	pthread_cond_init(&a->room, NULL);
	a->wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	a->stop = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	a->loop_waits = true;
	if (a->wake < 0 || a->stop < 0 ||
	    loop_watch(loop, a->wake, LOOP_READ, on_wake, a))
		err = errno;
	if (!err)
		open_segments(a);
	if (!err && !a->segments && open_records(a))
		err = ENOMEM;
	if (!err)
		err = thread_start(&a->thread, 0, read_archive, a);
	if (!err)
		return a;
	log_fatal("cannot read \"%.200s\": %s", config->name, strerror(err));
	a->thread = 0;
	archive_close(a);
	return NULL;
}

static void stop_thread(struct archive *a)
{
	const uint64_t one = 1;

	atomic_store(&a->closing, true);
	(void)!write(a->stop, &one, sizeof(one));
	if (a->segments)
		segments_stop(a->segments);
	pthread_mutex_lock(&a->lock);
	pthread_cond_signal(&a->room);
	pthread_mutex_unlock(&a->lock);
	pthread_join(a->thread, NULL);
}

void archive_close(struct archive *a)
{
	struct job *job;

	if (!a)
		return;
	if (a->thread)
		stop_thread(a);
	while ((job = TAILQ_FIRST(&a->jobs)) != NULL) {
		TAILQ_REMOVE(&a->jobs, job, link);
		job_free(job);
	}
	segments_close(a->segments);
	records_release(&a->records);
	buf_release(&a->head_uri);
	if (a->wake >= 0) {
		loop_unwatch(a->loop, a->wake);
		close(a->wake);
	}
	if (a->stop >= 0)
		close(a->stop);
	pthread_cond_destroy(&a->room);
	pthread_mutex_destroy(&a->lock);
	free(a);
}

struct job *archive_next(struct archive *a)
{
	struct job *job;

	pthread_mutex_lock(&a->lock);
	job = TAILQ_FIRST(&a->jobs);
	if (job) {
		TAILQ_REMOVE(&a->jobs, job, link);
		a->waiting--;
		a->bytes -= archive_job_size(job);
	}
	a->loop_waits = !job;
	if (a->thread_waits && !is_full(a, 2))
		pthread_cond_signal(&a->room);
	pthread_mutex_unlock(&a->lock);
	return job;
}

bool archive_ended(struct archive *a)
{
	bool ended;

	pthread_mutex_lock(&a->lock);
	ended = a->ended && TAILQ_EMPTY(&a->jobs);
	pthread_mutex_unlock(&a->lock);
	return ended;
}

void archive_add_counts(const struct archive *a, struct archive_counts *to)
{
	to->responses += a->counts.responses;
	to->damaged += a->counts.damaged;
	to->lost_revisits += a->counts.lost_revisits;
	for (int i = 0; i < WARC_TYPES; i++)
		to->others[i] += a->counts.others[i];
}

uint64_t archive_others(const struct archive_counts *c)
{
	uint64_t sum = 0;

	for (int i = 0; i < WARC_TYPES; i++)
		sum += c->others[i];
	return sum;
}

/*
 * The threads take the segments in order. They may be ahead of the taker, which
 * is the caller of segments_next(), by AHEAD segments for each thread. The
 * taker holds the lock only while it takes over all items of a segment at once.
 */
#include "cmd/extract/segments.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/thread.h"
#include "cmd/warc/reader/response.h"

enum { AHEAD = 2, WAKE_ITEMS = 8 };

enum segment_state {
	SEGMENT_READING,	/* a thread reads the segment */
	SEGMENT_STOPPED,	/* the reader has reached the next segment */
	SEGMENT_LEFT,		/* the taker must read on with the reader */
	SEGMENT_ENDED,		/* the reader has reached the end of the file */
};

struct segment {
	struct records records;
	enum segment_state state;
	bool has_begun;		/* `begin` is set */
	bool dropped;		/* the items are not needed */
	uint64_t begin;		/* offset of the first record; UINT64_MAX: there
				 * is none */
	struct archive_items items;
	size_t count, bytes;	/* number of the items, and their total size */
};

struct segments {
	struct segments_config config;
	uint64_t count;		/* number of segments */
	pthread_t threads[SEGMENT_THREADS];
	unsigned started;

	/* Used only by the taker. */
	uint64_t current;	/* segment whose items are taken */
	struct archive_items taken;
	struct archive_item *last;	/* item that segments_next() has
					 * returned */

	/* Protects the members below, and all segments, except the reader of a
	 * segment that is being read. */
	pthread_mutex_t lock;
	pthread_cond_t room;	/* signal to threads that wait for room */
	pthread_cond_t ready;	/* signal to the taker, which waits for items */
	bool taker_waits, stopping;
	uint64_t reached;	/* segment that the taker has reached */
	uint64_t next;		/* first segment that no thread has taken */
	struct segment **all;	/* array of segments; NULL: not taken yet, or
				 * dropped */
};

static uint64_t end_of(const struct segments *s, uint64_t number)
{
	return s->config.from + (number + 1) * SEGMENT_BYTES;
}

static void free_items(struct archive_items *items)
{
	struct archive_item *item;

	while ((item = TAILQ_FIRST(items)) != NULL) {
		TAILQ_REMOVE(items, item, link);
		archive_item_free(item);
	}
}

static void free_segment(struct segment *seg)
{
	if (!seg)
		return;
	free_items(&seg->items);
	records_release(&seg->records);
	free(seg);
}

/* --- Threads -------------------------------------------------------------- */

/* Wakes the taker if it waits for this segment, and the segment has enough
 * items for it. Called with the lock held. */
static void wake_taker(struct segments *s, const struct segment *seg,
		       bool is_first)
{
	if (s->taker_waits &&
	    (is_first || seg->state != SEGMENT_READING ||
	     (seg == s->all[s->current] &&
	      (seg->count >= WAKE_ITEMS || seg->bytes >= SEGMENT_ITEM_BYTES))))
		pthread_cond_signal(&s->ready);
}

/* Adds an item to its segment. Called with the lock held. */
static void add_item(struct segment *seg, struct archive_item *item)
{
	TAILQ_INSERT_TAIL(&seg->items, item, link);
	seg->count++;
	seg->bytes += sizeof(*item) + item->record.headers.len;
	if (item->job)
		seg->bytes += archive_job_size(item->job);
}

static enum segment_state state_after(const struct segment *seg,
				      enum record_event event)
{
	if (event == RECORD_END)
		return SEGMENT_ENDED;
	if (event == RECORD_STOP)
		return SEGMENT_STOPPED;
	return seg->records.reads_on ? SEGMENT_LEFT : SEGMENT_READING;
}

/* Returns the item of the event; NULL: the event has no item. */
static struct archive_item *make_item(const struct segments *s,
				      const struct segment *seg,
				      enum record_event event)
{
	struct archive_item item;

	if (event != RECORD_FOUND && event != RECORD_DAMAGED)
		return NULL;
	archive_item_set(&item, event, &seg->records, s->config.name,
			 s->config.max_body);
	return archive_item_keep(&item);
}

/* Adds the item of an event to the segment. Returns true if the thread is to
 * read on. */
static bool put_event(struct segments *s, struct segment *seg,
		      enum record_event event)
{
	struct archive_item *item = make_item(s, seg, event);
	const bool is_first = !seg->has_begun;
	bool dropped, goes_on;

	pthread_mutex_lock(&s->lock);
	if (is_first)
		seg->begin = event == RECORD_END ? UINT64_MAX
						 : seg->records.begin;
	seg->has_begun = true;
	if (item)
		add_item(seg, item);
	seg->state = state_after(seg, event);
	wake_taker(s, seg, is_first);
	while (seg->state == SEGMENT_READING && !seg->dropped &&
	       !s->stopping && seg->bytes >= SEGMENT_ITEM_BYTES)
		pthread_cond_wait(&s->room, &s->lock);
	if (s->stopping)
		seg->state = SEGMENT_ENDED;
	dropped = seg->dropped;
	goes_on = seg->state == SEGMENT_READING && !dropped;
	pthread_mutex_unlock(&s->lock);
	/* A segment that was not dropped belongs to the taker after it was
	 * read. */
	if (dropped)
		free_segment(seg);
	return goes_on;
}

/* Opens the reader of a segment. Returns -1 if there is no memory. */
static int open_reader(const struct segments *s, struct segment *seg,
		       uint64_t number)
{
	const uint64_t max = s->config.max_body;
	const uint64_t limit = max ? max + RESPONSE_HEAD_MAX : UINT64_MAX;
	const struct raw raw = {
		.fd = s->config.fd,
		.is_file = true,
		.closing = s->config.closing,
		.stop = -1,
		.base = end_of(s, number) - SEGMENT_BYTES,
		.end = UINT64_MAX,
	};
	int error;

	if (number)
		return records_open_within(&seg->records, &raw,
					   end_of(s, number), limit);
	error = records_open(&seg->records, &raw, PACKING_GZIP, limit);
	seg->records.stop = end_of(s, number);
	return error;
}

static void read_segment(struct segments *s, struct segment *seg,
			 uint64_t number)
{
	if (open_reader(s, seg, number))
		mem_exhausted();
	while (put_event(s, seg, records_next(&seg->records)))
		;
}

/* Waits until the next segment may be read, and returns the segment and its
 * number. Returns NULL if there is none. Called with the lock held. */
static struct segment *take_segment(struct segments *s, uint64_t *number)
{
	while (!s->stopping && s->next < s->count &&
	       s->next >= s->reached + (uint64_t)AHEAD * s->config.threads)
		pthread_cond_wait(&s->room, &s->lock);
	if (s->stopping || s->next >= s->count)
		return NULL;
	*number = s->next++;
	s->all[*number] = xcalloc(1, sizeof(struct segment));
	TAILQ_INIT(&s->all[*number]->items);
	return s->all[*number];
}

static void *run_thread(void *arg)
{
	struct segments *s = arg;
	struct segment *seg;
	uint64_t number = 0;

	pthread_mutex_lock(&s->lock);
	while ((seg = take_segment(s, &number)) != NULL) {
		pthread_mutex_unlock(&s->lock);
		read_segment(s, seg, number);
		pthread_mutex_lock(&s->lock);
	}
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

/* --- The taker ------------------------------------------------------------ */

static void wait_for_threads(struct segments *s)
{
	s->taker_waits = true;
	pthread_cond_wait(&s->ready, &s->lock);
	s->taker_waits = false;
}

/* Drops a segment and its items. A thread that is reading the segment frees it.
 * Called with the lock held. */
static void drop_segment(struct segments *s, uint64_t number)
{
	struct segment *seg = s->all[number];

	s->all[number] = NULL;
	if (!seg)
		return;
	if (seg->state != SEGMENT_READING) {
		free_segment(seg);
		return;
	}
	seg->dropped = true;
	pthread_cond_broadcast(&s->room);
}

/* Drops the segments between the last one that the taker has reached and the
 * given one, and lets the threads go on. Called with the lock held. */
static void skip_to(struct segments *s, uint64_t number)
{
	for (uint64_t i = s->reached + 1; i < number && i < s->next; i++)
		drop_segment(s, i);
	if (s->next < number)
		s->next = number;
	s->reached = number;
	pthread_cond_broadcast(&s->room);
}

/* Waits until the reader of a segment has found the first record. Returns true
 * if this record is at the offset. Called with the lock held. */
static bool begins_at(struct segments *s, uint64_t number, uint64_t offset)
{
	while (!s->stopping &&
	       (!s->all[number] || !s->all[number]->has_begun))
		wait_for_threads(s);
	return s->all[number] && s->all[number]->begin == offset;
}

/* Goes on after the current reader has stopped at a later segment. If the
 * reader of that segment has begun at the same place, that segment becomes the
 * current one. Otherwise its items are dropped, and the current reader reads
 * that part of the file, too. Called with the lock held. */
static void follow(struct segments *s, struct segment *seg)
{
	const uint64_t at = seg->records.begin;
	const uint64_t number = (at - s->config.from) / SEGMENT_BYTES;

	seg->state = SEGMENT_LEFT;
	seg->records.stop = UINT64_MAX;
	/* The file may have grown: the current reader reads on to its end. */
	if (number >= s->count)
		return;
	skip_to(s, number);
	if (begins_at(s, number, at)) {
		drop_segment(s, s->current);
		s->current = number;
		return;
	}
	drop_segment(s, number);
	seg->records.stop = end_of(s, number);
}

/* Reads an item with the reader of the current segment, in the taker's
 * thread. */
static void read_on(struct segments *s, struct segment *seg)
{
	const enum record_event event = records_next(&seg->records);
	struct archive_item *item = make_item(s, seg, event);

	if (item)
		TAILQ_INSERT_TAIL(&s->taken, item, link);
	else
		seg->state = state_after(seg, event);
}

/* Takes the items of the current segment, waits for some, or goes on to the
 * next segment. Returns false at the end. */
static bool take_items(struct segments *s)
{
	struct segment *seg;
	bool reads_on = false, goes_on = true;

	pthread_mutex_lock(&s->lock);
	seg = s->all[s->current];
	if (s->stopping) {
		goes_on = false;
	} else if (seg && !TAILQ_EMPTY(&seg->items)) {
		TAILQ_CONCAT(&s->taken, &seg->items, link);
		seg->count = seg->bytes = 0;
		pthread_cond_broadcast(&s->room);
	} else if (!seg || seg->state == SEGMENT_READING) {
		wait_for_threads(s);
	} else if (seg->state == SEGMENT_STOPPED) {
		follow(s, seg);
	} else if (seg->state == SEGMENT_LEFT) {
		if (seg->records.reads_on && s->reached < s->count)
			skip_to(s, s->count);
		reads_on = true;
	} else {
		goes_on = false;
	}
	pthread_mutex_unlock(&s->lock);
	if (reads_on)
		read_on(s, seg);
	return goes_on;
}

struct archive_item *segments_next(struct segments *s)
{
	archive_item_free(s->last);
	s->last = NULL;
	while (TAILQ_EMPTY(&s->taken))
		if (!take_items(s))
			return NULL;
	s->last = TAILQ_FIRST(&s->taken);
	TAILQ_REMOVE(&s->taken, s->last, link);
	return s->last;
}

int segments_error(const struct segments *s)
{
	const struct segment *seg = s->all[s->current];

	return seg ? seg->records.members.raw.error : 0;
}

struct segments *segments_open(const struct segments_config *config)
{
	struct segments *s;
	unsigned threads = config->threads;

	if (config->size <= config->from + SEGMENT_BYTES || threads < 2)
		return NULL;
	if (threads > SEGMENT_THREADS)
		threads = SEGMENT_THREADS;
	s = xcalloc(1, sizeof(*s));
	s->config = *config;
	s->config.threads = threads;
	s->count = (config->size - config->from - 1) / SEGMENT_BYTES + 1;
	s->all = xcalloc(s->count, sizeof(struct segment *));
	TAILQ_INIT(&s->taken);
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->room, NULL);
	pthread_cond_init(&s->ready, NULL);
	while (s->started < threads &&
	       !thread_start(&s->threads[s->started], 0, run_thread, s))
		s->started++;
	if (s->started)
		return s;
	segments_close(s);
	return NULL;
}

void segments_stop(struct segments *s)
{
	pthread_mutex_lock(&s->lock);
	s->stopping = true;
	pthread_cond_broadcast(&s->room);
	pthread_cond_broadcast(&s->ready);
	pthread_mutex_unlock(&s->lock);
}

void segments_close(struct segments *s)
{
	if (!s)
		return;
	segments_stop(s);
	for (unsigned i = 0; i < s->started; i++)
		pthread_join(s->threads[i], NULL);
	for (uint64_t i = 0; i < s->count; i++)
		free_segment(s->all[i]);
	free(s->all);
	free_items(&s->taken);
	archive_item_free(s->last);
	pthread_cond_destroy(&s->room);
	pthread_cond_destroy(&s->ready);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

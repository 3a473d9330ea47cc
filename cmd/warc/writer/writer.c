#include "cmd/warc/writer/writer.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/job/job.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/timestamp.h"
#include "cmd/warc/writer/cdxj.h"
#include "cmd/warc/writer/dedup.h"
#include "cmd/warc/writer/exchange.h"
#include "cmd/warc/writer/file.h"
#include "cmd/warc/writer/pack.h"
#include "cmd/warc/writer/recovery.h"

/* Bodies that are longer are compressed under the lock. */
enum { LARGE_BODY = 1 << 20 };

LIST_HEAD(packs, warc_pack);

struct warc_writer {
	struct exchange_store store;	/* first: see writer_of() */
	const struct warc_config *config;
	struct buf info;		/* block of the warcinfo records */
	atomic_bool has_failed;

	/* Guards file, dedup, has_synced and packs. */
	pthread_mutex_t lock;
	bool has_synced;		/* warc_writer_sync() was called */
	struct warc_file file;
	struct warc_dedup dedup;
	struct packs packs;		/* the ones that no thread uses */
};

/* An exchange on its way into the archive. */
struct entry {
	struct warc_writer *writer;
	struct warc_pack *pack;
	struct job *job;
	struct warc_exchange made;
	bool is_large;
	uint64_t first;		/* compressed length of the request record */
	struct buf note;	/* line of the index; empty: not wanted */
};

static struct warc_writer *writer_of(struct exchange_store *store)
{
	return (struct warc_writer *)store;
}

static struct warc_pack *take_pack(struct warc_writer *w)
{
	struct warc_pack *p;

	pthread_mutex_lock(&w->lock);
	p = LIST_FIRST(&w->packs);
	if (p)
		LIST_REMOVE(p, link);
	pthread_mutex_unlock(&w->lock);
	return p ? p : warc_pack_new(w->config->digest);
}

static void give_pack(struct warc_writer *w, struct warc_pack *p)
{
	pthread_mutex_lock(&w->lock);
	LIST_INSERT_HEAD(&w->packs, p, link);
	pthread_mutex_unlock(&w->lock);
}

/* --- Records -------------------------------------------------------------- */

/* Finds the record that first stored the payload. */
static bool find_original(void *ctx, const char *payload,
			  struct warc_original *original)
{
	struct warc_writer *w = ctx;
	bool is;

	pthread_mutex_lock(&w->lock);
	is = warc_dedup_find(&w->dedup, &w->file.journal, payload, original);
	pthread_mutex_unlock(&w->lock);
	return is;
}

static struct warc_maker maker_of(struct warc_writer *w,
				  const struct warc_pack *pack)
{
	return (struct warc_maker){
		.config = w->config,
		.digest = pack->digest,
		.find = w->config->dedup ? find_original : NULL,
		.ctx = w,
	};
}

static int pack_record(const struct warc_writer *w, struct warc_pack *pack,
		       const struct warc_record *r, bool packed)
{
	return w->config->is_plain ? warc_pack_plain(pack, r)
				   : warc_pack_gzip(pack, r, packed);
}

/* Compresses both records. flush() must not write to the file meanwhile. */
static int pack_exchange(struct entry *e)
{
	struct warc_writer *w = e->writer;
	const int error = pack_record(w, e->pack, &e->made.request, false);

	if (error)
		return error;
	e->first = e->pack->out.len;
	if (e->is_large)
		e->first += w->file.at - w->file.group;
	return pack_record(w, e->pack, &e->made.response,
			   warc_exchange_is_packed(&e->made));
}

/* Returns the index of the record that depends on the exchange, or
 * WARC_NO_INDEX. */
static uint64_t index_of(const struct job *job)
{
	return job->robots_of || job->req.is_sitemap ? WARC_NO_INDEX
						     : job->req.index;
}

/* --- Files (under the lock) ----------------------------------------------- */

static int flush_pack(void *ctx, struct buf *out)
{
	struct warc_writer *w = ctx;
	const int error = warc_file_add(&w->file, out);

	buf_clear(out);
	return error;
}

/* Writes the warcinfo record to a new file. */
static int add_info(struct warc_writer *w)
{
	struct warc_pack *pack = warc_pack_new(w->config->digest);
	const struct warc_maker maker = maker_of(w, pack);
	const struct slice block = slice_of(&w->info), none = {"", 0};
	struct warc_record r;
	char id[WARC_ID_SIZE];
	int error;

	warc_id_new(id);
	warc_record_begin(&r, WARC_WARCINFO, id, timestamp_now());
	warc_record_field(&r, "WARC-Filename", warc_file_name(&w->file));
	warc_maker_add_digest(&maker, &r, block, none);
	warc_record_field(&r, "Content-Type", "application/warc-fields");
	warc_record_end(&r, block, none);
	error = pack_record(w, pack, &r, false);
	if (!error)
		error = warc_file_add(&w->file, &pack->out);
	if (!error)
		error = warc_file_note(&w->file, &(struct warc_place){
			.index = WARC_NO_INDEX, .last = w->file.at,
		}, none);
	warc_record_release(&r);
	warc_pack_free(pack);
	return error;
}

static const char *reason_of(int error)
{
	if (error == EBUSY)
		return "another scrape is writing it";
	if (error == EBADMSG)
		return "the file with the ending .warc-journal is not the "
		       "journal of an archive";
	if (error == ENOTSUP)
		return "it was begun with the other of --warc-compression and "
		       "--no-warc-compression: continue it in the same way";
	return strerror(error);
}

/* Logs the first error, and stops the archive. */
static void fail_writer(struct warc_writer *w, int error)
{
	if (atomic_exchange(&w->has_failed, true))
		return;
	log_fatal("the archive %.500s cannot be written: %s",
		  w->file.path ? w->file.path : w->config->prefix,
		  reason_of(error));
}

static int open_next_file(void *ctx)
{
	struct warc_writer *w = ctx;
	int error = warc_file_next(&w->file);

	if (!error)
		error = add_info(w);
	if (error)
		warc_file_undo(&w->file);
	return error;
}

static int open_file_if_full(struct warc_writer *w)
{
	return warc_file_is_full(&w->file) ? open_next_file(w) : 0;
}

/* Writes the index, if the options ask for one. */
static int write_index(void *ctx)
{
	struct warc_writer *w = ctx;

	return w->config->cdx ? cdxj_write(&w->file) : 0;
}

/* Opens the journal, and repairs the archive if a run was killed. */
static int open_journal(struct warc_writer *w, const struct warc_rows *rows)
{
	struct warc_journal *j = &w->file.journal;
	int error = warc_journal_open(j, w->config->prefix);

	if (error)
		return error;
	if (!j->end)
		return warc_journal_begin(j, rows->run);
	error = warc_recover(&w->file, rows, &(struct warc_recoverer){
		.begin_file = open_next_file,
		.leave_journal = write_index,
		.ctx = w,
	});
	if (!error && w->config->dedup)
		error = warc_dedup_load(&w->dedup, j);
	return error;
}

/* Opens the parts of the archive that are not open yet. */
static int open_archive(struct warc_writer *w, const struct warc_rows *rows)
{
	const int error = w->file.journal.fd < 0 ? open_journal(w, rows) : 0;

	return error ? error : open_file_if_full(w);
}

static int note_exchange(struct entry *e)
{
	struct warc_file *f = &e->writer->file;
	struct warc_place place = {
		.index = index_of(e->job),
		.last = f->at - f->group - e->first,
		.date = (uint64_t)e->job->exchange->began,
	};

	const uint64_t at = f->journal.end;
	int error;

	memcpy(place.id, e->made.id, sizeof(place.id));
	error = warc_file_note(f, &place, slice_of(&e->note));
	if (!error && e->made.may_be_original)
		warc_dedup_add(&e->writer->dedup, e->made.payload.text, at);
	return error;
}

/* Writes an exchange that is packed, or is packed meanwhile, as one group. */
static int write_exchange(struct entry *e)
{
	struct warc_writer *w = e->writer;
	struct warc_pack *pack = e->pack;
	int error = open_archive(w, &(struct warc_rows){.run = ""});

	if (error)
		return error;
	warc_file_begin(&w->file);
	if (e->is_large) {
		pack->flush = flush_pack;
		pack->ctx = w;
		error = pack_exchange(e);
		pack->flush = NULL;
	}
	if (!error)
		error = warc_file_add(&w->file, &pack->out);
	if (!error)
		error = note_exchange(e);
	if (error)
		warc_file_undo(&w->file);
	return error;
}

static void put_exchange(struct exchange_store *store, struct job *job)
{
	struct warc_writer *w = writer_of(store);
	struct entry e = {
		.writer = w,
		.pack = take_pack(w),
		.job = job,
		.is_large = job->res.body.len > LARGE_BODY,
	};
	const struct warc_maker maker = maker_of(w, e.pack);
	int error = 0;

	buf_clear(&e.pack->out);
	warc_exchange_make(&e.made, &maker, job);
	if (w->config->cdx || w->config->dedup)
		cdxj_add_note(&e.note, &e.made);
	if (!e.is_large)
		(void)pack_exchange(&e);
	pthread_mutex_lock(&w->lock);
	if (!w->has_failed)
		error = write_exchange(&e);
	if (error)
		fail_writer(w, error);
	pthread_mutex_unlock(&w->lock);
	give_pack(w, e.pack);
	warc_exchange_release(&e.made);
	buf_release(&e.note);
	exchange_free(job->exchange);
	job->exchange = NULL;
}

struct warc_writer *warc_writer_new(const struct warc_config *config,
				    const struct warc_run *run)
{
	struct warc_writer *w = xcalloc(1, sizeof(*w));

	w->store.put = put_exchange;
	w->config = config;
	w->file = (struct warc_file){
		.prefix = config->prefix,
		.ending = config->is_plain ? ".warc" : ".warc.gz",
		.max_size = config->max_size,
		.fd = -1,
		.journal.fd = -1,
	};
	LIST_INIT(&w->packs);
	warc_info_add(&w->info, config, run);
	pthread_mutex_init(&w->lock, NULL);
	return w;
}

int warc_writer_read_index(struct warc_writer *w)
{
	const char *path = w->config->dedup;
	char *own = xasprintf("%s.cdxj", w->config->prefix);
	int error = path ? warc_dedup_open(&w->dedup, path) : 0;

	if (error == ENOENT && !strcmp(path, own))
		error = 0;
	free(own);
	if (error)
		log_fatal("--warc-dedup %.500s: %s", path, strerror(error));
	return error ? -1 : 0;
}

int warc_writer_begin(struct warc_writer *w, const struct warc_rows *rows)
{
	int error;

	pthread_mutex_lock(&w->lock);
	error = open_archive(w, rows);
	if (error)
		fail_writer(w, error);
	pthread_mutex_unlock(&w->lock);
	return error ? -1 : 0;
}

/* Notes in the journal that the last commit has ended, and duplicates the
 * descriptors that are to be synced. Full files were synced when they were
 * closed. */
static int begin_sync(struct warc_writer *w, int fds[2])
{
	struct warc_journal *j = &w->file.journal;
	int error = 0;

	if (j->fd < 0)
		return 0;
	if (w->has_synced && !j->is_committed) {
		error = warc_journal_word(j, "committed");
		j->is_committed = !error;
	}
	w->has_synced = true;
	fds[0] = dup(w->file.fd);
	fds[1] = dup(j->fd);
	return error ? error : fds[0] < 0 || fds[1] < 0 ? errno : 0;
}

int warc_writer_sync(struct warc_writer *w)
{
	int fds[2] = {-1, -1}, error, file_error, journal_error;

	pthread_mutex_lock(&w->lock);
	error = begin_sync(w, fds);
	pthread_mutex_unlock(&w->lock);
	/* Sync without the lock, so that no other thread waits for the disk. */
	file_error = warc_file_sync_copy(fds[0]);
	journal_error = warc_file_sync_copy(fds[1]);
	if (!error)
		error = file_error ? file_error : journal_error;
	pthread_mutex_lock(&w->lock);
	if (error)
		fail_writer(w, error);
	pthread_mutex_unlock(&w->lock);
	return w->has_failed ? -1 : 0;
}

struct exchange_store *warc_writer_store(struct warc_writer *w)
{
	return &w->store;
}

bool warc_writer_has_failed(const struct warc_writer *w)
{
	return w && w->has_failed;
}

int warc_writer_close(struct warc_writer *w, bool is_complete)
{
	struct warc_pack *p;
	bool failed;
	int error;

	if (!w)
		return 0;
	error = warc_file_close(&w->file);
	if (!error && w->file.journal.fd >= 0)
		error = write_index(w);
	if (error)
		fail_writer(w, error);
	failed = w->has_failed;
	if (is_complete && !failed)
		warc_journal_remove(&w->file.journal);
	warc_journal_close(&w->file.journal);
	while ((p = LIST_FIRST(&w->packs)) != NULL) {
		LIST_REMOVE(p, link);
		warc_pack_free(p);
	}
	warc_file_release(&w->file);
	warc_dedup_release(&w->dedup);
	buf_release(&w->info);
	pthread_mutex_destroy(&w->lock);
	free(w);
	return failed ? -1 : 0;
}

#include "cmd/session/archive.h"

#include <inttypes.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/exit_code.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/engine/network.h"
#include "cmd/options/arguments.h"
#include "cmd/warc/writer/writer.h"

static struct warc_writer *create_writer(const struct options *o)
{
	const struct engine_config *e = &o->engine;
	struct buf arguments = {0};
	struct warc_writer *w;

	arguments_show(&arguments);
	w = warc_writer_new(&o->archive, &(struct warc_run){
		.arguments = buf_cstr(&arguments),
		.user_agent = e->fetch.user_agent,
		.obeys_robots = e->robots,
	});
	buf_release(&arguments);
	return w;
}

/* Returns true if an option describes an archive. */
static bool describes_archive(const struct warc_config *c)
{
	return c->max_size != WARC_MAX_SIZE || c->headers.len || c->is_plain ||
	       c->secrets || c->dedup || c->cdx || c->digest != WARC_SHA1;
}

int archive_run(struct options *o, int (*run)(void *options))
{
	bool is_complete;
	int code;

	if (!o->archive.prefix && describes_archive(&o->archive)) {
		log_fatal("the options --warc-... describe an archive: give "
			  "its name by --warc-file PREFIX");
		return EXIT_USAGE;
	}
	if (!o->archive.prefix)
		return network_run(&o->engine, run, o);
	o->writer = create_writer(o);
	if (warc_writer_read_index(o->writer)) {
		warc_writer_close(o->writer, false);
		return EXIT_USAGE;
	}
	o->engine.fetch.store = warc_writer_store(o->writer);
	code = network_run(&o->engine, run, o);
	o->engine.fetch.store = NULL;
	/* Keep the journal of a run that was interrupted or has failed, because
	 * the run may be continued. */
	is_complete = code == 0 || code == EXIT_SOME_FAILED;
	return warc_writer_close(o->writer, is_complete) ? EXIT_NOT_COMPLETED
							 : code;
}

/* Returns a copy of a path without slashes at its end. */
static char *without_slashes(const char *path)
{
	char *copy = xstrdup(path);
	size_t len = strlen(copy);

	while (len > 1 && copy[len - 1] == '/')
		copy[--len] = '\0';
	return copy;
}

/* Appends a digest of the place where the records, or the state of the crawl,
 * are: a run and the runs that continue it have the same place. */
static void add_run(struct buf *out, const struct options *o)
{
	const char *option = o->crawl.state ? o->crawl.state : o->output;
	const char *slash;
	struct buf name = {0};
	char *place, *copy, *folder;
	struct digest d;

	if (!option)
		return;
	place = without_slashes(option);
	/* Resolve only the folder: the file may not exist yet, and the name of
	 * a database is not a path. */
	copy = xstrdup(place);
	folder = realpath(dirname(copy), NULL);
	slash = strrchr(place, '/');
	buf_addf(&name, "%s/%s", folder ? folder : "",
		 slash ? slash + 1 : place);
	d = digest_of(name.data, name.len);
	buf_addf(out, "%016" PRIx64 "%016" PRIx64, d.a, d.b);
	buf_release(&name);
	free(folder);
	free(copy);
	free(place);
}

int archive_begin(const struct options *o, const struct archive_rows *rows)
{
	struct buf run = {0};
	int result;

	if (!o->writer)
		return 0;
	add_run(&run, o);
	result = warc_writer_begin(o->writer, &(struct warc_rows){
		.run = buf_cstr(&run),
		.resumes = rows->has != NULL,
		.commits = o->crawl.state != NULL,
		.has = rows->has,
		.ctx = rows->ctx,
	});
	buf_release(&run);
	return result;
}

int archive_sync(const struct options *o)
{
	return o->writer ? warc_writer_sync(o->writer) : 0;
}

bool archive_has_failed(const struct options *o)
{
	return warc_writer_has_failed(o->writer);
}

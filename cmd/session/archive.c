#include "cmd/session/archive.h"

#include "base/exit_code.h"
#include "base/log.h"
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
	       c->secrets || c->digest != WARC_SHA1;
}

int archive_run(struct options *o, int (*run)(void *options))
{
	int code;

	if (!o->archive.prefix && describes_archive(&o->archive)) {
		log_fatal("the options --warc-... describe an archive: give "
			  "its name by --warc-file PREFIX");
		return EXIT_USAGE;
	}
	if (!o->archive.prefix)
		return network_run(&o->engine, run, o);
	o->writer = create_writer(o);
	o->engine.fetch.store = warc_writer_store(o->writer);
	code = network_run(&o->engine, run, o);
	o->engine.fetch.store = NULL;
	return warc_writer_close(o->writer) ? EXIT_NOT_COMPLETED : code;
}

int archive_begin(const struct options *o)
{
	return o->writer ? warc_writer_begin(o->writer) : 0;
}

bool archive_has_failed(const struct options *o)
{
	return warc_writer_has_failed(o->writer);
}

/* The hub is opened first, because it has the options of the job, and
 * everything else that is opened depends on the options. */
#include "cmd/fleet_worker/join.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/exit_code.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/fleet_worker/member.h"
#include "cmd/fleet_worker/packing.h"
#include "cmd/fleet_worker/run.h"
#include "cmd/fleet_worker/seeds.h"
#include "cmd/fleet_worker/shared_options.h"
#include "cmd/fleet_worker/source_digest.h"
#include "cmd/fleet_worker/worker.h"

static void on_reset(void *ctx)
{
	const struct fleet_member *m = ctx;

	if (m->worker)
		worker_on_reset(m->worker);
}

static void on_connection(void *ctx, bool is_up)
{
	const struct fleet_member *m = ctx;

	if (m->worker)
		worker_on_connection(m->worker, is_up);
}

void fleet_member_free(struct fleet_member *m)
{
	if (!m)
		return;
	hub_close(m->hub);
	hub_address_release(&m->address);
	buf_release(&m->options);
	if (m->loop)
		loop_close(m->loop);
	free(m);
}

static int connect_hub(struct fleet_member *m, const struct options *o,
		       struct buf *why)
{
	m->loop = loop_open(LOOP_EPOLL);
	if (!m->loop) {
		buf_addf(why, "the event loop cannot be created: %s",
			 strerror(errno));
		return -1;
	}
	/* Ignore SIGPIPE: the hub may write to a connection that the server has
	 * closed. */
	signal(SIGPIPE, SIG_IGN);
	m->hub = hub_open_for_user((struct hub_config){
		.loop = m->loop,
		.address = &m->address,
		.is_volatile = o->fleet.is_volatile,
		.on_reset = on_reset,
		.on_connection = on_connection,
		.ctx = m,
	}, why);
	return m->hub ? 0 : -1;
}

/* Packs the options of a new job. Returns -1 after logging that there are no
 * seeds. */
static int pack_options(struct buf *options, const struct fleet_member *m,
			const struct options *o, bool is_crawl)
{
	/* Add a member in any case: with empty options hub_join() only joins a
	 * job. */
	packing_add(options, 'v', (struct slice){"1", 1});
	shared_options_pack(options, o);
	if (!is_crawl)
		return 0;
	seeds_pack_secret(options);
	return seeds_pack(options, o, m->loop);
}

/* Joins the job if it exists. Otherwise creates it, if this machine has
 * sources. */
static int join_job(struct fleet_member *m, const struct options *o,
		    const char *kind, struct slice source,
		    struct hub_joined *joined, struct buf *why)
{
	const struct hub_job job = {
		.kind = {kind, strlen(kind)},
		.source = source,
	};
	struct hub_job new_job = job;
	struct buf options = {0};
	int result = hub_join(m->hub, &job, joined, why);

	if (!result || !o->sources.len)
		return result;
	buf_clear(why);
	result = pack_options(&options, m, o, !strcmp(kind, "crawl"));
	if (!result) {
		new_job.options = slice_of(&options);
		result = hub_join(m->hub, &new_job, joined, why);
		/* Another machine may have created the job in the meantime:
		 * join it. */
		if (result) {
			buf_clear(why);
			result = hub_join(m->hub, &job, joined, why);
		}
	}
	buf_release(&options);
	return result;
}

static int take_joined(struct fleet_member *m, const struct options *o,
		       bool is_list, struct hub_joined *joined,
		       struct buf *why)
{
	m->options = buf_take(&joined->options);
	/* The seeds of a crawl are in its options. */
	m->must_load = !joined->is_loaded &&
		       (!is_list || (o->sources.len && joined->is_same_source));
	if (!is_list || !o->sources.len || joined->is_same_source)
		return 0;
	buf_addstr(why, "the job has another list; leave it out to work on "
			"that, or choose another name for the job");
	return -1;
}

static int join(struct fleet_member *m, const struct options *o,
		const struct command *command, struct buf *why)
{
	const bool is_list = command->bit == FOR_SCRAPE;
	struct hub_joined joined = {0};
	struct buf source = {0};
	int result = -1;

	if (is_list && o->sources.len &&
	    source_digest_add(&source, &o->sources))
		goto out;
	result = hub_address_parse(&m->address, o->fleet.url, why);
	if (result)
		goto out;
	result = connect_hub(m, o, why);
	if (!result)
		result = join_job(m, o, is_list ? "list" : "crawl",
				  slice_of(&source), &joined, why);
	if (!result)
		result = take_joined(m, o, is_list, &joined, why);
	hub_joined_release(&joined);
out:
	buf_release(&source);
	return result;
}

static void keep_string(struct options *o, char *s)
{
	o->kept.items = xgrow(o->kept.items, o->kept.len, 1,
			      sizeof(*o->kept.items));
	o->kept.items[o->kept.len++] = s;
}

/* Replaces the options by the options of the job, and by those options of this
 * machine that each machine sets for itself. */
static int replace_options(struct options *o, const struct fleet_member *m,
			   const struct command *commands,
			   const struct command *command)
{
	const enum log_level level = log_level();
	const bool progress = o->progress;
	struct options next = {0};
	enum options_result result;
	int argc = 0;
	char **argv = shared_options_unpack(slice_of(&m->options), o, &argc);

	if (!argv) {
		log_fatal("the options of the job in the hub cannot be used");
		return -1;
	}
	log_close();
	result = options_parse(&next, commands, command, argc, argv);
	for (int i = 0; i < argc; i++)
		keep_string(&next, argv[i]);
	free(argv);
	options_release(o);
	*o = next;
	/* Keep the effect of -s and of the progress line: neither is stored
	 * with the job. */
	log_set_level(level);
	o->progress = progress;
	return result == OPTIONS_RUN ? 0 : -1;
}

int fleet_join(struct options *o, const struct command *commands,
	       const struct command *command)
{
	struct fleet_member *m;
	struct buf why = {0};
	int result;

	if (!o->fleet.url)
		return 0;
	if (shared_options_check(o))
		return EXIT_USAGE;
	m = xcalloc(1, sizeof(*m));
	result = join(m, o, command, &why);
	if (result && why.len)
		log_fatal("--fleet %.300s: %s", o->fleet.url, buf_cstr(&why));
	buf_release(&why);
	if (!result)
		result = replace_options(o, m, commands, command);
	if (result) {
		fleet_member_free(m);
		return EXIT_NOT_COMPLETED;
	}
	o->fleet.member = m;
	return 0;
}

int fleet_run(struct options *o, const struct command *command)
{
	return command->bit == FOR_SCRAPE ? list_worker_run(o)
					  : crawl_worker_run(o);
}

void fleet_leave(struct options *o)
{
	fleet_member_free(o->fleet.member);
	o->fleet.member = NULL;
}

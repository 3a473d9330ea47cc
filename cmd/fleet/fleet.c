/*
 * Each action opens the hub, does its work, and closes the hub. The actions
 * accept a server that may lose the job when it restarts (is_volatile): only
 * workers refuse such a server.
 */
#include "cmd/fleet/fleet.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

#include "base/exit_code.h"
#include "base/log.h"
#include "cmd/fleet/collect.h"
#include "cmd/fleet/status.h"
#include "cmd/options/options.h"
#include "fleet/hub.h"

static int set_state(struct hub *hub, enum hub_job_state state)
{
	struct hub_joined joined;
	struct buf why = {0};
	int err = hub_join(hub, NULL, &joined, &why);

	if (!err) {
		hub_joined_release(&joined);
		err = hub_set_state(hub, state, &why);
	}
	if (err)
		log_fatal("%s", buf_cstr(&why));
	buf_release(&why);
	return err ? EXIT_NOT_COMPLETED : 0;
}

static int pause_job(struct fleet_run *run)
{
	return set_state(run->hub, HUB_PAUSED);
}

static int resume_job(struct fleet_run *run)
{
	return set_state(run->hub, HUB_RUNNING);
}

static int stop_job(struct fleet_run *run)
{
	return set_state(run->hub, HUB_STOPPED);
}

static int delete_job(struct fleet_run *run)
{
	struct buf why = {0};
	const int err = hub_delete(run->hub, &why);

	if (err)
		log_fatal("%s", buf_cstr(&why));
	buf_release(&why);
	return err ? EXIT_NOT_COMPLETED : 0;
}

static const struct action {
	const char *name;
	bool has_output;
	int (*run)(struct fleet_run *run);	/* returns the exit
							 * code */
} actions[] = {
	{"collect", true, collect_rows}, {"status", false, show_status},
	{"pause", false, pause_job}, {"resume", false, resume_job},
	{"stop", false, stop_job}, {"delete", false, delete_job},
	{NULL, false, NULL},
};

static int fail(const char *why)
{
	log_fatal("%s", why);
	return EXIT_USAGE;
}

static int run_action(const struct action *action, struct fleet_run *run)
{
	struct buf why = {0};
	int code = EXIT_NOT_COMPLETED;

	run->loop = loop_open(LOOP_EPOLL);
	if (!run->loop)
		buf_addf(&why, "the event loop cannot be created: %s",
			 strerror(errno));
	else
		run->hub = hub_open_for_user((struct hub_config){
			.loop = run->loop,
			.address = &run->address,
			.is_volatile = true,
			.on_reset = action->has_output ? collect_on_reset
						       : NULL,
			.ctx = run,
		}, &why);
	if (run->hub)
		code = action->run(run);
	else
		log_fatal("%s", buf_cstr(&why));
	hub_close(run->hub);
	if (run->loop)
		loop_close(run->loop);
	buf_release(&why);
	return code;
}

static const struct action *find_action(const char *name)
{
	const struct action *a = actions;

	while (a->name && strcmp(a->name, name) != 0)
		a++;
	return a->name ? a : NULL;
}

int fleet_command(struct options *options)
{
	const struct strings *words = &options->sources;
	const struct action *action =
		words->len ? find_action(words->items[0]) : NULL;
	struct fleet_run run = {.output = options->output};
	struct buf why = {0};
	int code;

	if (!action || words->len != 2)
		return fail("give an action and a job: scrape fleet collect, "
			    "status, pause, resume, stop or delete "
			    "redis://HOST#JOB");
	if (action->has_output != !!run.output)
		return fail(run.output ? "--output is for scrape fleet collect"
				       : "-o FILE is needed: the rows are added "
					 "to FILE, each once");
	if (hub_address_parse(&run.address, words->items[1], &why)) {
		log_fatal("\"%.200s\": %s", words->items[1], buf_cstr(&why));
		buf_release(&why);
		return EXIT_USAGE;
	}
	/* Ignore SIGPIPE: hiredis may write to a connection that the server has
	 * closed. */
	signal(SIGPIPE, SIG_IGN);
	code = run_action(action, &run);
	hub_address_release(&run.address);
	return code;
}

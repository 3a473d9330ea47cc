#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/library/hiredis.h"
#include "base/log.h"
#include "base/mem.h"
#include "fleet/hub_parts.h"

#define OPENING ((msec)10000)	/* longest time until the hub is open */
#define FIRST_WAIT ((msec)1000)	/* time until a connection is tried again */

/* Returns the name of this worker: machine, process, and a number that no other
 * process with the same id on a machine of the same name has. */
static char *worker_name(void)
{
	char machine[65] = "";
	uint32_t number = 0;

	gethostname(machine, sizeof(machine) - 1);
	if (getrandom(&number, sizeof(number), 0) != sizeof(number))
		number = (uint32_t)getpid();
	return xasprintf("%s/%ld/%08x", machine, (long)getpid(), number);
}

static void on_up(void *ctx, bool is_other)
{
	struct hub *hub = ctx;
	const bool was_down = hub->is_down;

	hub->is_down = false;
	if (was_down)
		log_warn("the hub can be reached again%s",
			 is_other ? "; its server has restarted, so hosts are "
				    "leased anew" : "");
	calls_on_up(hub, is_other);
	if (was_down && hub->config.on_connection)
		hub->config.on_connection(hub->config.ctx, true);
}

static void on_down(void *ctx, const char *why, bool is_final)
{
	struct hub *hub = ctx;
	const bool was_down = hub->is_down;

	hub->is_down = true;
	calls_on_down(hub);
	/* hub_open() reports why the first connection has failed. */
	if (!*connection_run_id(hub->connection)) {
		if (!is_final && strstr(why, "LOADING"))
			return;
		hub_fail(hub, "the hub cannot be used: %s", why);
		return;
	}
	if (is_final)
		hub_fail(hub, "the hub cannot be used any more: %s", why);
	else if (!was_down)
		log_warn("the hub cannot be reached: %s; trying again", why);
	if (!was_down && hub->config.on_connection)
		hub->config.on_connection(hub->config.ctx, false);
}

static void on_end_due(void *ctx, msec now)
{
	(void)now;
	calls_end_due(ctx);
}

static struct hub *hub_new(const struct hub_config *config)
{
	struct hub *hub = xcalloc(1, sizeof(*hub));

	hub->config = *config;
	/* Each reconnection needs the password. */
	hub->password = config->password ? xstrdup(config->password) : NULL;
	hub->config.password = hub->password;
	if (!(hub->config.lease_time > 0))
		hub->config.lease_time = HUB_LEASE_TIME;
	if (!(hub->config.reconnect_wait > 0))
		hub->config.reconnect_wait = FIRST_WAIT;
	if (!hub->config.max_urls)
		hub->config.max_urls = HUB_MAX_URLS;
	hub->prefix = xasprintf("scrape:{%s}:", config->address->job);
	hub->worker = worker_name();
	TAILQ_INIT(&hub->calls);
	TAILQ_INIT(&hub->ended);
	TAILQ_INIT(&hub->voided);
	TAILQ_INIT(&hub->leases);
	hub->end_timer.on_due = on_end_due;
	hub->end_timer.ctx = hub;
	return hub;
}

struct hub *hub_open(const struct hub_config *config, struct buf *why)
{
	const msec until = clock_now() + OPENING;
	struct hub *hub;

	if (library_load(&hiredis_library, why))
		return NULL;
	hub = hub_new(config);
	hub->connection = connection_open(&hub->config,
		&(struct connection_owner){on_up, on_down, hub});
	while (!connection_is_up(hub->connection) && !hub->error.len) {
		if (clock_now() >= until)
			hub_fail(hub, "the hub's server does not answer");
		else
			loop_step(config->loop, until);
	}
	if (!hub->error.len)
		return hub;
	buf_addstr(why, hub_error(hub));
	hub_close(hub);
	return NULL;
}

void hub_close(struct hub *hub)
{
	struct hub_lease *lease;

	if (!hub)
		return;
	connection_close(hub->connection);
	calls_release(hub);
	pauses_release(hub);
	while ((lease = TAILQ_FIRST(&hub->leases)))
		lease_free(lease);
	loop_set_timer(hub->config.loop, &hub->end_timer, MSEC_NEVER);
	buf_release(&hub->error);
	if (hub->password)
		explicit_bzero(hub->password, strlen(hub->password));
	free(hub->password);
	free(hub->prefix);
	free(hub->worker);
	free(hub);
}

bool hub_wait(struct hub *hub, msec until)
{
	while (!TAILQ_EMPTY(&hub->calls) || !TAILQ_EMPTY(&hub->ended)) {
		if (clock_now() >= until)
			return false;
		loop_step(hub->config.loop, until);
	}
	return true;
}

size_t hub_backlog(const struct hub *hub)
{
	return hub->backlog;
}

const char *hub_error(const struct hub *hub)
{
	return hub->error.len ? hub->error.data : NULL;
}

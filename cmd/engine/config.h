/* Configuration of the engine: how requests are fetched, paced and parsed. Part
 * of struct options; borrowed by the engine and the stages of a mode. */
#ifndef CMD_ENGINE_CONFIG_H
#define CMD_ENGINE_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "fetch/config.h"
#include "parse/config.h"
#include "ratelimit/schedule.h"

struct mode;

struct engine_config {
	struct fetch_config fetch;
	struct parse_config parse;
	struct schedule_config limits;
	const struct mode *mode;	/* a row of cmd/engine/modes.h */
	unsigned workers;		/* number of workers in the parse
					 * pool */
	msec parse_timeout;		/* time limit per page, in modes that
					 * parse in processes */
	bool require_sandbox;		/* never parse outside of a sandbox:
					 * fail instead */
	uint64_t parse_memory;		/* memory for parsing in bytes, of all
					 * workers together */
	bool robots;			/* obey robots.txt */
	const char *robots_agent;	/* name of the robot whose rules are
					 * obeyed; NULL: the one in the
					 * User-Agent */
};

#endif

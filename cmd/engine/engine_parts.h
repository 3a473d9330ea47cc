/* The parts of an engine, for the files that implement cmd/engine/engine.h. */
#ifndef CMD_ENGINE_ENGINE_PARTS_H
#define CMD_ENGINE_ENGINE_PARTS_H

#include "cmd/engine/engine.h"
#include "cmd/engine/robots_filter.h"
#include "cmd/engine/throttling.h"
#include "cmd/engine/tokens.h"
#include "pool/stage.h"
#include "ratelimit/schedule.h"

struct engine {
	const struct engine_config *config;
	struct engine_owner owner;
	struct loop *loop;
	struct schedule *schedule;
	struct throttling throttling;
	struct robots_filter *robots;	/* NULL: robots.txt is not obeyed */
	struct tokens *tokens;		/* NULL: no request needs one */
	struct stage *resolve, *fetch, *parse, *light;
	struct stage *archive;	/* NULL: no archive is written */
	struct loop_timer pump;
	bool pump_requested;
	size_t jobs;
	size_t waiting_bytes;	/* size of the requests in the schedule */
	bool stopping;		/* start no new requests */
};

/* Frees a job that was neither recorded nor dropped. */
void engine_free_job(struct engine *e, struct job *job);

/* Drops a job that was not started: tells its owner, and frees it. */
void engine_drop_job(struct engine *e, struct job *job);

/* Puts a job into the schedule, as soon as there is an access token if its hop
 * needs one. */
void engine_schedule_job(struct engine *e, struct job *job);

/* Puts a request of the engine itself, for a robots.txt or a token, into the
 * schedule. ctx: the engine. */
void engine_take_request(void *ctx, struct job *job);

/* Gives a job with its result, or its error, to the parser. */
void engine_parse_job(struct engine *e, struct job *job);

/* Takes a job whose last hop has ended to its next station: the parser, the
 * owner, or the requester of a robots.txt or a token. */
void engine_finish_fetch(struct engine *e, struct job *job);

/* Gives a job whose record is complete to the owner. ctx: the engine. */
void engine_on_parsed(void *ctx, struct job *job);

/* Ends a job that must not be sent any more when it leaves the schedule,
 * because its permit is over. */
void engine_end_unsent(struct engine *e, struct job *job, msec now);

/* Takes the access tokens into use that the configuration asks for. */
void engine_open_tokens(struct engine *e);

/* If very many jobs wait for robots.txt files, offers them to the owner with
 * on_postponed(). */
void engine_postpone(struct engine *e);

#endif

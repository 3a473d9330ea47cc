/*
 * Splits the time of each request into phases, and converts the sums, the
 * timeline and the slowest requests to JSON. When a request ends, the time
 * until its record will be written is not known yet; PHASE_OUTPUT is therefore
 * counted by changes of the number of records that the output holds.
 */
#include "cmd/stats/breakdown.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/mem.h"
#include "base/secret_rules.h"
#include "base/utf8.h"

/* Converts msec to seconds, rounded to the microsecond: smaller digits are
 * noise. */
static json_t *seconds_to_json(msec t)
{
	return json_real(round(t * 1e3) / 1e6);
}

static void phases_of(const struct timing *time, msec phases[PHASE_COUNT])
{
	const msec body = time->total - time->dns - time->connect - time->tls -
			  time->first_byte;

	phases[PHASE_WAIT] = time->wait;
	phases[PHASE_DNS] = time->dns;
	phases[PHASE_CONNECT] = time->connect;
	phases[PHASE_TLS] = time->tls;
	phases[PHASE_FIRST_BYTE] = time->first_byte;
	phases[PHASE_BODY] = body > 0 ? body : 0;
	phases[PHASE_QUEUE] = time->queue;
	phases[PHASE_PARSE] = time->parse;
	phases[PHASE_OUTPUT] = 0;	/* counted by breakdown_written()
					 * instead */
}

/* Inserts a request into the list of the slowest ones, behind requests that
 * took the same time. */
static void insert_slow(struct breakdown *d, const struct job *job, msec took,
			const msec phases[PHASE_COUNT])
{
	const char *url = job->req.url ? job->req.url : "";
	struct buf shown = {0};
	size_t i = d->slow;

	secret_url_show(&shown, url, strlen(url));

	if (d->slow == SLOWEST_MAX)
		free(d->slowest[--i].url);
	else
		d->slow++;
	for (; i > 0 && d->slowest[i - 1].took < took; i--)
		d->slowest[i] = d->slowest[i - 1];
	d->slowest[i] = (struct slow){
		.url = utf8_clean(buf_cstr(&shown), shown.len,
				  SLOWEST_URL_MAX, NULL),
		.status = job->res.status,
		.err = job->err,
		.total = job->time.total,
		.took = took,
	};
	memcpy(d->slowest[i].phases, phases, sizeof(d->slowest[i].phases));
	buf_release(&shown);
}

void breakdown_add(struct breakdown *d, const struct job *job, msec started)
{
	const msec took = job->time.total + job->time.queue + job->time.parse;
	msec phases[PHASE_COUNT];

	phases_of(&job->time, phases);
	timeline_add(&d->timeline, job->finished - started, phases,
		     job->err != ERR_NONE);
	timeline_change(&d->timeline, job->finished - started, PHASE_OUTPUT, 1);
	d->unwritten++;
	if (d->slow < SLOWEST_MAX || took > d->slowest[d->slow - 1].took)
		insert_slow(d, job, took, phases);
}

void breakdown_copied(struct breakdown *d, msec then)
{
	timeline_change(&d->timeline, then, PHASE_OUTPUT, 1);
	d->unwritten++;
}

void breakdown_written(struct breakdown *d, msec then, uint64_t records)
{
	timeline_change(&d->timeline, then, PHASE_OUTPUT, -(int64_t)records);
	d->unwritten -= records;
}

void breakdown_end(struct breakdown *d, msec then)
{
	breakdown_written(d, then, d->unwritten);
}

static json_t *phases_to_json(const msec *phases, size_t len)
{
	json_t *object = json_object();

	for (size_t i = 0; i < len; i++)
		json_object_set_new(object, phase_name((enum phase)i),
				    seconds_to_json(phases[i]));
	return object;
}

/* Writes 0 as an integer: most averages are 0, and writing a real is the most
 * expensive part of a summary. */
static json_t *average_to_json(double average)
{
	const double rounded = round(average * 1e4) / 1e4;

	return rounded > 0 ? json_real(rounded) : json_integer(0);
}

static json_t *averages_to_json(const struct timeline *t, enum phase phase)
{
	json_t *array = json_array();
	double average[TIMELINE_BUCKETS];

	timeline_average(t, phase, average);
	for (size_t i = 0; i < t->used; i++)
		json_array_append_new(array, average_to_json(average[i]));
	return array;
}

static json_t *timeline_to_json(const struct timeline *t)
{
	json_t *object = json_object(), *names = json_array();
	json_t *in_flight = json_array();
	json_t *finished = json_array(), *errors = json_array();

	for (size_t i = 0; i < PHASE_COUNT; i++) {
		const enum phase phase = (enum phase)i;

		json_array_append_new(names, json_string(phase_name(phase)));
		json_array_append_new(in_flight, averages_to_json(t, phase));
	}
	for (size_t i = 0; i < t->used; i++) {
		const struct timeline_bucket *b = &t->buckets[i];

		json_array_append_new(finished,
				      json_integer((json_int_t)b->finished));
		json_array_append_new(errors,
				      json_integer((json_int_t)b->errors));
	}
	json_object_set_new(object, "step", seconds_to_json(t->step));
	json_object_set_new(object, "phases", names);
	json_object_set_new(object, "in_flight", in_flight);
	json_object_set_new(object, "finished", finished);
	json_object_set_new(object, "errors", errors);
	return object;
}

static json_t *distribution_to_json(const struct histogram *latency)
{
	struct histogram_group groups[HISTOGRAM_GROUPS];
	const size_t len = histogram_groups(latency, groups);
	json_t *array = json_array();

	for (size_t i = 0; i < len; i++) {
		json_t *pair = json_array();

		/* Do not round as in other places, because the bounds are
		 * exact. */
		json_array_append_new(pair, json_real(groups[i].upper / 1e3));
		json_array_append_new(
			pair, json_integer((json_int_t)groups[i].count));
		json_array_append_new(array, pair);
	}
	return array;
}

static json_t *slow_to_json(const struct slow *s)
{
	json_t *o = json_object();

	json_object_set_new(o, "url", json_string(s->url));
	json_object_set_new(o, "status",
			    s->status ? json_integer(s->status) : json_null());
	json_object_set_new(o, "error",
			    s->err ? json_string(err_name(s->err))
				   : json_null());
	json_object_set_new(o, "total", seconds_to_json(s->total));
	json_object_set_new(o, "phases",
			    phases_to_json(s->phases, PHASE_OUTPUT));
	return o;
}

void breakdown_to_json(const struct breakdown *d,
		       const struct histogram *latency, json_t *summary)
{
	json_t *slowest = json_array();

	for (size_t i = 0; i < d->slow; i++)
		json_array_append_new(slowest, slow_to_json(&d->slowest[i]));
	json_object_set_new(summary, "phases",
			    phases_to_json(d->timeline.total, PHASE_COUNT));
	json_object_set_new(summary, "timeline",
			    timeline_to_json(&d->timeline));
	json_object_set_new(summary, "distribution",
			    distribution_to_json(latency));
	json_object_set_new(summary, "slowest", slowest);
}

static double seconds_of(struct timeval a, struct timeval b)
{
	return (double)(a.tv_sec + b.tv_sec) +
	       (double)(a.tv_usec + b.tv_usec) / 1e6;
}

void breakdown_add_usage(json_t *summary)
{
	struct rusage own = {0}, children = {0};
	json_t *cpu = json_object();

	getrusage(RUSAGE_SELF, &own);
	getrusage(RUSAGE_CHILDREN, &children);
	json_object_set_new(cpu, "user",
			    json_real(seconds_of(own.ru_utime,
						 children.ru_utime)));
	json_object_set_new(cpu, "system",
			    json_real(seconds_of(own.ru_stime,
						 children.ru_stime)));
	json_object_set_new(summary, "cpu", cpu);
	json_object_set_new(summary, "peak_memory",
			    json_integer((json_int_t)own.ru_maxrss * 1024));
}

void breakdown_release(struct breakdown *d)
{
	for (size_t i = 0; i < d->slow; i++)
		free(d->slowest[i].url);
	*d = (struct breakdown){0};
}

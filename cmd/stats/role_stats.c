/* Roles without fields of their own have no coverage: their pages use the
 * fields of the options, which are counted for all pages together. */
#include "cmd/stats/role_stats.h"

#include <stdlib.h>

#include "base/mem.h"
#include "cmd/stats/field_coverage.h"

struct role_count {
	uint64_t requests, ok;
	struct field_coverage *coverage;	/* NULL: the role has no fields
						 * of its own */
};

struct role_stats {
	const struct roles *roles;
	struct role_count *list;
};

struct role_stats *role_stats_new(const struct roles *roles)
{
	struct role_stats *s = xcalloc(1, sizeof(*s));

	s->roles = roles;
	s->list = xcalloc(roles->count, sizeof(*s->list));
	for (size_t i = 0; i < roles->count; i++)
		if (roles->list[i].schema)
			s->list[i].coverage = field_coverage_new(
				roles->list[i].schema, roles->list[i].name);
	return s;
}

void role_stats_free(struct role_stats *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->roles->count; i++)
		field_coverage_free(s->list[i].coverage);
	free(s->list);
	free(s);
}

void role_stats_add(struct role_stats *s, const struct job *job)
{
	struct role_count *count = &s->list[job->req.role];

	count->requests++;
	count->ok += job_is_ok(job);
	if (count->coverage)
		field_coverage_add(count->coverage, job);
}

void role_stats_warn(struct role_stats *s)
{
	for (size_t i = 0; i < s->roles->count; i++)
		if (s->list[i].coverage)
			field_coverage_warn(s->list[i].coverage);
}

static json_t *count_to_json(const struct role_count *count)
{
	json_t *object = json_object();

	json_object_set_new(object, "requests",
			    json_integer((json_int_t)count->requests));
	json_object_set_new(object, "ok", json_integer((json_int_t)count->ok));
	if (count->coverage)
		field_coverage_to_json(count->coverage, object);
	return object;
}

/* Returns the number of pages whose records are written. */
static uint64_t count_rows(const struct role_stats *s)
{
	uint64_t rows = 0;

	for (size_t i = 0; i < s->roles->count; i++)
		if (s->roles->list[i].has_rows)
			rows += s->list[i].requests;
	return rows;
}

void role_stats_to_json(const struct role_stats *s, json_t *summary)
{
	json_t *object = json_object();
	bool have_rows = true;

	for (size_t i = 0; i < s->roles->count; i++) {
		const struct role *role = &s->roles->list[i];

		have_rows &= role->has_rows;
		if (role->name)
			json_object_set_new(object, role->name,
					    count_to_json(&s->list[i]));
	}
	json_object_set_new(summary, "roles", object);
	if (!have_rows)
		json_object_set_new(summary, "rows",
				    json_integer((json_int_t)count_rows(s)));
}

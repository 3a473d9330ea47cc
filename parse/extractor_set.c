/* list[0] is the extractor for the configuration's own fields, list[1 + n] that
 * for the fields of role n. An entry is NULL if there are no fields. */
#include "parse/extractor_set.h"

#include <stdlib.h>

#include "base/mem.h"
#include "parse/extract/roles.h"

struct extractor_set {
	size_t count;
	struct extractor *list[];
};

struct extractor_set *extractor_set_new(const struct parse_config *config)
{
	const struct roles *roles = config->roles;
	const size_t count = 1 + (roles ? roles->count : 0);
	struct extractor_set *set =
		xcalloc(1, sizeof(*set) + count * sizeof(*set->list));

	set->count = count;
	if (config->schema)
		set->list[0] = extractor_new(config->schema);
	for (size_t i = 1; i < count; i++)
		if (roles->list[i - 1].schema)
			set->list[i] = extractor_new(roles->list[i - 1].schema);
	return set;
}

void extractor_set_free(struct extractor_set *set)
{
	for (size_t i = 0; i < set->count; i++)
		extractor_free(set->list[i]);
	free(set);
}

struct extractor *extractor_set_of(const struct extractor_set *set,
				   const struct job *job)
{
	const size_t own = (size_t)job->req.role + 1;

	return own < set->count && set->list[own] ? set->list[own]
						   : set->list[0];
}

void extractor_set_stop(struct extractor_set *set)
{
	for (size_t i = 0; i < set->count; i++)
		if (set->list[i])
			extractor_stop(set->list[i]);
}

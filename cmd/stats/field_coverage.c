/* Counts from the bytes of job->found, one per field, which the parser sets. */
#include "cmd/stats/field_coverage.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/mem.h"

/* Number of warnings; one more line has the number of fields left out. */
enum { WARNINGS_MAX = 10 };

struct field_coverage {
	const struct schema *x;		/* borrowed */
	uint64_t responses;		/* that count (see the header) */
	uint64_t *found;		/* per field, then for `each` */
	size_t fields;			/* number of fields counted */
};

struct field_coverage *field_coverage_new(const struct schema *x)
{
	struct field_coverage *f = xcalloc(1, sizeof(*f));

	f->x = x;
	f->fields = x->fields.count;
	if (f->fields > SCHEMA_MAX_COUNTED)
		f->fields = SCHEMA_MAX_COUNTED;
	f->found = xcalloc(f->fields + 1, sizeof(*f->found));
	return f;
}

void field_coverage_free(struct field_coverage *f)
{
	if (!f)
		return;
	free(f->found);
	free(f);
}

void field_coverage_add(struct field_coverage *f, const struct job *job)
{
	const struct buf *found = &job->found;

	/* The length of found may come from a worker process, which is not
	 * trusted. */
	if (job->err || job->res.status >= 400 || !found->len)
		return;
	f->responses++;
	for (size_t i = 0; i <= f->fields && i < found->len; i++)
		f->found[i] += found->data[i] != 0;
}

static json_t *share_to_json(const struct field_coverage *f, uint64_t found)
{
	json_t *object = json_object();

	json_object_set_new(object, "found", json_integer((json_int_t)found));
	json_object_set_new(object, "of",
			    json_integer((json_int_t)f->responses));
	return object;
}

void field_coverage_to_json(const struct field_coverage *f, json_t *summary)
{
	const struct fields *fields = &f->x->fields;
	json_t *object = json_object();

	for (size_t i = 0; i < f->fields; i++)
		json_object_set_new(object, fields->list[i].name,
				    share_to_json(f, f->found[i]));
	if (fields->each)
		json_object_set_new(summary, "each",
				    share_to_json(f, f->found[f->fields]));
	json_object_set_new(summary, "fields", object);
}

/* Appends the field as the user has given it: "--select price[]", "--extract
 * shop.json: fields.price". */
static void add_field_name(struct buf *out, const struct field *field)
{
	static const char *const options[] = {
		[FIELD_CSS] = "--select", [FIELD_XPATH] = "--xpath",
		[FIELD_JQ] = "--jq",
	};

	if (field->file)
		buf_addf(out, "--extract %.200s: fields.%s", field->file,
			 field->name);
	else
		buf_addf(out, "%s %s%s", options[field->kind], field->name,
			 field->all ? "[]" : "");
}

static void add_each_name(struct buf *out, const struct fields *fields)
{
	if (fields->each_file)
		buf_addf(out, "--extract %.200s: each", fields->each_file);
	else
		buf_addf(out, "--each %.200s", fields->each_query);
}

/* Takes the name. */
static void warn_not_found(const struct field_coverage *f, struct buf *name,
			   const char *what)
{
	log_warn("%s: found in none of %" PRIu64 " %s%s", buf_cstr(name),
		 f->responses, what, f->responses == 1 ? "" : "s");
	buf_release(name);
}

void field_coverage_warn(const struct field_coverage *f, const char *what)
{
	const struct fields *fields = &f->x->fields;
	struct buf name = {0};
	size_t missing = 0;

	if (!f->responses)
		return;
	if (fields->each && !f->found[f->fields]) {
		add_each_name(&name, fields);
		warn_not_found(f, &name, what);
		return;
	}
	for (size_t i = 0; i < f->fields; i++) {
		if (f->found[i] || ++missing > WARNINGS_MAX)
			continue;
		add_field_name(&name, &fields->list[i]);
		warn_not_found(f, &name, what);
	}
	if (missing > WARNINGS_MAX) {
		missing -= WARNINGS_MAX;
		log_warn("and %zu more field%s", missing,
			 missing == 1 ? "" : "s");
	}
}

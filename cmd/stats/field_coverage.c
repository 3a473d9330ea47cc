/* Counts the states in job->found: one byte per field, which the parser sets
 * (struct extracted.found). */
#include "cmd/stats/field_coverage.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/mem.h"

/* Number of warnings about single fields; one more line has the number of the
 * other fields. */
enum { WARNINGS_MAX = 10 };

/* Counts of a field, or of `each`. */
struct coverage {
	uint64_t found;		/* number of responses that had the field */
	unsigned searched;	/* number of responses that could have had the
				 * field; counted up to FIELD_COVERAGE_EARLY */
	bool reported;
};

struct field_coverage {
	const struct schema *x;		/* borrowed */
	bool has_files, has_responses;	/* sources of the counted pages */
	const char *role;		/* role whose pages are counted; NULL:
					 * all pages */
	uint64_t responses;		/* number of responses that count (see
					 * the header) */
	struct coverage *list;		/* a count per field, then one for
					 * `each` */
	size_t fields;			/* number of fields counted */
	size_t reported;		/* number of fields reported */
};

struct field_coverage *field_coverage_new(const struct schema *x,
					  const char *role)
{
	struct field_coverage *f = xcalloc(1, sizeof(*f));

	f->x = x;
	f->role = role;
	f->fields = x->fields.count;
	if (f->fields > SCHEMA_MAX_COUNTED)
		f->fields = SCHEMA_MAX_COUNTED;
	f->list = xcalloc(f->fields + 1, sizeof(*f->list));
	return f;
}

void field_coverage_free(struct field_coverage *f)
{
	if (!f)
		return;
	free(f->list);
	free(f);
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
				    share_to_json(f, f->list[i].found));
	if (fields->each_query)
		json_object_set_new(summary, "each",
				    share_to_json(f,
						  f->list[f->fields].found));
	json_object_set_new(summary, "fields", object);
}

/* Appends the place of the role in its file: "pages.list."; nothing without a
 * role. */
static void add_role(struct buf *out, const struct field_coverage *f)
{
	if (f->role)
		buf_addf(out, "pages.%s.", f->role);
}

/* Appends the field as the user has given it: "--select price[]", "--extract
 * shop.json: fields.price". */
static void add_field_name(struct buf *out, const struct field_coverage *f,
			   const struct field *field)
{
	static const char *const options[] = {
		[FIELD_CSS] = "--select", [FIELD_XPATH] = "--xpath",
		[FIELD_JQ] = "--jq", [FIELD_META] = "--select",
	};

	if (field->file) {
		buf_addf(out, "--extract %.200s: ", field->file);
		add_role(out, f);
		buf_addf(out, "fields.%s", field->name);
	} else {
		buf_addf(out, "%s %s%s", options[field->kind], field->name,
			 field->all ? "[]" : "");
	}
}

static void add_each_name(struct buf *out, const struct field_coverage *f)
{
	const struct fields *fields = &f->x->fields;
	const char *jq = fields->each_is_jq ? "jq" : "";

	if (fields->each_file) {
		buf_addf(out, "--extract %.200s: ", fields->each_file);
		add_role(out, f);
		buf_addf(out, "each%s%s", *jq ? "_" : "", jq);
	} else {
		buf_addf(out, "--each%s%s %.200s", *jq ? "-" : "", jq,
			 fields->each_query);
	}
}

/* Appends the name of the field, or of `each` after the fields. */
static void add_name(struct buf *out, const struct field_coverage *f,
		     size_t number)
{
	const struct fields *fields = &f->x->fields;

	if (number == f->fields)
		add_each_name(out, f);
	else
		add_field_name(out, f, &fields->list[number]);
}

/* Returns the word for the counted pages in messages. */
static const char *word_of(const struct field_coverage *f)
{
	if (f->has_files && f->has_responses)
		return "page";
	return f->has_files ? "file" : "response";
}

static void warn_not_found(const struct field_coverage *f, size_t number)
{
	struct buf name = {0};

	add_name(&name, f, number);
	log_warn("%s: found in none of %" PRIu64 " %s%s", buf_cstr(&name),
		 f->responses, word_of(f), f->responses == 1 ? "" : "s");
	buf_release(&name);
}

static void warn_early(const struct field_coverage *f, size_t number)
{
	struct buf name = {0};

	add_name(&name, f, number);
	log_warn("%s: found in none of the first %d %ss%s; if it is mistyped, "
		 "Ctrl-C stops the run", buf_cstr(&name), FIELD_COVERAGE_EARLY,
		 word_of(f), f->responses == FIELD_COVERAGE_EARLY
				  ? "" : " that could have it");
	buf_release(&name);
}

/* Warns about the fields for which is_due() returns true, and about `each`
 * before them. After WARNINGS_MAX fields of a run, only the number of the
 * others is reported. */
static void report(struct field_coverage *f,
		   bool (*is_due)(const struct coverage *c),
		   void (*warn)(const struct field_coverage *f, size_t number))
{
	struct coverage *each = &f->list[f->fields];
	size_t left_out = 0;

	if (f->x->fields.each_query && is_due(each)) {
		each->reported = true;
		warn(f, f->fields);
	}
	if (f->x->fields.each_query && !each->found)
		return;
	for (size_t i = 0; i < f->fields; i++) {
		if (!is_due(&f->list[i]))
			continue;
		f->list[i].reported = true;
		if (++f->reported > WARNINGS_MAX)
			left_out++;
		else
			warn(f, i);
	}
	if (left_out)
		log_warn("and %zu more field%s", left_out,
			 left_out == 1 ? "" : "s");
}

static bool is_due_early(const struct coverage *c)
{
	return !c->found && !c->reported &&
	       c->searched == FIELD_COVERAGE_EARLY;
}

static bool is_due_at_end(const struct coverage *c)
{
	return !c->found && !c->reported;
}

/* Adds the state of a field in one response. Returns true if the early report
 * is due. */
static bool count_state(struct coverage *c, char state)
{
	c->found += state == FIELD_FOUND;
	if (c->searched == FIELD_COVERAGE_EARLY || state == FIELD_NOT_SEARCHED)
		return false;
	c->searched++;
	return is_due_early(c);
}

void field_coverage_add(struct field_coverage *f, const struct job *job)
{
	const struct buf *found = &job->found;
	bool is_due = false;

	/* Check the length of found, which may come from a worker process that
	 * is not trusted. */
	if (job->err || job->res.status >= 400 || !found->len)
		return;
	f->responses++;
	if (job->res.local)
		f->has_files = true;
	else
		f->has_responses = true;
	for (size_t i = 0; i <= f->fields && i < found->len; i++)
		is_due |= count_state(&f->list[i], found->data[i]);
	if (is_due)
		report(f, is_due_early, warn_early);
}

void field_coverage_warn(struct field_coverage *f)
{
	if (f->responses)
		report(f, is_due_at_end, warn_not_found);
}

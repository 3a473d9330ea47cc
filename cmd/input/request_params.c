/* Encodes JSON members as a form-encoded query. */
#include "cmd/input/request_params.h"

#include "base/json/compact.h"
#include "base/json/keys.h"
#include "base/json/string.h"
#include "base/mem.h"
#include "base/percent.h"
#include "cmd/input/input.h"

/* The member of the object that is being read. */
struct member {
	struct buf *out;
	struct job *job;
	struct line_ref ref;
	struct slice shown;	/* name of the parameter as written in the
				 * JSON */
	struct slice name;
};

static void fail_param(const struct member *m, const char *message)
{
	line_ref_fail(m->job, m->ref, "\"params\": \"%.*s\" %s",
		      json_shown_length(m->shown), m->shown.p, message);
}

static void add_scalar(const struct member *m, struct slice value)
{
	struct json_text t;

	if (value.p[0] == '{' || value.p[0] == '[' || value.p[0] == 'n') {
		fail_param(m, "must be a string, number or boolean, or an "
			   "array of those");
		return;
	}
	if (!json_is_text(value)) {
		percent_encode_form(m->out, value.p, value.len);
		return;
	}
	if (!json_text_read(&t, value)) {
		fail_param(m, "has a value that is not Unicode");
		return;
	}
	percent_encode_form(m->out, t.text.p, t.text.len);
	json_text_release(&t);
}

static void add_pair(const struct member *m, struct slice value)
{
	/* This limit is needed because a long name is repeated for each of its
	 * values: many short values would otherwise fill the memory. */
	if (m->out->len > INPUT_JSON_LINE_MAX) {
		fail_param(m, "makes the query longer than 16 MB");
		return;
	}
	if (m->out->len)
		buf_addch(m->out, '&');
	percent_encode_form(m->out, m->name.p, m->name.len);
	buf_addch(m->out, '=');
	add_scalar(m, value);
}

static void add_pairs(const struct member *m, struct slice value)
{
	struct slice none, element;

	if (value.p[0] != '[') {
		add_pair(m, value);
		return;
	}
	for (size_t at = 0; json_next(value, &at, &none, &element);) {
		add_pair(m, element);
		if (m->job->err)
			return;
	}
}

static void add_member(struct member *m, struct key_set *names,
		       struct slice value)
{
	struct json_text t;

	if (!json_text_read(&t, json_quoted(m->shown))) {
		fail_param(m, "is not Unicode");
		return;
	}
	m->name = t.text;
	key_set_add(names, t.text);
	add_pairs(m, value);
	json_text_release(&t);
}

char *request_params_read(struct slice object, struct job *job,
			  struct line_ref ref)
{
	struct buf out = {0};
	struct member m = {.out = &out, .job = job, .ref = ref};
	struct key_set names = {0};
	struct slice value;
	char *params = NULL;

	for (size_t at = 0; json_next(object, &at, &m.shown, &value);) {
		add_member(&m, &names, value);
		if (job->err)
			goto out;
	}
	if (!key_set_sort(&names, &m.shown))
		fail_param(&m, "appears twice; use an array");
	else if (out.len)
		params = xmemdup(out.data, out.len);
out:
	key_set_release(&names);
	buf_release(&out);
	return params;
}

/* Describes an endpoint for --dry-run: its first request as far as it is known,
 * its paging and its limits. Secrets and the values of variables are not
 * shown. */
#include <stdlib.h>
#include <string.h>

#include "base/percent.h"
#include "base/url/url.h"
#include "cmd/gather/spec/reader.h"
#include "cmd/gather/template/template.h"

enum plan_use { AS_URL, AS_FORM, AS_TEXT };

static void add_text(struct buf *out, struct slice text, enum plan_use use)
{
	if (use == AS_FORM)
		percent_encode_form(out, text.p, text.len);
	else
		buf_add(out, text.p, text.len);
}

static void add_placeholder(struct spec_reader *r, struct buf *out,
			    struct slice placeholder, enum plan_use use)
{
	struct buf text = {0}, value = {0}, why = {0};

	buf_add(&text, placeholder.p, placeholder.len);
	if (!r->current.example ||
	    template_fill(&value, buf_cstr(&text),
			  use == AS_URL ? TEMPLATE_URL : TEMPLATE_TEXT,
			  r->current.example, &why))
		buf_add(out, placeholder.p, placeholder.len);
	else
		add_text(out, (struct slice){value.data, value.len}, use);
	buf_release(&text);
	buf_release(&value);
	buf_release(&why);
}

/* Adds a template with placeholders filled with the first value, if that is
 * known, and with variables shown by their names. */
static void add_filled(struct spec_reader *r, struct buf *out,
		       const char *text, enum plan_use use)
{
	const unsigned how = PIECES_VARIABLES |
			     (r->current.has_each ? PIECES_PLACEHOLDERS : 0);
	struct piece piece;

	while ((piece = piece_next(&text, how)).kind) {
		if (piece.kind == PIECE_PLACEHOLDER)
			add_placeholder(r, out, piece_with_braces(piece), use);
		else if (piece.kind == PIECE_VARIABLE)
			buf_addf(out, "${%.*s}", (int)piece.text.len,
				 piece.text.p);
		else
			add_text(out, piece.text, use);
	}
}

static void add_param(struct spec_reader *r, struct buf *query,
		      const char *name, const char *text)
{
	if (query->len)
		buf_addch(query, '&');
	percent_encode_form(query, name, strlen(name));
	buf_addch(query, '=');
	add_filled(r, query, text, AS_FORM);
}

/* The functions below return texts as written in the file, so that the values
 * of variables are not shown. */

static const char *paging_text(struct spec_reader *r, const char *key)
{
	return json_string_value(json_object_get(
		json_object_get(r->current.object, "paginate"), key));
}

static const char *numbered_param(struct spec_reader *r)
{
	return paging_text(r, r->current.e->pages.kind == PAGES_NUMBER
				      ? "page"
				      : "offset");
}

static const char *method_text(struct spec_reader *r)
{
	const struct gather_endpoint *e = r->current.e;

	if (e->method)
		return json_string_value(
			json_object_get(r->current.object, "method"));
	return e->json || e->body ? "POST" : "GET";
}

static void add_params(struct spec_reader *r, struct buf *query)
{
	const struct gather_pages *p = &r->current.e->pages;
	const char *name;
	json_t *values, *value;
	size_t i;

	json_object_foreach(r->current.params, name, values)
	{
		if (json_is_string(values))
			add_param(r, query, name, json_string_value(values));
		json_array_foreach(values, i, value)
			add_param(r, query, name, json_string_value(value));
	}
	if (p->kind == PAGES_NUMBER || p->kind == PAGES_OFFSET)
		buf_addf(query, "%s%s=%ld", query->len ? "&" : "",
			 numbered_param(r), p->from);
}

/* Adds the first request. The query is inserted before a fragment, which is not
 * sent. */
static void add_first(struct spec_reader *r, struct buf *plan)
{
	struct buf url = {0}, query = {0};
	const size_t start = plan->len;
	size_t fragment;

	add_filled(r, &url, r->current.e->shown, AS_URL);
	add_params(r, &query);
	fragment = strcspn(buf_cstr(&url), "#");
	buf_addf(plan, "  %s ", method_text(r));
	buf_add(plan, url.data, fragment);
	if (query.len)
		buf_addf(plan, "%c%s", strchr(url.data, '?') ? '&' : '?',
			 buf_cstr(&query));
	buf_addstr(plan, url.data + fragment);
	gather_plan_end_line(plan, start);
	buf_release(&url);
	buf_release(&query);
}

static void add_headers(struct spec_reader *r, struct buf *plan)
{
	struct buf lines = {0};
	const char *p, *eol;

	add_filled(r, &lines, buf_cstr(&r->current.headers.shown), AS_TEXT);
	for (p = buf_cstr(&lines); (eol = strchr(p, '\n')); p = eol + 1)
		buf_addf(plan, "  %.*s\n", (int)(eol - p), p);
	buf_release(&lines);
}

static void add_body(const struct gather_endpoint *e, struct buf *plan)
{
	if (e->json)
		buf_addstr(plan, "  with a JSON body\n");
	else if (e->form)
		buf_addstr(plan, "  with a form\n");
	else if (e->body)
		buf_addstr(plan, "  with a text body\n");
}

static void add_auth(const struct gather_endpoint *e, struct buf *plan)
{
	static const char *const names[] = {
		[AUTH_BASIC] = "user and password",
		[AUTH_BEARER] = "a bearer token",
		[AUTH_OAUTH2] = "a token by OAuth 2.0 client credentials",
	};

	if (e->auth.kind)
		buf_addf(plan, "  with %s\n", names[e->auth.kind]);
}

static void add_cursor(struct spec_reader *r, struct buf *plan)
{
	const struct gather_pages *p = &r->current.e->pages;

	if (p->filter)
		buf_addf(plan, "cursor %s to ", p->filter);
	else
		buf_addf(plan, "cursor of header %s to ",
			 paging_text(r, "cursor_header"));
	if (p->param)
		buf_addf(plan, "parameter %s", paging_text(r, "param"));
	else if (p->header)
		buf_addf(plan, "header %s", paging_text(r, "header"));
	else
		buf_addf(plan, "%s of the body", paging_text(r, "json"));
	if (p->more)
		buf_addf(plan, ", while %s", p->more);
}

static void add_pages(struct spec_reader *r, struct buf *plan)
{
	const struct gather_pages *p = &r->current.e->pages;
	const size_t start = plan->len;

	if (p->kind == PAGES_ONE)
		return;
	buf_addstr(plan, "  pages: ");
	if (p->kind == PAGES_LINK)
		buf_addf(plan, "Link header, rel %s", paging_text(r, "link"));
	else if (p->kind == PAGES_NEXT)
		buf_addf(plan, "next URL %s", p->filter);
	else if (p->kind == PAGES_NEXT_HEADER)
		buf_addf(plan, "next URL of header %s",
			 paging_text(r, "next_header"));
	else if (p->kind == PAGES_CURSOR || p->kind == PAGES_CURSOR_HEADER)
		add_cursor(r, plan);
	else
		buf_addf(plan, "%s=%ld, %ld, ...", numbered_param(r), p->from,
			 p->from + p->step);
	if (p->total)
		buf_addf(plan, ", as many as %s says", p->total);
	if (p->max)
		buf_addf(plan, ", at most %lu", p->max);
	if (p->max_empty)
		buf_addf(plan, ", until %lu in a row are empty", p->max_empty);
	gather_plan_end_line(plan, start);
}

static void add_limits(const struct gather_endpoint *e, struct buf *plan)
{
	if (e->concurrency)
		buf_addf(plan, "  at most %u at once\n", e->concurrency);
	if (e->interval > 0)
		buf_addf(plan, "  one start in %g s\n", e->interval / 1e3);
	if (e->max_time > 0)
		buf_addf(plan, "  at most %g s each\n", e->max_time / 1e3);
}

static void add_filter(const struct gather_endpoint *e, struct buf *plan)
{
	const size_t start = plan->len;

	if (!e->filter)
		return;
	buf_addf(plan, "  jq: %s", e->filter);
	gather_plan_end_line(plan, start);
}

void gather_plan_make(struct spec_reader *r)
{
	struct gather_endpoint *e = r->current.e;
	struct buf plan = {0};

	add_first(r, &plan);
	add_headers(r, &plan);
	add_body(e, &plan);
	add_auth(e, &plan);
	add_pages(r, &plan);
	add_limits(e, &plan);
	add_filter(e, &plan);
	e->plan = buf_detach(&plan);
}

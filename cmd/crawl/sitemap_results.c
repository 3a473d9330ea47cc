#include "cmd/crawl/sitemap_results.h"

#include <stdio.h>

#include "base/log.h"

/* Maximum number of messages about documents. */
enum { NOTES_MAX = 20 };

void sitemap_results_init(struct sitemap_results *r)
{
	*r = (struct sitemap_results){.errors = json_object()};
}

void sitemap_results_release(struct sitemap_results *r)
{
	json_decref(r->errors);
	*r = (struct sitemap_results){0};
}

void sitemap_results_log(struct sitemap_results *r, const char *url,
			 const char *why)
{
	if (r->notes++ < NOTES_MAX)
		log_warn("sitemap %.500s: %s", url, why);
}

void sitemap_results_report(const struct sitemap_results *r)
{
	if (r->notes > NOTES_MAX)
		log_warn("%u more sitemaps could not be read, or not all of "
			 "them", r->notes - NOTES_MAX);
}

static uint64_t number_in(const json_t *object, const char *name)
{
	return (uint64_t)json_integer_value(json_object_get(object, name));
}

static void add_to(json_t *object, const char *name, uint64_t n)
{
	json_object_set_new(object, name, json_integer(
		(json_int_t)(number_in(object, name) + n)));
}

void sitemap_results_note(struct sitemap_results *r, const char *url,
			  bool is_guess, const struct job *job)
{
	const bool has_entries = job->links.len > 0;
	const bool is_bad = job->err || job->res.status >= 400;
	char http[16];

	r->counts.read += has_entries || !is_bad;
	if (!is_bad || (is_guess && !has_entries))
		return;
	snprintf(http, sizeof(http), "HTTP %.3d", job->res.status % 1000);
	if (job->err) {
		add_to(r->errors, err_name(job->err), 1);
		sitemap_results_log(r, url, job->err_message ? job->err_message
						: err_name(job->err));
	} else {
		add_to(r->errors, http + sizeof("HTTP"), 1);
		sitemap_results_log(r, url, http);
	}
}

void sitemap_results_add(struct sitemap_results *r,
			 const struct sitemap_counts *counts)
{
	struct sitemap_counts *sum = &r->counts;

	sum->read += counts->read;
	sum->entries += counts->entries;
	sum->pages += counts->pages;
	for (size_t i = 0; i < SKIP_REASONS; i++)
		sum->refused[i] += counts->refused[i];
}

json_t *sitemap_results_to_json(const struct sitemap_results *r)
{
	const struct sitemap_counts *counts = &r->counts;
	json_t *o = json_object(), *refused = json_object();

	add_to(o, "read", counts->read);
	add_to(o, "entries", counts->entries);
	add_to(o, "pages", counts->pages);
	for (size_t i = 0; i < SKIP_REASONS; i++)
		if (counts->refused[i])
			add_to(refused, skip_reason_name((enum skip_reason)i),
			       counts->refused[i]);
	json_object_set_new(o, "refused", refused);
	json_object_set_new(o, "errors", json_copy(r->errors));
	return o;
}

void sitemap_results_read(struct sitemap_results *r, const json_t *from)
{
	const json_t *refused = json_object_get(from, "refused");
	struct sitemap_counts counts = {number_in(from, "read"),
					number_in(from, "entries"),
					number_in(from, "pages"), {0}};
	const char *kind;
	json_t *n;

	for (size_t i = 0; i < SKIP_REASONS; i++)
		counts.refused[i] = number_in(refused, skip_reason_name(
			(enum skip_reason)i));
	sitemap_results_add(r, &counts);
	json_object_foreach(json_object_get(from, "errors"), kind, n)
		add_to(r->errors, kind, (uint64_t)json_integer_value(n));
}

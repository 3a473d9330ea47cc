/* Roles are numbers in the state of a crawl, so their names and their order
 * must stay the same. */
#include "cmd/crawl/page_roles.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/exit_code.h"
#include "base/json/compact.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/utf8.h"

static uint64_t digest_of_names(const struct roles *roles)
{
	struct buf names = {0};
	uint64_t digest;

	for (size_t i = 0; roles && i < roles->count; i++)
		buf_addf(&names, "%s\n",
			 roles->list[i].name ? roles->list[i].name : "");
	digest = digest_of(names.data, names.len).a;
	buf_release(&names);
	return digest;
}

int page_roles_check(const struct roles *roles, struct frontier *f,
		     const char *folder)
{
	if (frontier_keep_number(f, "roles", digest_of_names(roles)))
		return 0;	/* an error of the frontier is handled at the
				 * first page */
	log_fatal("--resume: the crawl in %.500s has pages with other roles: "
		  "their names and their order must stay the same", folder);
	return EXIT_USAGE;
}

/* Returns a copy of the text if it is a valid JSON object, else NULL. */
static char *copy_carried(struct slice carried)
{
	struct buf copy = {0};

	if (carried.len > CARRIED_MAX || carried.p[0] != '{' ||
	    utf8_valid_prefix(carried.p, carried.len) != carried.len ||
	    !json_add_checked(&copy, carried)) {
		buf_release(&copy);
		return NULL;
	}
	buf_cstr(&copy);
	return buf_detach(&copy);
}

bool page_roles_set(struct frontier_page *page, const struct roles *roles,
		    const struct page_link *link)
{
	if (!roles)
		return !link->role && !link->carried.len;
	if (link->role >= roles->count)
		return false;
	page->role = link->role;
	page->priority = (int)link->role;
	if (!link->carried.len)
		return true;
	page->carried = copy_carried(link->carried);
	return page->carried;
}

bool page_roles_have_links(const struct roles *roles,
			   const struct frontier_page *page)
{
	return !roles || roles->list[page->role].follow_count;
}

bool page_roles_have_row(const struct roles *roles,
			 const struct frontier_page *page)
{
	return !roles || roles->list[page->role].has_rows;
}

/* For each role: whether links of its pages were read, and, for each other
 * role, whether one of these links leads there. The selectors of --follow apply
 * to all pages: they are noted as those of role 0. */
struct page_links {
	const struct roles *roles;
	bool *was_read, *was_found;
};

struct page_links *page_links_new(const struct roles *roles)
{
	struct page_links *l;

	if (!roles)
		return NULL;
	l = xcalloc(1, sizeof(*l));
	l->roles = roles;
	l->was_read = xcalloc(roles->count, sizeof(*l->was_read));
	l->was_found = xcalloc(roles->count * roles->count,
			       sizeof(*l->was_found));
	return l;
}

void page_links_free(struct page_links *l)
{
	if (!l)
		return;
	free(l->was_read);
	free(l->was_found);
	free(l);
}

static unsigned noted_role(const struct page_links *l, unsigned role)
{
	return l->roles->is_from_file ? role : 0;
}

void page_links_note_page(struct page_links *l, unsigned role)
{
	if (l)
		l->was_read[noted_role(l, role)] = true;
}

static bool *found(const struct page_links *l, unsigned from, unsigned to)
{
	return &l->was_found[noted_role(l, from) * l->roles->count + to];
}

void page_links_note_link(struct page_links *l, unsigned from, unsigned to)
{
	if (l && to < l->roles->count)
		*found(l, from, to) = true;
}

static void warn_not_found(const struct page_links *l, unsigned from,
			   const struct role_follow *follow)
{
	const char *to = roles_name(l->roles, follow->to);

	if (l->roles->is_from_file)
		log_warn("\"follow\" of the role %.200s: no page had a link to "
			 "%.200s (%.200s)", roles_name(l->roles, from), to,
			 follow->query);
	else
		log_warn("--follow %.200s%s%.200s: no page had such a link",
			 to ? to : "", to ? "=" : "", follow->query);
}

void page_links_warn(struct page_links *l)
{
	for (unsigned i = 0; l && i < l->roles->count; i++) {
		const struct role *role = &l->roles->list[i];

		for (size_t k = 0; l->was_read[i] && k < role->follow_count; k++)
			if (!*found(l, i, role->follow[k].to))
				warn_not_found(l, i, &role->follow[k]);
	}
}

/* Roles are numbers in the state of a crawl, so their names and their order must
 * stay the same. */
#include "cmd/crawl/page_roles.h"

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

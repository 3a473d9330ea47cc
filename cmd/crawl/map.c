#include "cmd/crawl/map.h"

#include <inttypes.h>
#include <string.h>

#include "base/exit_code.h"
#include "base/json/compact.h"
#include "base/log.h"
#include "cmd/crawl/page_job.h"
#include "cmd/crawl/page_roles.h"

void map_put(struct output *output, const struct roles *roles, uint64_t index,
	     const char *url, const struct frontier_page *page)
{
	struct buf line = {0};

	if (!page_roles_have_row(roles, page))
		return;
	buf_addf(&line, "{\"index\":%" PRIu64, index);
	if (page->id)
		buf_addf(&line, ",\"id\":%s", page->id);
	buf_addstr(&line, ",\"url\":");
	json_add_string(&line, url, strlen(url));
	buf_addf(&line, ",\"level\":%u", page->level);
	page_job_add_text(&line, "via", page->via);
	page_job_add_text(&line, "role", roles_name(roles, page->role));
	page_job_add_text(&line, "lastmod", page->lastmod);
	buf_addstr(&line, "}\n");
	output_put(output, index, &line);
	buf_release(&line);
}

int map_check(bool is_map, struct frontier *f, const char *folder)
{
	if (frontier_keep_number(f, "map", is_map))
		return 0;	/* the frontier has failed, which is reported
				 * when the first page is taken from it */
	log_fatal("--resume: the crawl in %.500s writes %s: continue it %s "
		  "--map, or begin another one", folder,
		  is_map ? "records" : "URLs", is_map ? "without" : "with");
	return EXIT_USAGE;
}

/* Shows URLs without their secrets. */
#include "cmd/crawl/trap_list.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/secret_rules.h"

/* Texts that follow "trap: URL" in the messages. */
static const char *const messages[TRAP_KINDS] = {
	[TRAP_FORM] = "repeats parts of itself; such links were left out",
	[TRAP_YIELD] = "and other pages of its form had hardly any new text; "
		       "no more of them are requested",
	[TRAP_PATH] = "and other queries of its path had hardly any new text; "
		      "no more of them are requested",
	[TRAP_MIXTURES] = "and other combinations of the same segments had "
			  "hardly any new text; no more of them are requested",
	[TRAP_SOFT_404] = "has the text of a page that does not exist; links "
			  "of such pages were not followed",
};

const char *trap_kind_text(enum trap_kind kind)
{
	static const char *const texts[TRAP_KINDS] = {
		[TRAP_FORM] = "URLs that repeat parts of themselves",
		[TRAP_YIELD] = "pages of one form with hardly any new text",
		[TRAP_PATH] = "queries of one path with hardly any new text",
		[TRAP_MIXTURES] = "combinations of the same segments with "
				  "hardly any new text",
		[TRAP_SOFT_404] = "pages that do not exist, with status 200",
	};

	return texts[kind];
}

void trap_list_add(struct trap_list *l, enum trap_kind kind, struct slice url)
{
	struct buf shown = {0};

	l->all++;
	if (l->len == TRAP_LIST_MAX)
		return;
	secret_url_show(&shown, url.p, url.len);
	l->list[l->len].kind = kind;
	l->list[l->len++].url = buf_detach(&shown);
}

void trap_list_report(const struct trap_list *l)
{
	for (size_t i = 0; i < l->len; i++)
		log_warn("trap: %.500s %s", l->list[i].url,
			 messages[l->list[i].kind]);
	if (l->all > l->len)
		log_warn("trap: and %zu more", l->all - l->len);
}

void trap_list_release(struct trap_list *l)
{
	for (size_t i = 0; i < l->len; i++)
		free(l->list[i].url);
	*l = (struct trap_list){0};
}

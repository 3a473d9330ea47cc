#include "cmd/help.h"

#include <stdio.h>

#include "cmd/modes.h"
#include "cmd/option_table.h"
#include "parse/parse.h"

/* Where the words begin that say what an option does. */
enum { HELP_COLUMN = 32 };

static const char *const group_titles[GROUP_COUNT] = {
	[GROUP_OUTPUT] = "Output",
	[GROUP_EXTRACTION] = "Extraction",
	[GROUP_LIMITS] = "Limits",
	[GROUP_REQUEST] = "Requests",
	[GROUP_LOGIN] = "Logging in",
	[GROUP_NETWORK] = "Network",
	[GROUP_TLS] = "TLS",
	[GROUP_RUN] = "Running",
	[GROUP_GENERAL] = "General",
};

static void print_row(const struct option_row *r)
{
	char left[80];
	int len;

	if (r->letter)
		len = snprintf(left, sizeof(left), "  -%c, --", r->letter);
	else
		len = snprintf(left, sizeof(left), "      --");
	len += snprintf(left + len, sizeof(left) - (size_t)len, "%s%s%s",
			r->name, r->arg ? " " : "", r->arg ? r->arg : "");
	printf("%-*s %s\n", HELP_COLUMN, left, r->help);
}

void help_print(void)
{
	enum option_group group = GROUP_COUNT;

	printf("Usage: scrape [OPTIONS] [SOURCE...]\n"
	       "Fetches every URL and prints one JSON line each. A SOURCE is "
	       "a URL, a file\nwith one URL or JSON request a line, or - for "
	       "standard input (the default).\n");
	for (const struct option_row *r = option_rows; r->name; r++) {
		if (r->group != group)
			printf("\n%s\n", group_titles[r->group]);
		group = r->group;
		print_row(r);
	}
	printf("\nModes\n");
	for (const struct mode *m = modes; m->name; m++)
		printf("  %-12s %s%s\n", m->name, m->help,
		       m == modes ? " (the default)" : "");
	printf("\nA page that takes longer than --parse-timeout to parse gives a "
	       "parse error. In\nmode fork its process is killed; in the "
	       "others that can only happen with --xpath,\n--jq or a regex, "
	       "and the thread is left to itself: %d of them at most, while\n"
	       "there are so many no other such page is tried.\n",
	       PARSE_MAX_STUCK);
	printf("\nMost options without a value have a --no-NAME too. Exit "
	       "codes: 0 every request\nhas its record, 1 some of them have "
	       "errors (with --fail), 2 usage, 3 the run was\nnot "
	       "completed.\n");
}

#include "cmd/compare/messages.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"

/* Lines that are remembered, and how much of each: what comes after them is
 * not shown, a thousand runs would say too much. */
enum { LINES = 100, LINE_BYTES = 1024 };

static char shown[LINES][LINE_BYTES];
static size_t shown_len;

static bool is_new(const char *line)
{
	for (size_t i = 0; i < shown_len; i++)
		if (!strcmp(shown[i], line))
			return false;
	return true;
}

void compare_messages_show(const char *path)
{
	FILE *f = fopen(path, "re");
	char line[LINE_BYTES];

	while (f && shown_len < LINES && fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		if (!*line || !is_new(line))
			continue;
		memcpy(shown[shown_len++], line, sizeof(line));
		log_more("%s", line);
	}
	if (f)
		fclose(f);
}

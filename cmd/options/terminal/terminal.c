/* Asks the system about the standard streams. */
#include "cmd/options/terminal/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Returns true if output to fd may appear on a terminal: a terminal, or a pipe
 * that is likely to end at one ("| jq"). On that terminal, records and the
 * progress line would be mixed. */
static bool may_be_terminal(int fd)
{
	struct stat st;

	return isatty(fd) || fstat(fd, &st) || S_ISFIFO(st.st_mode) ||
	       S_ISSOCK(st.st_mode);
}

bool terminal_wants_progress(enum choice meter, bool silent,
			     bool prints_records)
{
	if (meter != CHOICE_AUTO)
		return meter == CHOICE_ON;
	if (silent || !isatty(STDERR_FILENO))
		return false;
	return !prints_records || !may_be_terminal(STDOUT_FILENO);
}

/* https://no-color.org */
bool terminal_wants_colour(enum choice color)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	if (color != CHOICE_AUTO)
		return color == CHOICE_ON;
	return isatty(STDOUT_FILENO) && !(no_color && *no_color) &&
	       !(term && !strcmp(term, "dumb"));
}

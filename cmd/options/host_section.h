/*
 * [host "api.example.com"] sections of -K files and of the user's own file:
 * settings for the requests to one host, or with "*.example.com" to all names
 * below one.
 *
 *	[host "api.example.com"]
 *	rate = 5/s
 *	parallel = 2
 *	header = "X-Team: search"
 *	oauth2-bearer = ${API_TOKEN}
 *	proxy = "http://proxy.example:3128"
 *
 * A section ends at the next one, or at the end of the file. The options of the
 * command line outweigh those of sections, and these outweigh the options that
 * files have outside of sections.
 */
#ifndef CMD_OPTIONS_HOST_SECTION_H
#define CMD_OPTIONS_HOST_SECTION_H

#include "cmd/options/command_line.h"

struct option_row;

/* Returns true if sections have an effect on the line's command: it makes
 * requests with the options of its own process. */
bool host_sections_apply(const struct command_line *line);

/* Begins a section with its line, "[host ...]", which may be changed. Returns
 * 0, or -1 after logging the reason. */
int host_section_begin(struct command_line *line, char *text);

/* Sets an option of the section. word is its name, with dashes; the value is
 * kept by line, or NULL. Returns 0, or -1 after logging the reason. */
int host_section_set(struct command_line *line, const char *word,
		     const char *value);

/* Notes an option that was read outside of sections: whether it outweighs them.
 * old_headers: number of headers before. */
void host_section_note(struct command_line *line,
		       const struct option_row *row, size_t old_headers);

/* Checks logins, and removes the settings of hosts that options of the command
 * line outweigh. Call after reading all options. Returns 0, or -1 after logging
 * the reason. */
int host_sections_finish(struct command_line *line);

#endif

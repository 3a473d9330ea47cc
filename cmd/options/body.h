/* The body of requests, which -d, --json, -F and similar options make together
 * (cmd/options/setters.h). */
#ifndef CMD_OPTIONS_BODY_H
#define CMD_OPTIONS_BODY_H

struct command_line;

/* Combines -d, --json, -F, -G, -I and -X into the request, when all options
 * have been read. Returns 0, or -1 after logging which of them contradict each
 * other. */
int body_finish(struct command_line *line);

/* Warns of a header among the arguments that contains "${". */
void header_hint(const struct command_line *line);

#endif

/* The roles of a crawl's pages: --follow, --rows, and "pages" of --extract. */
#ifndef CMD_OPTIONS_ROLES_H
#define CMD_OPTIONS_ROLES_H

#include <stdbool.h>
#include <jansson.h>

struct command_line;
struct option_use;
struct options;

int opt_follow(const struct option_use *use);	/* strings */

/* Reads the roles of an --extract file that has the key "pages". Returns 0, or
 * -1 after adding the reason to use->why. */
int roles_read(const struct option_use *use, json_t *json);

/* Checks that no option contradicts the roles that a file defines. Returns 0,
 * or -1 after logging the reason. */
int roles_check_fields(const struct command_line *line);

/* Completes the roles after all options are read. Returns 0, or -1 after
 * logging the reason. */
int roles_finish_options(struct command_line *line);

/* Returns true if a page can have several records, in any role. */
bool roles_have_items(const struct options *o);

/* Logs, with -v, for each jq filter of a field whether it runs with libjq. */
void roles_trace_filters(const struct options *o);

#endif

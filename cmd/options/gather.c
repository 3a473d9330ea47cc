/* Setters of --spec and --var. */
#include <string.h>

#include "cmd/options/setters.h"
#include "cmd/options/table.h"

/* The file is read later, when all options are known. */
int opt_spec(const struct option_use *use)
{
	if (!*use->value) {
		buf_addstr(use->why, "must not be empty");
		return -1;
	}
	if (!strcmp(use->value, "-") &&
	    command_line_claim_stdin(use->line, "spec", use->why))
		return -1;
	*(const char **)use->to = use->value;
	return 0;
}

static bool is_name(const char *s, size_t len)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";

	return len && strspn(s, letters) >= len && !(*s >= '0' && *s <= '9');
}

/* Messages never contain a part of the value, which may be a password. */
int opt_var(const struct option_use *use)
{
	const char *equals = strchr(use->value, '=');

	if (!equals || !is_name(use->value, (size_t)(equals - use->value)))
		return command_line_fail(use->line, "--var must be NAME=VALUE, "
					 "where NAME is letters, digits and _, "
					 "not a digit first");
	command_line_add(use->to, use->value);
	return 0;
}

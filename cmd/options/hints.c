/* Finds hints in the table of cmd/options/hints/hint_rows.c. */
#include "cmd/options/hints.h"

#include <string.h>

#include "cmd/options/command.h"
#include "cmd/options/hints/hint_rows.h"
#include "cmd/options/hints/refusals.h"
#include "cmd/options/table.h"

static bool has_word(const char *words, const char *name, size_t len)
{
	const char *end;

	for (; *words; words = *end ? end + 1 : end) {
		end = words + strcspn(words, " ");
		if ((size_t)(end - words) == len && !memcmp(words, name, len))
			return true;
	}
	return false;
}

/* Returns true if the option or command that the row needs exists; sets
 * *is_elsewhere if it is an option that only other commands have. */
static bool is_possible(const struct hint_row *hint,
			const struct command *commands, unsigned bit,
			bool *is_elsewhere)
{
	static const char command[] = "scrape ";
	const size_t len = sizeof(command) - 1;
	const char *needs = hint->needs;
	const struct option_row *row;

	*is_elsewhere = false;
	if (!needs)
		return true;
	if (!strncmp(needs, command, len))
		return *command_find(commands, needs + len)->name != '\0';
	row = option_by_name(needs, strlen(needs));
	if (!row)
		return false;
	*is_elsewhere = !(option_is_for(option_variant(row, bit)) & bit);
	return true;
}

/* Chooses the first possible row for a word. A row about an option of other
 * commands is chosen only if there is no other row. */
static struct hint find_hint(const char *name, size_t len, char letter,
			     const struct command *commands, unsigned bit)
{
	struct hint hint = {0};
	bool is_elsewhere;

	for (const struct hint_row *r = hint_rows; r->words; r++) {
		if (!(letter && r->letter == letter) &&
		    !(len && has_word(r->words, name, len)))
			continue;
		if (!is_possible(r, commands, bit, &is_elsewhere))
			continue;
		if (!is_elsewhere)
			return (struct hint){.advice = r->advice};
		if (!hint.advice)
			hint = (struct hint){r->advice, true};
	}
	return hint;
}

struct hint hint_name(const char *name, size_t len,
		      const struct command *commands, unsigned bit)
{
	return find_hint(name, len, '\0', commands, bit);
}

struct hint hint_letter(char letter, const struct command *commands,
			unsigned bit)
{
	return find_hint(NULL, 0, letter, commands, bit);
}

/* Returns what a user of gather can do instead of using the option; or NULL. */
static const char *gather_refusal(const struct option_row *row)
{
	switch (row->group) {
	case GROUP_OUTPUT:
		return "it writes one JSON document, or with --stream a line "
		       "for each item";
	case GROUP_EXTRACTION:
		return "\"jq\" of an endpoint in the --spec selects values";
	case GROUP_REQUEST:
		return "each endpoint in the --spec has its own request";
	default:
		return NULL;
	}
}

/* Returns the name of the only command that has the option. Returns NULL if
 * several commands have it, or if that command has no name. */
static const char *only_command(const struct command_line *line, unsigned bits)
{
	for (const struct command *c = line->commands; c->name; c++)
		if (c->bit == bits && *c->name)
			return c->name;
	return NULL;
}

/* Fails because the command does not have the option, for no special reason. */
static int fail_refused(const struct command_line *line, const char *spelled)
{
	const char *name = line->command->name, *about = "";

	if (line->command->bit == FOR_EXTRACT)
		return command_line_fail(line, "%s is for fetching, not for "
					 "files", spelled);
	if (line->command->bit & FOR_RECORDS)
		about = ", which reads saved records";
	return command_line_fail(line, "%s is not for scrape %s%s: \"scrape %s "
				 "--help\" lists its options", spelled, name,
				 about, name);
}

int hint_refuse(const struct command_line *line, const struct option_row *row,
		const char *spelled)
{
	const char *why = refusal_find(line->command->name, row->name);
	const char *only = only_command(line, option_is_for(row));
	const struct hint hint = hint_name(row->name, strlen(row->name),
					   line->commands, line->command->bit);
	const char *advice = hint.is_elsewhere ? NULL : hint.advice;

	if (!why && !only && line->command->bit == FOR_GATHER)
		why = gather_refusal(row);
	if (why)
		return command_line_fail(line, "%s is not for scrape %s: %s",
					 spelled, line->command->name, why);
	if (only)
		return command_line_fail(line, "%s is for scrape %s%s%s",
					 spelled, only, advice ? "; " : "",
					 advice ? advice : "");
	return fail_refused(line, spelled);
}

/* Finds hints in the table of cmd/options/hints/hint_rows.c. */
#include "cmd/options/hints.h"

#include <string.h>

#include "cmd/options/command.h"
#include "cmd/options/hints/hint_rows.h"
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

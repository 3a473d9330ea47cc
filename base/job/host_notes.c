/* Adds up the notes about hosts. */
#include "base/job/host_notes.h"

#include <stddef.h>

const char *held_by_name(enum held_by reason)
{
	static const char *const names[HELD_BY_COUNT] = {
		[HELD_BY_ROBOTS] = "robots",
		[HELD_BY_429] = "429",
		[HELD_BY_RATE] = "rate",
	};

	return names[reason];
}

const char *robots_status_name(enum robots_status status)
{
	static const char *const names[ROBOTS_STATUSES] = {
		[ROBOTS_NONE] = "none",
		[ROBOTS_ALLOWS_ALL] = "allows_all",
		[ROBOTS_HAS_RULES] = "rules",
		[ROBOTS_NOT_READABLE] = "unreachable",
	};

	return names[status];
}

msec host_notes_hold(struct host_notes *notes, enum held_by reason, msec from,
		     msec until)
{
	if (until <= from)
		return from;
	notes->held[reason] += until - from;
	return until;
}

void host_notes_add(struct host_notes *to, const struct host_notes *notes)
{
	for (size_t i = 0; i < HELD_BY_COUNT; i++)
		to->held[i] += notes->held[i];
	if (notes->robots != ROBOTS_NOT_ASKED)
		to->robots = notes->robots;
}

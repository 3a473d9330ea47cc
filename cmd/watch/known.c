#include "cmd/watch/known.h"

#include <stdlib.h>

void known_release(struct known *k)
{
	validators_release(&k->validators);
	free(k->failure);
	free(k->fields);
	*k = (struct known){0};
}

const char *condition_name(enum condition c)
{
	static const char *const names[CONDITIONS] = {
		[CONDITION_UNKNOWN] = "new",
		[CONDITION_GOOD] = "good",
		[CONDITION_GONE] = "gone",
		[CONDITION_FAILED] = "failed",
	};

	return names[c < CONDITIONS ? c : CONDITION_UNKNOWN];
}

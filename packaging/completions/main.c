/* completions SHELL [NAME]: writes the completions for bash, zsh or fish to
 * standard output. NAME is the name of the installed program. */
#include <stdlib.h>
#include <string.h>

#include "packaging/completions/completions.h"

static const struct {
	const char *shell;
	void (*write)(FILE *to, const char *name);
} shells[] = {
	{"bash", write_bash},
	{"zsh", write_zsh},
	{"fish", write_fish},
};

int main(int argc, char **argv)
{
	const char *name = argc > 2 ? argv[2] : "scrape";
	const bool is_usable = argc == 2 || argc == 3;

	for (size_t i = 0; is_usable && i < sizeof(shells) / sizeof(*shells); i++) {
		if (strcmp(argv[1], shells[i].shell) != 0)
			continue;
		shells[i].write(stdout, name);
		return fflush(stdout) || ferror(stdout) ? EXIT_FAILURE
							: EXIT_SUCCESS;
	}
	fprintf(stderr, "Usage: completions bash|zsh|fish [NAME]\n");
	return 2;
}

/* completions SHELL: writes the completions for bash, zsh or fish to standard
 * output. */
#include <stdlib.h>
#include <string.h>

#include "packaging/completions/completions.h"

static const struct {
	const char *shell;
	void (*write)(FILE *to);
} shells[] = {
	{"bash", write_bash},
	{"zsh", write_zsh},
	{"fish", write_fish},
};

int main(int argc, char **argv)
{
	for (size_t i = 0; argc == 2 && i < sizeof(shells) / sizeof(*shells);
	     i++) {
		if (strcmp(argv[1], shells[i].shell) != 0)
			continue;
		shells[i].write(stdout);
		return fflush(stdout) || ferror(stdout) ? EXIT_FAILURE
							: EXIT_SUCCESS;
	}
	fprintf(stderr, "Usage: completions bash|zsh|fish\n");
	return 2;
}

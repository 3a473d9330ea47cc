/* The exit codes of the program, besides 0 (docs/scrape.1, EXIT STATUS). */
#ifndef BASE_EXIT_CODE_H
#define BASE_EXIT_CODE_H

enum exit_code {
	EXIT_SOME_FAILED = 1,	/* some records or endpoints have errors */
	EXIT_USAGE = 2,		/* the command line, or a file that it names, is
				 * wrong */
	EXIT_NOT_COMPLETED = 3,	/* the run could not be completed */
};

#endif

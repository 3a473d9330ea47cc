/* Reads the list once, only to compare it with the records of --resume. */
#include "cmd/scrape/resume_list.h"

#include <string.h>
#include <sys/stat.h>

#include "base/exit_code.h"
#include "cmd/input/input.h"
#include "cmd/scrape/list_shard.h"

static bool can_be_read_again(const char *source)
{
	struct stat st;

	return strstr(source, "://") ||
	       (!stat(source, &st) && S_ISREG(st.st_mode));
}

static int read_list(struct resume *r, const struct options *o,
		     struct input *in)
{
	uint64_t requests = 0, ours = 0;
	struct job *job;

	while ((job = input_await(in))) {
		const bool is_ours = list_shard_has(o, job);
		const enum resume_answer answer = resume_has(r, job, is_ours);

		requests++;
		ours += is_ours;
		job_free(job);
		if (answer == RESUME_OTHER)
			return EXIT_USAGE;
	}
	if (input_error(in))
		return EXIT_NOT_COMPLETED;
	resume_note_requests(r, ours);
	return resume_check_end(r, requests) ? EXIT_USAGE : 0;
}

int resume_check_list(struct resume *r, struct loop *loop,
		      const struct options *o)
{
	struct input_config config;
	struct input *in;
	int code;

	if (!resume_records(r) && !resume_repeated(r))
		return 0;
	for (size_t i = 0; i < o->sources.len; i++)
		if (!can_be_read_again(o->sources.items[i]))
			return 0;
	config = options_list(o);
	in = input_open(loop, &config, NULL, NULL);
	code = read_list(r, o, in);
	input_close(in);
	return code;
}

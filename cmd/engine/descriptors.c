/* Lowers the number of requests in flight to the number that the limit of open
 * files allows. */
#include "cmd/engine/descriptors.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/log.h"

/* Descriptors kept for other uses: standard streams, files, loop, wake-ups and
 * DNS sockets; and, if there is room, two for each of up to 32 multi
 * handles. */
enum { RESERVED = 28, RESERVED_MORE = 64, ROOMY = 1024 };

unsigned descriptors_raise(void)
{
	const unsigned most = 1U << 20;
	struct rlimit limit;
	rlim_t soft;

	if (getrlimit(RLIMIT_NOFILE, &limit))
		return most;
	soft = limit.rlim_cur;
	limit.rlim_cur = limit.rlim_max;
	if (setrlimit(RLIMIT_NOFILE, &limit))
		limit.rlim_cur = soft;
	return limit.rlim_cur < most ? (unsigned)limit.rlim_cur : most;
}

void descriptors_fit(struct fetch_config *config, unsigned each)
{
	const unsigned most = descriptors_raise();
	unsigned reserved = RESERVED;

	if (most >= ROOMY)
		reserved += RESERVED_MORE;
	config->descriptors = most > reserved + each ? most - reserved : each;
	if (config->parallel_max > config->descriptors / each) {
		config->parallel_max = config->descriptors / each;
		log_warn("limited to %u request%s at once: only %u files may "
			 "be open (ulimit -n)", config->parallel_max,
			 config->parallel_max == 1 ? "" : "s", most);
	}
	if (config->parallel_max_host > config->parallel_max)
		config->parallel_max_host = config->parallel_max;
}

bool descriptors_are_available(unsigned count)
{
	const int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	bool result;

	if (fd < 0)
		return false;
	/* Recursion keeps the descriptors open without a list of them; the
	 * count is small. */
	result = count < 2 || descriptors_are_available(count - 1);
	close(fd);
	return result;
}

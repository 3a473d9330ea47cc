/* The processor's name comes from /proc/cpuinfo, the number of processors from
 * the affinity mask, since a container or taskset(1) may allow fewer. */
#include "cmd/compare/machine.h"

#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "cmd/options/compare.h"

unsigned machine_processors(void)
{
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof(set), &set))
		return (unsigned)sysconf(_SC_NPROCESSORS_ONLN);
	return (unsigned)CPU_COUNT(&set);
}

/* Returns "model name" of /proc/cpuinfo (proc(5)), or null: some architectures
 * have none. */
static json_t *processor_name(void)
{
	FILE *f = fopen("/proc/cpuinfo", "re");
	char line[256];
	json_t *name = NULL;

	while (f && !name && fgets(line, sizeof(line), f)) {
		char *colon = strchr(line, ':');

		if (strncmp(line, "model name", 10) != 0 || !colon)
			continue;
		line[strcspn(line, "\n")] = '\0';
		colon += strspn(colon, ": \t");
		name = compare_text(colon);
	}
	if (f)
		fclose(f);
	return name ? name : json_null();
}

json_t *machine_to_json(void)
{
	json_t *o = json_object();
	struct utsname system;

	json_object_set_new(o, "processors", json_integer(machine_processors()));
	json_object_set_new(o, "cpu", processor_name());
	json_object_set_new(o, "kernel",
			    uname(&system) ? json_null()
					   : compare_text(system.release));
	return o;
}

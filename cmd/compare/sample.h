/*
 * What a run takes, looked at from outside: memory, threads and processes of a
 * process and its descendants, from /proc.
 */
#ifndef CMD_COMPARE_SAMPLE_H
#define CMD_COMPARE_SAMPLE_H

#include <stdint.h>
#include <sys/types.h>

struct sample {
	uint64_t memory;	/* bytes; pages that several processes share
				 * are divided between them (PSS) */
	uint64_t largest;	/* bytes of the process that has most (RSS) */
	unsigned threads, processes;
};

/* As it is now; zero when there is no such process. */
struct sample sample_take(pid_t root);

/* Memory of this process (RSS); 0: not known. */
uint64_t sample_resident(void);

/* Keeps the most of each. */
void sample_keep_peaks(struct sample *peaks, const struct sample *now);

#endif

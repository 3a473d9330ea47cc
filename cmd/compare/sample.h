/*
 * Samples the memory, threads and processes of a process and its descendants,
 * from outside (/proc).
 */
#ifndef CMD_COMPARE_SAMPLE_H
#define CMD_COMPARE_SAMPLE_H

#include <stdint.h>
#include <sys/types.h>

struct sample {
	uint64_t memory;	/* bytes; pages that several processes share
				 * are divided between them (PSS) */
	uint64_t largest;	/* RSS of the largest process, in bytes */
	unsigned threads, processes;
};

/* Returns the current values, or zero if there is no such process. */
struct sample sample_take(pid_t root);

/* Returns the memory of this process (RSS) in bytes; 0: unknown. */
uint64_t sample_resident(void);

/* Raises each value of peaks to the value of now, if that is higher. */
void sample_keep_peaks(struct sample *peaks, const struct sample *now);

#endif

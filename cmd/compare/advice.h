/*
 * Which mode to take, and why, from what was measured. Pure.
 *
 * Kind: the share of its wall time that serial spends computing (user and
 * system CPU) says what a list waits for. From ADVICE_CPU on it is CPU-bound,
 * up to ADVICE_IO I/O-bound, in between mixed. Where serial did not run, the
 * share is that of a request: its CPU, beside its latency.
 *
 * Mode: the fastest by its median; of those that are within ADVICE_NEAR of it,
 * the one with the least memory. Modes that had more failed requests than
 * another are left out: failing is quick.
 */
#ifndef CMD_COMPARE_ADVICE_H
#define CMD_COMPARE_ADVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define ADVICE_IO 0.3
#define ADVICE_CPU 0.7
#define ADVICE_NEAR 1.1

/* Medians: seconds and bytes. */
struct advice_mode {
	const char *name;
	bool is_serial;
	double wall, cpu, memory;
	double latency;		/* of a request; NAN: there was no response */
	uint64_t requests, failed;
};

struct advice {
	size_t mode;		/* its place in the list */
	const char *kind;	/* "I/O-bound", "CPU-bound", "mixed" */
	struct buf reason;	/* one sentence; the caller's to release */
};

/* len is at least 1. */
struct advice advice_make(const struct advice_mode *modes, size_t len,
			  unsigned processors);

#endif

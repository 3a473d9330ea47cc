/*
 * Recommends a mode, with a reason, from the measurements of a comparison.
 * Pure.
 *
 * Kind of the list: the share of its wall time that serial spends computing
 * (user and system CPU time). A share of at least ADVICE_CPU makes the list
 * CPU-bound, one of at most ADVICE_IO I/O-bound, anything else mixed. If serial
 * did not run, the share is a request's CPU time in CPU time plus latency.
 *
 * Mode: the fastest by its median; among those within a factor of ADVICE_NEAR
 * of it, the one with the least memory. Modes with more failed requests than
 * another are left out, because failing is quick.
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

/* Measurements of a mode; medians, in seconds and bytes. */
struct advice_mode {
	const char *name;
	bool is_serial;
	double wall, cpu, memory;
	double latency;		/* latency of a request; NAN: there was no
				 * response */
	uint64_t requests, failed;
};

struct advice {
	size_t mode;		/* index of the recommended mode */
	const char *kind;	/* "I/O-bound", "CPU-bound", "mixed" */
	struct buf reason;	/* one sentence; the caller's to release */
};

/* Returns the advice for the modes, of which there are len, at least 1. */
struct advice advice_make(const struct advice_mode *modes, size_t len,
			  unsigned processors);

#endif

/*
 * scrape compare: the same list in every mode, side by side.
 *
 * Each mode runs in a fresh process of this program, the modes taking turns, so
 * that a busy moment of the machine hits all of them. What came out, as JSON
 * (--format json); times are in seconds, sizes in bytes; each {"median", "low",
 * "high"} is over the runs of that mode (low and high: the least and the most):
 *
 *	{"machine": {"processors": 2, "cpu": "...", "kernel": "..."},
 *	 "version": "0.1.0", "options": ["--parallel-max", "64"],
 *	 "source": "urls.txt", "workload": null, "requests": 1000, "repeat": 5,
 *	 "modes": [
 *	   {"mode": "async",
 *	    "wall": {...}, "speedup": {...}, "rate": {...},
 *	    "user": {...}, "system": {...}, "cpu_per_request": {...},
 *	    "peak_memory": {...}, "threads": {...}, "processes": {...},
 *	    "latency": {"p50": {...}, "p90": {...}, "p99": {...}},
 *	    "errors": 0, "bad": 0, "equal": true, "differing": 0,
 *	    "first_differing": null,
 *	    "runs": [{"wall": 1.2, "summary": {...as --summary writes it}}]}],
 *	 "sweep": null or
 *	   {"option": "parallel-max", "values": [1, 8, 64],
 *	    "modes": [{"mode": "async", "wall": [{...}, ...], "rate": [...]}]},
 *	 "recommendation": {"mode": "async", "kind": "I/O-bound",
 *	    "reason": "one sentence"}}
 *
 * speedup is over the median of serial; null when serial did not run. Any of
 * the figures is null when nothing was measured (no response: no latency).
 * errors and bad are the most of any run; bad have no error, but are not ok.
 * differing is how many indices of a run had other records than in the very
 * first run, the most of any, and first_differing the least of them. options
 * are the user's own, "..." for values that may be secrets.
 */
#ifndef CMD_COMPARE_COMPARE_H
#define CMD_COMPARE_COMPARE_H

struct options;

/* Returns the exit code. */
int compare_command(struct options *options);

#endif

/*
 * scrape compare: runs the same list in every mode and compares the modes.
 *
 * Each run is a new process of this program. The modes take turns, so that a
 * busy moment of the machine affects all of them. The result as JSON (--format
 * json) is below. Times are in seconds, sizes in bytes; {...} stands for
 * {"median", "low", "high"} over the runs of that mode, where low and high are
 * the least and the greatest value:
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
 * speedup is the median wall time of serial divided by that of the mode; null
 * if serial did not run. Any figure is null if nothing was measured (without a
 * response there is no latency). errors counts records with an error, bad those
 * without an error that are not ok; both are the highest count of any run.
 * differing is the number of indices whose records differ from those of the
 * very first run, again the highest of any run; first_differing is the lowest
 * such index. options are the user's own, with "..." for values that may be
 * secrets.
 */
#ifndef CMD_COMPARE_COMPARE_H
#define CMD_COMPARE_COMPARE_H

struct options;

/* Runs the command and returns the exit code. */
int compare_command(struct options *options);

#endif

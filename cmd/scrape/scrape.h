/* The main job: every URL of the sources, one record each. */
#ifndef CMD_SCRAPE_SCRAPE_H
#define CMD_SCRAPE_SCRAPE_H

struct options;

/* Returns the exit code. */
int scrape_command(struct options *options);

/* Whatever goes over the network: with libcurl started and the limits fitted to
 * what the system allows. Returns what run does, or the exit code. */
int scrape_with_network(struct options *options,
			int (*run)(const struct options *options, void *ctx),
			void *ctx);

#endif

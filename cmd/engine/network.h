/* Sets the network up for a run. */
#ifndef CMD_ENGINE_NETWORK_H
#define CMD_ENGINE_NETWORK_H

struct engine_config;

/* Starts libcurl, fits the limits of config to what the mode and the system
 * allow, and calls run. Returns the result of run, or an exit code, with a
 * message logged, if run could not be called. */
int network_run(struct engine_config *config, int (*run)(void *ctx), void *ctx);

#endif

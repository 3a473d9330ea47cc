/* Starts and ends what goes over the network, around a run. */
#ifndef CMD_ENGINE_NETWORK_H
#define CMD_ENGINE_NETWORK_H

struct engine_config;

/* Starts libcurl, and fits the limits of config to what the mode and the
 * system allow; then calls run. Returns what run does; or the exit code, having
 * said why. */
int network_run(struct engine_config *config, int (*run)(void *ctx), void *ctx);

#endif

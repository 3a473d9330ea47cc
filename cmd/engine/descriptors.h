/* How many descriptors the program may have open. */
#ifndef CMD_ENGINE_DESCRIPTORS_H
#define CMD_ENGINE_DESCRIPTORS_H

#include <stdbool.h>

#include "fetch/config.h"

/* Raises the limit of open files as far as it goes; returns it. */
unsigned descriptors_raise(void);

/* Sets config->descriptors to what is left for transfers, and lowers
 * config->parallel_max to what that allows (saying so), as each needs that
 * many. */
void descriptors_fit(struct fetch_config *config, unsigned each);

/* Whether so many more can be opened now. */
bool descriptors_are_available(unsigned count);

#endif

/* The limit of open descriptors, and the number of transfers that it allows. */
#ifndef CMD_ENGINE_DESCRIPTORS_H
#define CMD_ENGINE_DESCRIPTORS_H

#include <stdbool.h>

#include "fetch/config.h"

/* Raises the limit of open files to its maximum and returns it. */
unsigned descriptors_raise(void);

/* Sets config->descriptors to the number left for transfers. If each request
 * needs `each` descriptors, lowers config->parallel_max to what that number
 * allows, with a warning. */
void descriptors_fit(struct fetch_config *config, unsigned each);

/* Returns true if `count` more descriptors can be opened now. */
bool descriptors_are_available(unsigned count);

#endif

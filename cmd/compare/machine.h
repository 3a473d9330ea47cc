/* Describes the machine that a comparison ran on. */
#ifndef CMD_COMPARE_MACHINE_H
#define CMD_COMPARE_MACHINE_H

#include <jansson.h>

/* Returns the number of processors that this process, and so its children, may
 * run on. */
unsigned machine_processors(void);

/* Returns {"processors", "cpu", "kernel"}, with null for unknown values; a new
 * reference. */
json_t *machine_to_json(void);

#endif

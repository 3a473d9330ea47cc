/* Where something was measured. */
#ifndef CMD_COMPARE_MACHINE_H
#define CMD_COMPARE_MACHINE_H

#include <jansson.h>

/* Those this process may run on. */
unsigned machine_processors(void);

/* {"processors", "cpu", "kernel"}; null what is not known. */
json_t *machine_to_json(void);

#endif

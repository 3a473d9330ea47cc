/* What the runs say: each line once, since all of them say the same. */
#ifndef CMD_COMPARE_MESSAGES_H
#define CMD_COMPARE_MESSAGES_H

/* Shows the lines of a file that were not shown before. */
void compare_messages_show(const char *path);

#endif

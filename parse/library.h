/* Starts and ends the libraries that parsing needs. */
#ifndef PARSE_LIBRARY_H
#define PARSE_LIBRARY_H

/* Gives libxml2 and ICU allocators that end the program when there is no memory,
 * because neither survives a failed allocation. Before anything else in
 * parse/, options that are compiled included; more than once is fine. */
void parse_memory_init(void);

/* Before any thread. More than once is fine. Calls parse_memory_init(). */
void parse_global_init(void);
void parse_global_cleanup(void);

/* After that: loads what is otherwise read from disk when a page first needs
 * it, for processes that give up the right to. */
void parse_global_load(void);

#endif

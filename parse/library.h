/* Starts and ends the libraries that parsing needs. */
#ifndef PARSE_LIBRARY_H
#define PARSE_LIBRARY_H

/* Gives libxml2 and ICU allocators that end the program when memory runs out,
 * because neither library survives a failed allocation. Must be called before
 * anything else in parse/, including the compilation of expressions in options;
 * may be called more than once. */
void parse_memory_init(void);

/* parse_global_init() initialises the libraries; it calls parse_memory_init(),
 * too. Must be called before any thread is started; may be called more than
 * once. */
void parse_global_init(void);
void parse_global_cleanup(void);

/* Loads all data that the libraries would otherwise read from disk when a page
 * first needs it, for processes that give up the right to open files. Must be
 * called after parse_global_init(). */
void parse_global_load(void);

#endif

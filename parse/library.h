/* Starts and ends the libraries that parsing needs. */
#ifndef PARSE_LIBRARY_H
#define PARSE_LIBRARY_H

/* parse_global_init() must be called before any thread is started and before
 * anything else in parse/, including the compilation of expressions in options;
 * may be called more than once. */
void parse_global_init(void);
void parse_global_cleanup(void);

/* Loads all libraries, or ends the program with a message if one is missing. */
void parse_libraries_load(void);

/* Loads all libraries, and the data that these libraries would otherwise read
 * from files when a page first needs the data. For processes that give up the
 * right to open files. Must be called after parse_global_init(). */
void parse_global_load(void);

/* Returns the version of libxml2; 20914 is 2.9.14, and 0 means that libxml2
 * cannot be loaded. */
unsigned parse_xml_version(void);

#endif

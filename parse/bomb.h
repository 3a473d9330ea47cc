/*
 * Bodies that become too large are found while they arrive: what they decode to
 * is counted, and not kept.
 *
 * A small body may become gigabytes, and its server may take its time for the
 * end of it. Each coding of the list has a decoder that writes into a small
 * buffer, from which the next one reads; and so has a gzip file inside, if the
 * reader would unpack it. What is broken is not for this to say: it is taken for
 * fine, and the worker that gets the whole body tells.
 */
#ifndef PARSE_BOMB_H
#define PARSE_BOMB_H

#include "base/job/body_check.h"

/* Its open() must be given a struct parse_config. */
extern const struct body_check bomb_check;

#endif

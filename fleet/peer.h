/* Tells where the other end of a connection is. */
#ifndef FLEET_PEER_H
#define FLEET_PEER_H

#include <stdbool.h>

/* Returns true if the bytes that are sent over the socket leave this
 * machine. */
bool peer_is_remote(int socket);

#endif

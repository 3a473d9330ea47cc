/* The other end of a connection. */
#ifndef FLEET_PEER_H
#define FLEET_PEER_H

#include <stdbool.h>

/* Returns true if what is sent over the socket leaves this machine. */
bool peer_is_remote(int socket);

#endif

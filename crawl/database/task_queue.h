/*
 * Runs tasks in a thread of its own, one after the other, in the order in which
 * they are posted.
 *
 * All functions are for the thread that has opened the queue, unless their
 * comment says otherwise. Tasks are handed over in batches, because waking a
 * thread costs more than most tasks. Their memory is limited: posting waits
 * while too much is queued.
 */
#ifndef CRAWL_DATABASE_TASK_QUEUE_H
#define CRAWL_DATABASE_TASK_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/queue.h>

struct task_queue;

/* Embedded as the first member of each kind of task. */
struct task {
	STAILQ_ENTRY(task) link;
	/* Runs in the queue's thread. */
	void (*run)(struct task *task);
	/* Returns the task to the owner, called by task_queue_receive(). NULL:
	 * run() frees the task. */
	void (*on_done)(struct task *task);
	size_t bytes;		/* memory of the task, roughly */
};

/* Starts the thread. Returns NULL with errno on failure. */
struct task_queue *task_queue_open(void);

/* Waits until all tasks have run, and takes them back. NULL is fine. */
void task_queue_close(struct task_queue *q);

/* Returns a descriptor that is readable when there is something for
 * task_queue_receive(), and when the queue is not full any more. */
int task_queue_fd(const struct task_queue *q);

/* Takes the task. It runs after the next task_queue_flush(), or when enough
 * tasks for a batch have been posted. */
void task_queue_post(struct task_queue *q, struct task *task);
void task_queue_flush(struct task_queue *q);

/* Returns true if so much is queued that the caller should post less. */
bool task_queue_is_full(struct task_queue *q);

/* Waits until all tasks posted so far have run. Returns at once in the queue's
 * own thread. */
void task_queue_wait(struct task_queue *q);

/* Calls on_done() of the tasks that have run. */
void task_queue_receive(struct task_queue *q);

/* Returns true in the queue's own thread. Any thread. */
bool task_queue_is_own_thread(const struct task_queue *q);

#endif

-- Notes that the worker has ended and sends no more requests. The deletion of a
-- job does not wait for such a worker.
touch(0)
call('HSET', workers, WORKER, call('HGET', workers, WORKER) .. ' left')
return totals('ok')

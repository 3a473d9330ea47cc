-- Delays the next request to a host, because the server may have forgotten a
-- pause of the host that the worker knows. ARGV[9], ARGV[10]: the host, and the
-- rest of the pause.
local h, ready = P .. 'h:' .. ARGV[9], now + tonumber(ARGV[10])
if ready > tonumber(call('HGET', h, 'ready') or 0) then
	call('HSET', h, 'ready', integer(ready))
	call('ZADD', due, 'XX', 'GT', integer(ready), ARGV[9])
end
return totals('ok')

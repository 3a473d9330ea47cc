-- Removes collected rows. ARGV[9]: id of the last one; empty: only says that
-- this program (WORKER) collects the rows from now on. ARGV[10]: their bytes.
if ARGV[9] == '' then
	call('HSET', meta, 'collector', WORKER)
	return totals('ok')
end
if call('HGET', meta, 'collector') ~= WORKER then
	return totals('refused')
end
-- Smaller ids than the one after the last are removed.
local time, n = ARGV[9]:match('^(%d+)-(%d+)$')
local upto = time .. '-' .. integer(tonumber(n) + 1)
if call('XTRIM', rows, 'MINID', '=', upto) > 0 then
	call('HINCRBY', meta, 'bytes', -tonumber(ARGV[10]))
end
return totals('ok')

-- Removes collected rows. ARGV[9]: id of the last row to be removed; empty:
-- only notes that this program (WORKER) collects the rows from this time on.
-- ARGV[10]: length of the removed rows, in bytes.
if ARGV[9] == '' then
	call('HSET', meta, 'collector', WORKER)
	return totals('ok')
end
if call('HGET', meta, 'collector') ~= WORKER then
	return totals('refused')
end
-- XTRIM removes the rows below an id: give it the id after the last row.
local time, n = ARGV[9]:match('^(%d+)-(%d+)$')
local upto = time .. '-' .. integer(tonumber(n) + 1)
if call('XTRIM', rows, 'MINID', '=', upto) > 0 then
	call('HINCRBY', meta, 'bytes', -tonumber(ARGV[10]))
end
return totals('ok')

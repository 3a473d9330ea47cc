-- Follows common.lua in the scripts that need a job: the call fails if the job
-- does not exist, or is of another version.
if not job[1] then
	return {'gone'}
end
if job[1] ~= VERSION then
	return {'version', job[1]}
end

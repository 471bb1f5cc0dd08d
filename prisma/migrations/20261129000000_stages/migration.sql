-- A wait that a defect put aside is passed over until then.
ALTER TABLE "tasks" ADD COLUMN "aside_until" TIMESTAMPTZ(3);

-- A defect answered a command: it can be found, and tried again after a mend.
CREATE INDEX "commands_failed" ON commands (done_at) WHERE state = 'failed';
CREATE INDEX "commands_pending" ON commands (subject, at) WHERE state = 'pending';

-- Milliseconds since 1970, as workflows compare them.
CREATE FUNCTION ms(instant timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (extract(epoch FROM instant) * 1000)::bigint;

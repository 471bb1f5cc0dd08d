-- The load of a case manager counts the open referrals of each case from an index alone.
CREATE INDEX referrals_open_of_case ON referrals (case_id) WHERE open;

-- The few employers whose jobs nobody is offered.
CREATE INDEX employers_not_active ON employers (id) WHERE state <> 'active';

-- +goose Up
-- Another default payment profile counts once it was chosen in the Manager. Choices that are still to be made there had
-- moved the default at once: the one before counts again.
UPDATE payment_default SET profile_id = (
  SELECT p.id FROM manager_task t JOIN payment_profile p ON p.id = t.params ->> 'was' AND p.organization_id = t.organization_id
  WHERE t.organization_id = payment_default.organization_id AND t.kind = 'default_method' AND t.outcome = 'open')
WHERE EXISTS (
  SELECT 1 FROM manager_task t JOIN payment_profile p ON p.id = t.params ->> 'was' AND p.organization_id = t.organization_id
  WHERE t.organization_id = payment_default.organization_id AND t.kind = 'default_method' AND t.outcome = 'open');

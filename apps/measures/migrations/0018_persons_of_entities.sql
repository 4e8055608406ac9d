-- Up Migration

-- Who stands behind an organisation, as records tells it: some measures bind its legal representative instead of it.
CREATE TABLE person_of_entity (
  id              uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  person_id       uuid NOT NULL,
  capacity        text NOT NULL,
  since           date NOT NULL,
  until           date
);
CREATE INDEX person_of_entity_person ON person_of_entity (person_id) INCLUDE (organisation_id, capacity, since, until);

-- Name and address in small letters, for finding and sorting people: the name first, and the address
-- alone of whoever has no name.
ALTER TABLE identities ADD COLUMN label_key TEXT NOT NULL DEFAULT '';
UPDATE identities SET label_key = CASE
    WHEN name = '' THEN lower(coalesce(email, ''))
    ELSE lower(name) || char(10) || lower(coalesce(email, ''))
END;

-- The first segment of group_uid.
ALTER TABLE group_invites ADD COLUMN organization TEXT NOT NULL DEFAULT '';
-- What all spellings of the address share, for finding it.
ALTER TABLE group_invites ADD COLUMN email_key TEXT;
-- When the role binding ends that accepting it makes.
ALTER TABLE group_invites ADD COLUMN ends_at INTEGER;
-- How many people have accepted it.
ALTER TABLE group_invites ADD COLUMN uses INTEGER NOT NULL DEFAULT 0;
-- ACCEPTED, REVOKED or DECLINED, with its time; empty while it is pending or expired.
ALTER TABLE group_invites ADD COLUMN close TEXT NOT NULL DEFAULT '';
ALTER TABLE group_invites ADD COLUMN close_time INTEGER;
UPDATE group_invites SET organization = substr(group_uid, 1, 40), email_key = lower(email);
DROP INDEX group_invites_by_group;
CREATE INDEX group_invites_by_group ON group_invites (group_uid, create_time);
CREATE INDEX group_invites_by_organization ON group_invites (organization, create_time);
CREATE INDEX group_invites_by_email ON group_invites (email_key);

CREATE TABLE group_invite_acceptances (
    invite_uid   TEXT    NOT NULL REFERENCES group_invites (uid) ON DELETE CASCADE,
    identity_uid TEXT    NOT NULL,
    accept_time  INTEGER NOT NULL,
    PRIMARY KEY (invite_uid, identity_uid)
) STRICT, WITHOUT ROWID;

-- As that of an invite. Whoever has signed in before has it from their next sign-in on if their
-- address is not plain ASCII.
ALTER TABLE identities ADD COLUMN email_key TEXT;
UPDATE identities SET email_key = lower(email);
CREATE INDEX identities_by_email ON identities (email_key);
